#!/bin/bash
# Installs the packages of packages.txt, from Debian's mirror and nowhere else.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh
export DEBIAN_FRONTEND=noninteractive

mapfile -t packages < <(grep -v '^#' "$LIB/packages.txt")
# A first boot's apt-daily may hold the lock for minutes, and a mirror may stumble.
apt=(apt-get -qq -o DPkg::Lock::Timeout=600 -o Acquire::Retries=5 -o Dpkg::Options::=--force-confold)

# Nothing may start before it is configured: neither now nor by a package's own wish.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 0755 /usr/sbin/policy-rc.d

# Cut off in the middle of an installation, dpkg wants to be told to go on.
dpkg --configure -a
missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>&1) || status=missing
  [ "$status" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  log "installing ${missing[*]}"
  "${apt[@]}" update || die "no package list from the mirror; bake needs it (a NAT gateway or a public address)"
  # apache2-: the wordpress package is as content with nginx, but apt would take Apache.
  "${apt[@]}" install --no-install-recommends --yes "${missing[@]}" apache2- >/dev/null ||
    die "apt could not install ${missing[*]}"
  apt-get clean
fi
rm -f /usr/sbin/policy-rc.d

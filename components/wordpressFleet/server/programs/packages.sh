#!/bin/bash
# Installs the packages of packages.txt, from Debian's mirror and nowhere else.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh
export DEBIAN_FRONTEND=noninteractive

mapfile -t packages < <(grep -v '^#' "$LIB/packages.txt")
# A mirror may stumble.
apt=(apt-get -qq -o DPkg::Lock::Timeout=600 -o Acquire::Retries=5 -o Dpkg::Options::=--force-confold)

# patiently COMMAND…: waits while another apt or dpkg has a lock, as a first boot's apt-daily may for minutes. apt itself
# waits for dpkg's alone, not for those of the lists and of the downloaded packages. What else fails is in the log.
patiently() {
  local said deadline=$((SECONDS + 600)) waits=no
  while ! said=$("$@" 2>&1); do
    case $said in
      *"not get lock"* | *"was locked by"*) ;;
      *) deadline=0 ;;
    esac
    if [ $SECONDS -ge $deadline ]; then
      log "$said"
      return 1
    fi
    [ $waits = yes ] || log "waiting: $(head -n 1 <<<"$said")"
    waits=yes
    sleep 3
  done
}

# Nothing may start before it is configured: neither now nor by a package's own wish.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 0755 /usr/sbin/policy-rc.d

# Cut off in the middle of an installation, dpkg wants to be told to go on.
patiently dpkg --configure -a || die "dpkg could not finish what was cut off; see the line above"
missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>&1) || status=missing
  [ "$status" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  log "installing ${missing[*]}"
  patiently "${apt[@]}" update ||
    die "no package list; see the line above (bake needs the mirror: a NAT gateway or a public address)"
  # apache2-: the wordpress package is as content with nginx, but apt would take Apache.
  patiently "${apt[@]}" install --no-install-recommends --yes "${missing[@]}" apache2- ||
    die "apt could not install ${missing[*]}; see the line above"
  apt-get clean
fi
rm -f /usr/sbin/policy-rc.d

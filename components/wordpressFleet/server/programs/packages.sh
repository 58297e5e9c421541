#!/bin/bash
# Installs the packages of packages.txt, only from Debian's mirror.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh
export DEBIAN_FRONTEND=noninteractive

mapfile -t packages < <(grep -v '^#' "$LIB/packages.txt")
# A request to a mirror may fail.
apt=(apt-get -qq -o DPkg::Lock::Timeout=600 -o Acquire::Retries=5 -o Dpkg::Options::=--force-confold)

# patiently COMMAND…: waits while another apt or dpkg holds a lock, which apt-daily may do for minutes at a first boot. apt
# itself waits only for dpkg's lock, not for those of its lists and downloads. Other failures are in the log.
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

# No service may start before it is configured, also not by a package's own script.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 0755 /usr/sbin/policy-rc.d

# After an interrupted installation, dpkg must be resumed explicitly.
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
  # apache2-: the wordpress package also accepts nginx, but apt would install Apache.
  patiently "${apt[@]}" install --no-install-recommends --yes "${missing[@]}" apache2- ||
    die "apt could not install ${missing[*]}; see the line above"
  apt-get clean
fi
rm -f /usr/sbin/policy-rc.d

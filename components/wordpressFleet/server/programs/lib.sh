# shellcheck shell=bash
# Sourced by every step: strict mode, the format of log lines, and shared paths.
set -Eeuo pipefail
umask 022
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root

# Read by the scripts that source this file.
# shellcheck disable=SC2034
readonly LIB=/usr/local/lib/wordpress-on-aws ETC=/etc/wordpress-on-aws \
  STATE=/var/lib/wordpress-on-aws RUN=/run/wordpress-on-aws PHP_VERSION=8.4
STEP=$(basename "$0" .sh)

log() { printf 'wordpress-server %s: %s\n' "$STEP" "$*" >&2; }

# Without this file the health endpoint reports the failure to the load balancer.
die() {
  rm -f "$RUN/configured"
  log "FATAL: $*"
  trap - ERR
  exit 1
}
trap 'die "line $LINENO of $0 failed: $BASH_COMMAND"' ERR

# A boot and a user's command at the same time would conflict.
one_at_a_time() {
  exec 9>/run/wordpress-on-aws.lock
  flock --exclusive 9
}

# replace FILE <CONTENT: replaces a file atomically, unless it is equal. Returns 0 when the file changed.
# Do not use it in a pipe: a failure would end only that part, and an `if` would treat it as "unchanged".
replace() {
  local file=$1 fresh
  { fresh=$(mktemp "$file.XXXXXX") && cat >"$fresh"; } || {
    rm -f "$fresh"
    die "$file cannot be written; is the disk full?"
  }
  if cmp --silent "$fresh" "$file"; then
    rm "$fresh"
    return 1
  fi
  chmod 0644 "$fresh"
  mv "$fresh" "$file"
  log "wrote $file"
}

# mounted FOLDER: reads the kernel's list of mounts, never the folder, which might not respond.
mounted() { grep --quiet " $1 " /proc/self/mounts; }

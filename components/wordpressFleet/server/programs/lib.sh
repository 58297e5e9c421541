# shellcheck shell=bash
# Sourced by every step: strict mode, one form of log line, and paths that more than one of them needs.
set -Eeuo pipefail
umask 022
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root

# Read by the scripts that source this file.
# shellcheck disable=SC2034
readonly LIB=/usr/local/lib/wordpress-on-aws ETC=/etc/wordpress-on-aws \
  STATE=/var/lib/wordpress-on-aws RUN=/run/wordpress-on-aws PHP_VERSION=8.4
STEP=$(basename "$0" .sh)

log() { printf 'wordpress-server %s: %s\n' "$STEP" "$*" >&2; }

# What failed is a fact for the load balancer, too: no mark, no healthy answer.
die() {
  rm -f "$RUN/configured"
  log "FATAL: $*"
  trap - ERR
  exit 1
}
trap 'die "line $LINENO of $0 failed: $BASH_COMMAND"' ERR

# A boot and a person at the same time would undo each other's work.
one_at_a_time() {
  exec 9>/run/wordpress-on-aws.lock
  flock --exclusive 9
}

# replace FILE <CONTENT: leaves an equal file alone; never shows a half-written one. Returns 0 when the file changed.
# Not at the end of a pipe: a failure would end that part of it alone, and an `if` would take it for "unchanged".
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

# mounted FOLDER: asks the kernel's list and never the folder, which might not answer.
mounted() { grep --quiet " $1 " /proc/self/mounts; }

#!/bin/bash
# Checks what a health check must not check itself, because it might hang: a file system that does not respond, and a full
# disk. Refreshes the file that the health endpoint reads, and logs each change once.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh
readonly UPLOADS=/var/lib/wordpress/wp-content/uploads EVERY_SECONDS=3 ANSWER_SECONDS=4 FREE_KIB_AT_LEAST=20480

place=$(php "$LIB/settings.php" get UPLOADS)

free_kib() { df --output=avail -k "$1" | tail -n 1; }

# Prints the problem, or nothing.
problem() {
  [ "$place" = local ] || mounted "$UPLOADS" || {
    echo "uploads: $place is not mounted"
    return
  }
  # SIGKILL ends even a process that waits for an NFS server that does not respond.
  timeout --signal=KILL "$ANSWER_SECONDS" ls "$UPLOADS" >/dev/null 2>&1 || {
    echo "uploads: $place did not answer within $ANSWER_SECONDS s"
    return
  }
  [ "$(free_kib /)" -ge "$FREE_KIB_AT_LEAST" ] || echo "disk full: less than $((FREE_KIB_AT_LEAST / 1024)) MiB free"
}

last=
while true; do
  now=$(problem)
  if [ -z "$now" ]; then touch "$RUN/watched"; else rm -f "$RUN/watched"; fi
  if [ "$now" != "$last" ]; then log "${now:-well again}"; fi
  last=$now
  sleep "$EVERY_SECONDS"
done

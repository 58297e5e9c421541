#!/bin/sh
# The box's parent process, outside the box. It waits until the box ended, and then removes what a box leaves outside
# itself, even when the host process was killed:
#   keeper.sh LOCK SOCKETS CGROUPS PROGRAM [ARGUMENT]...
# CGROUPS: the box's cgroup folders, separated by colons.
set -eu
lock=$1 sockets=$2 cgroups=$3
shift 3

# One box for each state folder: a box that is about to end still uses its disks. Every process of the box inherits it.
exec 9>"$lock"
if ! flock --exclusive --wait 20 9; then
  echo "Another box still uses this folder: $lock is locked for more than 20 s." >&2
  exit 75
fi

status=0
"$@" || status=$?

IFS=:
for folder in $cgroups; do
  [ ! -e "$folder/cgroup.kill" ] || echo 1 >"$folder/cgroup.kill" || true
  # A killed process leaves its cgroup a moment later.
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ ! -d "$folder" ] || find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || true
    [ -d "$folder" ] || break
    sleep 0.1
  done
done
# Standard input is at its end when the host process has ended; while it runs, it uses the sockets of a box that it
# starts again. Reading without waiting fails while the host process runs, and no time limit decides.
! dd iflag=nonblock count=1 of=/dev/null 2>/dev/null || rm -rf "$sockets"
exit "$status"

#!/bin/sh
# The box's init process: init.sh PROGRAM [ARGUMENT]...
# The box ends when the program ends, and when standard input closes. When descriptor 3 closes, the program is asked to
# end (SIGTERM).
set -eu
mount -t tmpfs -o mode=755,nosuid,nodev tmpfs /run
mkdir /run/lock /run/netns
ip link set lo up

# A shell gives its background jobs an empty input unless it is set.
exec 4<&0
# The program has a pipe of its own: it may set its input to non-blocking, and `cat` shares that setting on one pipe.
mkfifo /run/lifeline
"$@" </run/lifeline 3<&- 4<&- &
program=$!
(
  cat <&4 >/run/lifeline
  kill -KILL "$program" 2>/dev/null
) 3<&- &
(
  cat <&3 >/dev/null
  kill -TERM "$program" 2>/dev/null
) 4<&- &
exec 0</dev/null 3<&- 4<&-
status=0
wait "$program" || status=$?
exit "$status"

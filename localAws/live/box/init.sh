#!/bin/sh
# The box's init process: init.sh PROGRAM [ARGUMENT]...
# The box ends when the program ends, and when standard input closes. When descriptor 3 closes, the program is asked to
# end (SIGTERM). Descriptor 4 is the program's IPC channel to the host process.
set -eu
mount -t tmpfs -o mode=755,nosuid,nodev tmpfs /run
mkdir /run/lock /run/netns
ip link set lo up

# A shell gives its background jobs an empty input unless it is set.
exec 5<&0
# The program has a pipe of its own: it may set its input to non-blocking, and `cat` shares that setting on one pipe.
mkfifo /run/lifeline
"$@" </run/lifeline 3<&- 5<&- &
program=$!
(
  cat <&5 >/run/lifeline
  kill -KILL "$program" 2>/dev/null
) 3<&- 4<&- &
(
  cat <&3 >/dev/null
  kill -TERM "$program" 2>/dev/null
) 4<&- 5<&- &
exec 0</dev/null 3<&- 4<&- 5<&-
status=0
wait "$program" || status=$?
exit "$status"

#!/bin/sh
# Boots systemd from a root file system with util-linux alone, as root and as root of a user namespace:
#   boot.sh ROOT HOSTNAME NAMESPACE PID-FILE SHARED [CGROUP-PROCS]...
# Its standard output is the machine's console, a terminal (script(1)). It enters the cgroups, then the network namespace.
# SHARED is a folder that the machine sees as /efs, with the mounts that appear in it later. PID-FILE gets the id of the process whose one child is the machine's init.
# The exit status is 128 + SIGHUP when the machine reboots, and 128 + SIGINT when it powers off: see reboot(2).
set -eu
root=$1 name=$2 namespace=$3 pid_file=$4 shared=$5
shift 5
for procs in "$@"; do echo $$ >>"$procs"; done
echo $$ >"$pid_file"
PTY=$(tty)
export PTY

exec ip netns exec "$namespace" \
  unshare --mount --uts --ipc --pid --cgroup --fork --kill-child --propagation slave sh -euc '
root=$1 name=$2 shared=$3
hostname "$name"
mount --bind "$root" "$root"
cd "$root"
mkdir -p proc sys dev run tmp efs
mount -t proc -o nosuid,nodev,noexec proc proc
# The kernel belongs to the host: a machine changes the settings of its own network only.
for each in sys sysrq-trigger irq bus; do
  [ -e "proc/$each" ] || continue
  mount --bind "proc/$each" "proc/$each"
done
mount --bind proc/sys/net proc/sys/net
for each in sys sysrq-trigger irq bus; do
  [ ! -e "proc/$each" ] || mount -o remount,bind,ro,nosuid,nodev,noexec "proc/$each"
done
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs sys
mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755,nosuid tmpfs dev
for each in null zero full random urandom tty; do
  : >"dev/$each"
  mount --bind "/dev/$each" "dev/$each"
done
mkdir dev/pts dev/shm dev/mqueue
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs dev/shm
mount -t mqueue mqueue dev/mqueue
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
: >dev/console
mount --bind "$PTY" dev/console
mount -t tmpfs -o mode=755,nosuid,nodev tmpfs run
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs tmp
mount --bind "$shared" efs
mkdir run/old
pivot_root . run/old
cd /
exec chroot . sh -c "umount -l /run/old; rmdir /run/old; exec env -i container=live PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb setpriv --bounding-set=-sys_module,-sys_rawio,-sys_time,-syslog,-mknod /sbin/init </dev/console >/dev/console 2>&1"
' boot "$root" "$name" "$shared"

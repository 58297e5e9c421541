#!/bin/sh
# Tries in throw-away namespaces what the box does: trial.sh FOLDER OVERLAY_OPTIONS
# It prints each step before it, so that the last line names the one that failed.
set -eu
folder=$1 options=$2

echo ids
[ "$(awk '{ ids += $3 } END { print (ids >= 65536) }' /proc/self/uid_map)" = 1 ]

echo mount
mount -t tmpfs tmpfs /run

echo network
ip link set lo up
ip link add one type veth peer name two
echo 1 >/proc/sys/net/ipv4/ip_forward

echo overlay
cd "$folder"
mkdir lower upper work root
cp "$0" lower/file
mount -t overlay overlay -o "lowerdir=lower,upperdir=upper,workdir=work$options" root
rm root/file
[ -c upper/file ]
umount root
# The kernel makes a folder in it that its user may not enter outside of the namespaces.
rm -r work

echo done

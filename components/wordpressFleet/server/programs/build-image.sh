#!/bin/bash
# Runs on the builder of an image: bakes, removes the data of this machine, and powers off.
# A builder that keeps running has failed; the reason is on its console.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh

"$LIB/bake.sh"
log "wiping what belongs to this machine"
rm -rf "$ETC" /etc/ssh/ssh_host_* /root/.ssh /var/lib/apt/lists/*
cloud-init clean --logs --machine-id
find /var/log -type f -delete
sync
log "the image is ready; powering off"
systemctl poweroff --no-block

#!/bin/bash
# On the builder of an image: bakes, wipes what belongs to this one machine, and powers off.
# A builder that still runs has failed; its last words are on the console.
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

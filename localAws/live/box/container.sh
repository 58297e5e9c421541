#!/bin/sh
# Runs the project in a container of Debian, where the system itself cannot run machines: see docs/live.md.
#   container.sh [ARGUMENT]...     the arguments of `npm run local`; default: up --live
# /source is the working copy, read-only: its node_modules may be another system's. /root is a volume that keeps the copy,
# the images and the disks; an overlay of a container cannot be the lower part of another one.
set -eu
[ $# -gt 0 ] || set -- up --live

echo "Installing Debian's tools"
apt-get -qq update
DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
  git iproute2 mmdebstrap procps python3-venv >/dev/null

copy=/root/wordpress-on-aws
mkdir -p "$copy"
echo "Copying the project to $copy"
tar -C /source --exclude=./node_modules --exclude=./.local -cf - . | tar -C "$copy" -xf -
cd "$copy"
npm ci --no-audit --no-fund --loglevel error

# The ports of the site and of the page, which are on loopback, for `docker run --publish`.
export WORDPRESS_ON_AWS_PUBLISH=1
npm run --silent local -- "$@" || true
echo "The container ends with this shell: exit"
exec bash

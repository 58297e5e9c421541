#!/bin/bash
# Installs what is the same on every server: packages and enabled units. Needs the package mirror.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh
one_at_a_time
log "start"
mkdir -p "$STATE"
rm -f "$STATE/baked"

# Software changes only with a new image, on all servers: an update on one server would make it differ from the others.
# Disabled before apt runs, because these units would hold apt's locks; apt waits for those that already run.
systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer unattended-upgrades.service
[ ! -d /run/systemd/system ] || systemctl stop apt-daily.timer apt-daily-upgrade.timer

"$LIB/packages.sh"

rm -f /etc/nginx/sites-enabled/default "/etc/php/$PHP_VERSION/fpm/pool.d/www.conf"
ln -sfn ../sites-available/wordpress /etc/nginx/sites-enabled/wordpress
# Debian makes the web server the owner of these. Code that it cannot write, an attacker cannot replace.
find /var/lib/wordpress/wp-content -xdev -path '*/uploads' -prune -o -exec chown --no-dereference root:root {} +
install -d -o www-data -g www-data -m 0750 /var/cache/wordpress-pages

# Only `configure` starts nginx and PHP: a server that is not configured serves nothing.
# (wordpress-on-aws.preset does the same at an image's first boot, when systemd applies presets to all units.)
systemctl --quiet disable nginx.service "php$PHP_VERSION-fpm.service" stunnel4.service
# NFS 4.1 needs no portmapper; it would listen on port 111.
systemctl --quiet mask rpcbind.socket rpcbind.service
# Enabled here, because at first boot it would take seconds.
systemctl --quiet enable wordpress-server.service
[ ! -d /run/systemd/system ] || systemctl daemon-reload

touch "$STATE/baked"
"$LIB/self-test.sh" || { rm -f "$STATE/baked"; exit 1; }
log "done"

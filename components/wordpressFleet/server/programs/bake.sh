#!/bin/bash
# Everything that is the same for every server: packages, and which units may run. Needs the package mirror.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh
one_at_a_time
log "start"
mkdir -p "$STATE"
rm -f "$STATE/baked"

# Software changes by a new image, on all servers alike; on one server alone it would fork the fleet. Before apt is used,
# as they would hold its locks; what runs already is waited for.
systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer unattended-upgrades.service
[ ! -d /run/systemd/system ] || systemctl stop apt-daily.timer apt-daily-upgrade.timer

"$LIB/packages.sh"

rm -f /etc/nginx/sites-enabled/default "/etc/php/$PHP_VERSION/fpm/pool.d/www.conf"
ln -sfn ../sites-available/wordpress /etc/nginx/sites-enabled/wordpress
# Debian gives these to the web server; code that it cannot write is code that no visitor can plant.
find /var/lib/wordpress/wp-content -xdev -path '*/uploads' -prune -o -exec chown --no-dereference root:root {} +
install -d -o www-data -g www-data -m 0750 /var/cache/wordpress-pages

# nginx and PHP are started by `configure` and by nothing else: a server that is not configured serves nothing.
# (wordpress-on-aws.preset says the same to an image's first boot, which sets all units anew.)
systemctl --quiet disable nginx.service "php$PHP_VERSION-fpm.service" stunnel4.service
# NFS 4.1 needs no portmapper; it would listen on port 111.
systemctl --quiet mask rpcbind.socket rpcbind.service
# Enabled here and not at first boot, where it would cost seconds.
systemctl --quiet enable wordpress-server.service
[ ! -d /run/systemd/system ] || systemctl daemon-reload

touch "$STATE/baked"
"$LIB/self-test.sh" || { rm -f "$STATE/baked"; exit 1; }
log "done"

#!/bin/bash
# Runs at every boot and configures the server from its settings. Needs no internet access. nginx, and with it the
# health endpoint, starts last: a server whose configuration fails refuses connections.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh
one_at_a_time
log "start"
[ -e "$STATE/baked" ] || die "this machine was never baked; run: wordpress-server bake"

as_web_user() { runuser -u www-data -- "$@"; }

install -d -m 0755 "$RUN"
install -d -o www-data -g www-data -m 0755 "$RUN/wishes"

# The number of PHP workers by memory (the peak of a WordPress request, besides 300 MiB for everything else), with a
# limit by processors: more workers would only be slower.
pool_size() {
  local memory_mib workers most
  memory_mib=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
  workers=$(((memory_mib - 300) / 60))
  most=$(($(nproc) * 5))
  workers=$((workers > most ? most : workers < 3 ? 3 : workers))
  printf '[wordpress]\npm.max_children = %s\n' "$workers"
}

# --- settings and secret
php "$LIB/settings.php" check || die "wrong settings in $ETC/settings.env"
# An image's user data contains it. A bootstrapped server's has no room for it, but that server has internet access.
if [ ! -s "$ETC/database-ca.pem" ]; then
  region=$(php "$LIB/settings.php" get AWS_REGION)
  replace "$ETC/database-ca.pem" < <(curl --fail --silent --show-error --retry 3 --max-time 20 \
    "https://truststore.pki.rds.amazonaws.com/$region/$region-bundle.pem") || true
  [ -s "$ETC/database-ca.pem" ] || die "$ETC/database-ca.pem is missing: user data did not bring it, and RDS's trust store did not answer"
fi
php "$LIB/refresh-secret.php" || die "no database password; see the line above"

# --- settings of this machine
changed=no
if replace "/etc/php/$PHP_VERSION/fpm/pool.d/zz-size.conf" < <(pool_size); then changed=yes; fi
# Settings are read with every request, but opcache keeps code that was compiled for another address.
if replace "$STATE/settings.sha256" < <(sha256sum "$ETC/settings.env" "$ETC/database-ca.pem"); then changed=yes; fi
# SIGKILL ends even a process that waits for an NFS server that does not respond.
timeout --signal=KILL 90 "$LIB/uploads.sh" mount || die "no uploads folder"
log "settings, password and uploads are in place"

# --- the site: installed or upgraded once for all servers
as_web_user php "$LIB/install.php" || die "the site is not ready; see the line above"

# --- services
"php-fpm$PHP_VERSION" --test 2>/dev/null || die "php-fpm refuses its configuration; run: php-fpm$PHP_VERSION --test"
nginx -t -q || die "nginx refuses its configuration"
if [ "$changed" = yes ]; then verb=restart; else verb=start; fi
systemctl "$verb" "php$PHP_VERSION-fpm.service" wordpress-watch.service || die "php-fpm or the watch did not start"
touch "$RUN/configured"
systemctl "$verb" nginx.service || die "nginx did not start"
systemctl start wordpress-secret.timer wordpress-secret.path wordpress-cron.timer
log "done: this server serves"

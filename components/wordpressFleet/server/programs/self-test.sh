#!/bin/bash
# Tests, without settings, that this machine can become a server. Lists all problems.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh

problems=()
# check WHAT COMMAND…: keeps the command's output for the log.
check() {
  local what=$1 said
  shift
  said=$("$@" 2>&1) || problems+=("$what: $said")
}
lint() { find "$LIB" /etc/wordpress /var/lib/wordpress/wp-content/mu-plugins /var/lib/wordpress/wp-content/db.php \
  -name '*.php' -exec php --syntax-check {} +; }
pool() { "php-fpm$PHP_VERSION" --test; }
only_configure() { [ "$(systemctl is-enabled nginx.service "php$PHP_VERSION-fpm.service" stunnel4.service | sort -u)" = disabled ]; }
no_portmapper() { [ "$(systemctl is-enabled rpcbind.socket)" = masked ]; }

check "PHP files" lint
check "PHP" php "$LIB/self-test.php"
check "php-fpm" pool
check "nginx" nginx -t -q
check "services that only configure may start" only_configure
check "the NFS client" test -x /usr/sbin/mount.nfs4
check "stunnel" test -x /usr/bin/stunnel
check "the portmapper" no_portmapper
check "the mark of a finished bake" test -e "$STATE/baked"

for problem in "${problems[@]}"; do log "$problem"; done
[ ${#problems[@]} -eq 0 ] || die "${#problems[@]} checks failed"
log "passed"

#!/bin/bash
# uploads.sh mount | check: the uploads folder, local or on EFS, depending on the settings.
# php-fpm starts only after `check`: an upload on the wrong disk is lost with the server.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh
readonly UPLOADS=/var/lib/wordpress/wp-content/uploads
readonly MOUNT_UNIT='var-lib-wordpress-wp\x2dcontent-uploads.mount'

place=$(php "$LIB/settings.php" get UPLOADS)

tunnel_configuration() {
  cat <<STUNNEL
; NFS to EFS in TLS; the certificate must be signed by Amazon (in Debian's store) and name the file system.
foreground = yes
pid =
syslog = no
debug = err
[uploads]
client = yes
accept = 127.0.0.1:20490
connect = $place:2049
sslVersionMin = TLSv1.2
CAfile = /etc/ssl/certs/ca-certificates.crt
verifyChain = yes
checkHost = $place
TIMEOUTbusy = 20
TIMEOUTclose = 0
TIMEOUTidle = 70
delay = yes
socket = r:TCP_NODELAY=1
STUNNEL
}

mount_uploads() {
  mkdir -p "$UPLOADS"
  if [ "$place" != local ]; then
    if replace "$RUN/stunnel.conf" < <(tunnel_configuration); then
      systemctl try-restart wordpress-uploads-tunnel.service
    fi
    mounted "$UPLOADS" || systemctl start "$MOUNT_UNIT" ||
      die "uploads: $place could not be mounted; see: journalctl --unit '$MOUNT_UNIT' --unit wordpress-uploads-tunnel"
  fi
  # Only the folder itself: a recursive change takes minutes on a large EFS.
  chown www-data:www-data "$UPLOADS"
}

check_uploads() {
  [ "$place" = local ] || mounted "$UPLOADS" || die "uploads: $place is not mounted"
  runuser -u www-data -- test -w "$UPLOADS" || die "uploads: $UPLOADS cannot be written by the web server"
}

case ${1-} in
  mount) mount_uploads && check_uploads ;;
  check) check_uploads ;;
  *) die "usage: uploads.sh mount | check" ;;
esac

#!/bin/bash
# The one command of a server; the steps are beside lib.sh, one file each.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh

case ${1-} in
  bake | configure | self-test | build-image | status) exec "$LIB/$1.sh" ;;
  boot)
    # A bootstrapped server that was cut off while it baked bakes on.
    [ -e "$STATE/baked" ] || "$LIB/bake.sh"
    exec "$LIB/configure.sh"
    ;;
  admin-password) exec runuser -u www-data -- php "$LIB/admin-password.php" ;;
  *)
    echo "usage: wordpress-server bake | configure | boot | self-test | build-image | status | admin-password" >&2
    exit 2
    ;;
esac

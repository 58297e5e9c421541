#!/bin/bash
# The command of a server. Each step is a file in lib.sh's folder.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh

case ${1-} in
  bake | configure | self-test | build-image | status) exec "$LIB/$1.sh" ;;
  boot)
    # A bootstrapped server resumes an interrupted bake.
    [ -e "$STATE/baked" ] || "$LIB/bake.sh"
    exec "$LIB/configure.sh"
    ;;
  admin-password) exec runuser -u www-data -- php "$LIB/admin-password.php" ;;
  *)
    echo "usage: wordpress-server bake | configure | boot | self-test | build-image | status | admin-password" >&2
    exit 2
    ;;
esac

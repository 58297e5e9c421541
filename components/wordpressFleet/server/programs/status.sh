#!/bin/bash
# Prints the state of this server for a user.
# shellcheck source=lib.sh
. /usr/local/lib/wordpress-on-aws/lib.sh

state() { if [ -e "$1" ]; then echo yes; else echo no; fi; }
health() { curl --silent --max-time 5 "http://127.0.0.1$1" || echo "no answer"; }
printf '%-22s %s\n' \
  baked "$(state "$STATE/baked")" \
  configured "$(state "$RUN/configured")" \
  "database login" "$(state "$RUN/database.json")" \
  "uploads mounted" "$(if mounted /var/lib/wordpress/wp-content/uploads; then echo yes; else echo no; fi)" \
  /healthz "$(health /healthz)" \
  /healthz/deep "$(health /healthz/deep)"
journalctl --quiet --no-pager --lines 10 --output cat --unit wordpress-server.service --unit wordpress-watch.service

#!/bin/sh
# PostgreSQL on a database of its own, which is gone with it: postgresql.sh PORT
# It refuses to run as root; then the user `postgres` of the package runs it.
set -eu
PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin | tail -1)"
data=$(mktemp -d)
as=""
if [ "$(id -u)" = 0 ]; then
  chown postgres "$data"
  as="setpriv --reuid=postgres --regid=postgres --init-groups"
fi
cd "$data"
$as initdb -A trust -U postgres -N -D "$data/db" >&2
$as postgres -D "$data/db" -h 127.0.0.1 -p "$1" -k "$data" &
server=$!
trap 'kill -INT $server' INT TERM
# The first wait ends with the signal, the second with the server.
wait $server || wait $server || true
rm -rf "$data"

#!/bin/sh
# nginx as a WebSocket proxy before gorilla-echo, both on loopback and in a folder that goes with them.
# nginx-websocket.sh PORT
set -eu
dir=$(mktemp -d)
cat >"$dir/nginx.conf" <<CONF
daemon off;
pid $dir/nginx.pid;
error_log stderr;
worker_processes 2;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path $dir/body;
  proxy_temp_path $dir/proxy;
  fastcgi_temp_path $dir/fastcgi;
  uwsgi_temp_path $dir/uwsgi;
  scgi_temp_path $dir/scgi;
  server {
    listen 127.0.0.1:$1;
    location / {
      proxy_pass http://unix:$dir/backend;
      proxy_http_version 1.1;
      proxy_set_header Upgrade \$http_upgrade;
      proxy_set_header Connection upgrade;
      proxy_set_header Host \$host;
    }
  }
}
CONF
chmod 755 "$dir" # the workers of a root nginx are nobody
(umask 0; exec gorilla-echo -unix "$dir/backend") &
backend=$!
nginx -e stderr -p "$dir" -c "$dir/nginx.conf" &
nginx=$!
trap 'kill "$nginx" "$backend"' TERM INT
wait "$nginx" || true # a signal ends this wait
wait "$nginx" "$backend" || true
rm -rf "$dir"

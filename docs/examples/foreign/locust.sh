#!/bin/sh
# A run of Locust with a master and two workers: locust.sh URL USERS OPERATIONS
# Its summary, of all workers, goes to stdout as JSON.
export OPERATIONS="$3"
# Below the ports that the kernel hands out by itself.
port=$((20000 + $$ % 12000))
for worker in 1 2; do
  locust -f locustfile.py --worker --master-host 127.0.0.1 --master-port "$port" >/dev/null 2>&1 &
done
exec locust -f locustfile.py --master --master-bind-host 127.0.0.1 --master-bind-port "$port" --expect-workers 2 \
  --headless --json --host "$1" --users "$2" --spawn-rate "$2" --stop-timeout 10

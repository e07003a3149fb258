#!/usr/bin/env bash
# A disk that gets full below a running stack: reads go on, writes are the dialect's 503, and all is
# well when there is room again. Runs in a mount and a process namespace of its own, so that nothing
# is left however it ends. Needs root; 77 = skipped.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
if [[ ${1:-} != inside ]]; then
  unshare --mount --pid --fork --mount-proc true 2>/dev/null || { echo 'skipped: needs root' && exit 77; }
  exec unshare --mount --pid --fork --kill-child --mount-proc bash "$0" inside
fi
STATE=/mnt
FAILURES=0

# expect WHAT GOT WANTED, a pattern
expect() {
  # shellcheck disable=SC2053
  [[ $2 == $3 ]] && return
  printf 'FAILED: %s\n  got:    %s\n  wanted: %s\n' "$1" "$2" "$3"
  FAILURES=$((FAILURES + 1))
}

free_port() {
  local port
  until port=$((20000 + RANDOM % 11000)) && ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  printf '%s' "$port"
}

bootstrap() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$STATE/bootstrap.json" | head -n 1; }

# users CURL-ARGUMENTS: status, Retry-After and body
users() {
  curl -sS --max-time 30 -u "admin@example.com:$KEY" -w ' %{http_code} %header{retry-after}' "$@"
}

create() { users -d "email=$1@example.com&user_type=C&company_id=1&firstname=$LONG" "$URL"; }

mount -t tmpfs -o size=420m tmpfs "$STATE"
HTTP=$(free_port) HTTPS=$(free_port)
"$ROOT/run" --detach --state "$STATE" --http "$HTTP" --https "$HTTPS" --demo 0 --workers 2 >/dev/null
KEY=$(bootstrap api_key) URL=http://127.0.0.1:$HTTP/api/2.0/users LONG=$(printf 'x%.0s' {1..120})

dd if=/dev/zero of="$STATE/filler" bs=64k 2>/dev/null || true
created=0 answer=
# What the tables have in reserve is used up first.
while ((created < 3000)) && answer=$(create "full$created") && [[ $answer == *' 201 ' ]]; do
  created=$((created + 1))
done
expect 'a write to a full disk' "$answer" '{"message":"Service Unavailable","status":503} 503 [1-9]*'
expect 'a read from a full disk' "$(users "$URL/1")" '{"user_id":"1",*} 200 '
rm "$STATE/filler"
expect 'the same write with room' "$(create "full$created")" '{"user_id":*} 201 '
expect 'what was answered is there, once' "$(mariadb --no-defaults -S "$STATE/mysql.sock" -N rosterd -e \
  "SELECT COUNT(*), COUNT(DISTINCT email) FROM users WHERE email LIKE 'full%'")" \
  "$((created + 1))"$'\t'"$((created + 1))"
"$ROOT/run" --stop --state "$STATE" >/dev/null
((FAILURES == 0)) && echo 'all as promised'
exit $((FAILURES > 0))

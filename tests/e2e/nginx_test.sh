#!/usr/bin/env bash
# The shipped nginx files on a real nginx: which pool, dialect and prefix a request gets, and what
# nginx's own refusals look like. No worker runs: a copy of the files answers with what it would have
# passed on, and the original ones with 503.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
WORK=$(mktemp -d /tmp/rosterd-nginx.XXXXXX)
FAILURES=0
NGINX=

clean_up() {
  [[ -z $NGINX ]] || { kill "$NGINX" && wait "$NGINX"; } 2>/dev/null || true
  rm -rf "$WORK"
}
trap clean_up EXIT

# expect WHAT GOT WANTED
expect() {
  [[ $2 == "$3" ]] && return
  printf 'FAILED: %s\n  got:    %s\n  wanted: %s\n' "$1" "$2" "$3"
  FAILURES=$((FAILURES + 1))
}

free_port() {
  local port
  until port=$((20000 + RANDOM % 11000)) && ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  printf '%s' "$port"
}

# One set of files that answers, one with no worker behind, and the whole example site.
write_files() {
  local user='' file name
  ((EUID != 0)) || user='user root;'
  mkdir -p "$WORK"/{tmp,snippets,echo,site}
  for file in "$ROOT"/nginx/rosterd*.conf; do
    name=${file##*/}
    sed "s|unix:/run/rosterd/|unix:$WORK/|" "$file" >"$WORK/snippets/$name"
    sed -e 's|include snippets/|include echo/|' \
      -e 's|fastcgi_pass \(.*\);|return 200 "\1 $rosterd_prefix";|' "$file" >"$WORK/echo/$name"
  done
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test \
    -keyout "$WORK/key.pem" -out "$WORK/cert.pem" 2>/dev/null
  sed -e "s|listen \[::.*||" -e "s|listen 80;|listen 127.0.0.1:$SITE;|" \
    -e "s|listen 443 |listen 127.0.0.1:$SITE_TLS |" -e "s|listen 127.0.0.1:9180;|listen 127.0.0.1:$OPS;|" \
    -e "s|/etc/ssl/.*\.pem|$WORK/cert.pem|" -e "s|/etc/ssl/.*\.key|$WORK/key.pem|" \
    -e "s|/var/log/nginx|$WORK|" "$ROOT/nginx/site-example.conf" >"$WORK/site.conf"
  cat >"$WORK/nginx.conf" <<CONF
$user daemon off; pid $WORK/pid; error_log $WORK/error.log; worker_processes 1;
events { worker_connections 256; }
http {
  client_body_temp_path tmp/b; proxy_temp_path tmp/p; fastcgi_temp_path tmp/f; uwsgi_temp_path tmp/u; scgi_temp_path tmp/s;
  include site.conf;
  server { listen 127.0.0.1:$ECHO; include echo/rosterd.conf; }
  server { listen 127.0.0.1:$ALONE; access_log $WORK/access.log rosterd; include snippets/rosterd-cscart-alone.conf; }
}
CONF
}

passes() { expect "$1 $2" "$(curl -sS -X "$1" "http://127.0.0.1:$ECHO$2")" "$3"; }

test_pools() {
  passes GET /api/2.0/users/3 'rosterd_read '
  passes GET /api/2.0/users/ 'rosterd_read '
  passes OPTIONS /api/2.0/users 'rosterd_read '
  passes GET '/api/users?user_type=C&items_per_page=20' 'rosterd_read '
  passes GET '/api/users?items_per_page=0' 'rosterd_slow '
  passes GET '/api/users?page=2&items_per_page=5000' 'rosterd_slow '
  passes GET '/api/1.0/users' 'rosterd_slow '
  passes GET '/api/1/stores/2/users/' 'rosterd_slow '
  passes GET '/api/1.0/users?items_per_page=5' 'rosterd_read '
  passes GET '/api/1.0/users/1' 'rosterd_read '
  passes GET '/api/2.0/stores/1/users' 'rosterd_read '
  for filter in name user_login email address zipcode country state city phone company; do
    passes GET "/api/users?status=A&$filter=ann" 'rosterd_slow '
    passes GET "/api/users?$filter=&status=A" 'rosterd_read '
  done
  passes GET '/api/users?company=12' 'rosterd_read '
  passes GET '/api/users?company_id=12&user_ids[]=1' 'rosterd_read '
  for method in POST PUT DELETE PATCH; do passes "$method" /api/2.0/users/3 'rosterd_write '; done
  passes POST /api/2.0/auth_tokens 'rosterd_slow '
  passes POST /api/auth/ 'rosterd_slow '
  passes POST '/api.php?_d=2.0%2Fauth_tokens&ajax_custom=1' 'rosterd_slow '
  passes POST '/api.php?_d=auth' 'rosterd_slow '
  passes POST '/api.php?_d=users' 'rosterd_write '
  passes GET '/api.php?_d=users/3&ajax_custom=1' 'rosterd_read '
  passes GET '/api.php?_d=1.0/users' 'rosterd_slow '
}

test_mounts() {
  passes GET /shop/api/2.0/users/3 'rosterd_read /shop'
  passes GET /eu/shop/api/users 'rosterd_read /eu/shop'
  passes GET '/api?version' 'rosterd_read '
  passes GET /a/b/c/api/users '{"error":"Not Found","status":404}'
  passes GET /apis '{"error":"Not Found","status":404}'
  passes GET /.rosterd/cscart '{"error":"Not Found","status":404}'
}

# refuses WHAT STATUS BODY CURL-ARGUMENTS: JSON of this text, and Retry-After where it is due.
refuses() {
  local what=$1 status=$2 body=$3 answer
  shift 3
  answer=$(curl -sS -o "$WORK/body" -D "$WORK/head" -w '%{http_code} %{content_type}' "$@")
  expect "$what" "$answer" "$status application/json"
  expect "$what, body" "$(<"$WORK/body")" "$body"
  case $status in 429 | 503) expect "$what, Retry-After" "$(grep -ci '^retry-after: 1' "$WORK/head")" 1 ;; esac
}

test_refusals() {
  local api=http://127.0.0.1:$ALONE/api/users site=http://127.0.0.1:$SITE long
  long=$(head -c 40000 /dev/zero | tr '\0' a)
  head -c 1100000 /dev/zero >"$WORK/large"
  refuses 'no worker' 503 '{"message":"Service Unavailable","status":503}' "$api"
  refuses 'no worker, POST' 503 '{"message":"Service Unavailable","status":503}' -d a=b "$api"
  refuses 'body too large' 413 '{"message":"Request Entity Too Large","status":413}' \
    --data-binary @"$WORK/large" "$api"
  refuses 'header too large' 400 '{"message":"Bad Request","status":400}' -H "X-A: $long" "$api"
  refuses 'header too large, shared' 400 '{"message":"Bad Request","status":400}' -H "X-A: $long" \
    "$site/api/users"
  refuses 'line too long' 414 '{"message":"URI Too Long","status":414}' "$api/$long"
  refuses 'line too long, shared' 414 '{"message":"URI Too Long","status":414}' "$site/api/users?$long"
  refuses 'line too long, of nobody' 414 '{"error":"URI Too Long","status":414}' "$site/x?$long"
  refuses 'broken line' 400 '{"message":"Bad Request","status":400}' --path-as-is "$site/api/2.0/%zz"
  refuses 'TRACE' 405 '{"message":"Method Not Allowed","status":405}' -X TRACE "$api"
  refuses 'unknown path' 404 '{"message":"Not Found","status":404}' "http://127.0.0.1:$ALONE/x"
  refuses 'unknown path, shared' 404 '{"error":"Not Found","status":404}' "$site/x"
  refuses 'HTTP on the HTTPS port' 400 '{"message":"Bad Request","status":400}' \
    "http://127.0.0.1:$SITE_TLS/api/users"
  refuses 'metrics from outside' 404 '{"error":"Not Found","status":404}' "$site/metrics"
  refuses 'no worker for metrics' 503 '{"error":"Service Unavailable","status":503}' \
    "http://127.0.0.1:$OPS/metrics"
}

# The site's limit: 20 at once from one address, and readers are not counted.
test_rate_limit() {
  local url=http://127.0.0.1:$SITE/api/auth_tokens statuses=''
  for _ in {1..40}; do
    statuses+=$(curl -sS -o "$WORK/body" -w '%{http_code} ' -d a=b "$url")
  done
  expect 'some sign-ins pass' "$([[ $statuses == '503 '* ]] && echo yes)" yes
  expect 'too many are refused' "$([[ $statuses == *'429 '* ]] && echo yes)" yes
  refuses 'too many' 429 '{"message":"Too Many Requests","status":429}' -d a=b "$url"
  refuses 'a reader meanwhile' 503 '{"message":"Service Unavailable","status":503}' \
    "http://127.0.0.1:$SITE/api/users"
}

test_log() {
  curl -sS -o /dev/null "http://127.0.0.1:$ALONE/api/users?email=secret%40example.com"
  expect 'queries are not logged' "$(grep -c secret "$WORK/access.log")" 0
  expect 'the path is' "$(grep -c '"GET /api/users HTTP/1.1" 503' "$WORK/access.log")" 2
  expect 'and the method that was sent' "$(grep -c '"POST /api/users HTTP/1.1" 413' "$WORK/access.log")" 1
}

ECHO=$(free_port) ALONE=$(free_port) SITE=$(free_port) SITE_TLS=$(free_port) OPS=$(free_port)
write_files
nginx -p "$WORK/" -c nginx.conf -e stderr 2>"$WORK/start.log" &
NGINX=$!
for _ in {1..100}; do
  (exec 3<>"/dev/tcp/127.0.0.1/$OPS") 2>/dev/null && break
  kill -0 "$NGINX" 2>/dev/null || { cat "$WORK/start.log" && exit 1; }
  sleep 0.05
done
expect 'nginx has nothing to say about the files' "$(<"$WORK/start.log")" ''
test_pools
test_mounts
test_refusals
test_rate_limit
test_log
((FAILURES == 0)) && echo 'all as promised'
exit $((FAILURES > 0))

#!/usr/bin/env bash
# The shipped nginx files on a real nginx: which dialect, pool and prefix a request gets, and what
# nginx's own refusals look like. No worker runs: a copy of the files answers with what it would have
# passed on, and the original ones with 503.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=/dev/null
. "$ROOT/tests/e2e/nginx_tables.sh"
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
    sed -e "s|unix:/run/rosterd/|unix:$WORK/|" -e "s|/var/lib/rosterd/photos|$WORK/photos|" \
      -e "s|/usr/share/rosterd/api-docs|$WORK/api-docs|" "$file" \
      >"$WORK/snippets/$name"
    sed -e 's|include snippets/|include echo/|' -e 's|fastcgi_pass \(.*\);|return 200 \1;|' \
      -e 's|fastcgi_param ROSTERD_DIALECT \(.*\);|add_header X-Dialect \1;|' \
      -e 's|fastcgi_param ROSTERD_PREFIX \(.*\);|add_header X-Prefix \1;|' \
      "$WORK/snippets/$name" >"$WORK/echo/$name"
  done
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test \
    -keyout "$WORK/key.pem" -out "$WORK/cert.pem" 2>/dev/null
  sed -e "s|listen \[::.*||" -e "s|listen 80;|listen 127.0.0.1:$SITE;|" \
    -e "s|listen 443 |listen 127.0.0.1:$SITE_TLS |" -e "s|listen 127.0.0.1:9180;|listen 127.0.0.1:$OPS;|" \
    -e "s|/etc/ssl/.*\.pem|$WORK/cert.pem|" -e "s|/etc/ssl/.*\.key|$WORK/key.pem|" \
    -e "s|/var/log/nginx|$WORK|" "$ROOT/nginx/site-example.conf" >"$WORK/site.conf"
  cat >"$WORK/nginx.conf" <<CONF
$user daemon off; pid $WORK/pid; error_log $WORK/error.log warn; worker_processes 1;
events { worker_connections 256; }
http {
  client_body_temp_path tmp/b; proxy_temp_path tmp/p; fastcgi_temp_path tmp/f; uwsgi_temp_path tmp/u; scgi_temp_path tmp/s;
  include site.conf;
  server { listen 127.0.0.1:$ECHO default_server; include echo/rosterd.conf; }
  server { listen 127.0.0.1:$ALONE default_server; access_log $WORK/access.log rosterd; include snippets/rosterd.conf; }
$(for name in "${DIALECTS[@]}"; do
    printf '  server { listen 127.0.0.1:%s; server_name %s; include echo/rosterd-%s-alone.conf; }\n' \
      "$ECHO" "$name" "$name"
    printf '  server { listen 127.0.0.1:%s; server_name %s; access_log %s rosterd; include snippets/rosterd-%s-alone.conf; }\n' \
      "$ALONE" "$name" "$WORK/access.log" "$name"
  done)
}
CONF
}

# refuses WHAT STATUS BODY CURL-ARGUMENTS: JSON of this text, and Retry-After where it is due.
refuses() {
  local what=$1 status=$2 body=$3 answer
  shift 3
  answer=$(curl -sS -o "$WORK/body" -D "$WORK/head" -w '%{http_code}' "$@")
  expect "$what" "$answer" "$status"
  expect "$what, body" "$(<"$WORK/body")" "$body"
  case $status in
    429 | 503) expect "$what, Retry-After" "$(grep -ci '^retry-after: [15]' "$WORK/head")" 1 ;;
  esac
}

# header NAME: its value in the answer that was read last.
header() { sed -n "s/^$1: \(.*\)\r\$/\1/Ip" "$WORK/head"; }

# What a refusal of a dialect says: shape DIALECT STATUS REASON.
shape() {
  case $1 in
    cscart) printf '{"message":"%s","status":%s}' "${3/Payload/Request Entity}" "$2" ;;
    bedita) printf '{"error":{"status":"%s","title":"%s"},"links":{"self":"%s","home":"%s"}}' "$2" "$3" "$4" \
      "${4%%:"$ALONE"*}:$ALONE/home" ;;
    brightact) printf '{"error":"%s"}' "$3" ;;
    cocoaheads) printf '{"error":true,"reason":"%s"}' "$3" ;;
    timeslot) printf '{"status":"%s","error":"%s"}' "$2" "$3" ;;
  esac
}

declare -A TYPES=([cscart]='application/json' [bedita]='application/vnd.api+json'
  [brightact]='application/json; charset=utf-8' [cocoaheads]='application/json; charset=utf-8'
  [timeslot]='application/json; charset=utf-8')
declare -A PATHS=([cscart]=/api/users [bedita]=/roles [brightact]=/api/v1/user [cocoaheads]=/user/5
  [timeslot]=/v1/users)
declare -A LIMITS=([cscart]=1048576 [bedita]=1048576 [brightact]=1048576 [cocoaheads]=16777216
  [timeslot]=65536)

# Each dialect's refusals on its own host and on the shared origin: body, type, limit.
test_shapes() {
  local dialect host url limit
  for dialect in "${DIALECTS[@]}"; do
    limit=${LIMITS[$dialect]}
    head -c "$limit" /dev/zero >"$WORK/exact"
    head -c $((limit + 1)) /dev/zero >"$WORK/over"
    for host in 127.0.0.1 "$dialect"; do
      url=http://$host:$ALONE${PATHS[$dialect]}
      set -- --connect-to "$dialect::127.0.0.1:" "$url"
      refuses "$host $dialect: no worker" 503 "$(shape "$dialect" 503 'Service Unavailable' "$url")" "$@"
      expect "$dialect: its type" "$(header content-type)" "${TYPES[$dialect]}"
      refuses "$host $dialect: exact" 503 "$(shape "$dialect" 503 'Service Unavailable' "$url")" \
        --data-binary @"$WORK/exact" "$@"
      refuses "$host $dialect: too large" 413 "$(shape "$dialect" 413 'Payload Too Large' "$url")" \
        --data-binary @"$WORK/over" "$@"
      expect "$dialect: its type of 413" "$(header content-type)" "${TYPES[$dialect]}"
      refuses "$host $dialect: TRACE" 405 "$(shape "$dialect" 405 'Method Not Allowed' "$url")" -X TRACE "$@"
    done
    refuses "$dialect: a header too long" 400 "$(shape "$dialect" 400 'Bad Request' "$url")" -H "X-A: $LONG" "$@"
    expect "$dialect: its type of 400" "$(header content-type)" "${TYPES[$dialect]}"
  done
}

test_dialect_headers() {
  local at="http://127.0.0.1:$ALONE"
  curl -sS -o /dev/null -D "$WORK/head" "$at/v1/users/signin" -H 'X-Request-Id: mine_-7'
  expect 'timeslot: the id of the client' "$(header x-request-id)" mine_-7
  expect 'timeslot: frames' "$(header x-frame-options)" SAMEORIGIN
  expect 'timeslot: scripts' "$(header x-xss-protection)" '1; mode=block'
  expect 'timeslot: cache' "$(header cache-control)" no-cache
  curl -sS -o /dev/null -D "$WORK/head" "$at/v1/users/signin" -H 'X-Request-Id: <x>'
  expect 'timeslot: an id of ours' \
    "$([[ $(header x-request-id) =~ ^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$ ]] && echo yes)" yes
  curl -sS -o /dev/null -D "$WORK/head" "$at/users/5" -H 'Accept: application/json, */*'
  expect 'bedita: the type asked for' "$(header content-type)" application/json
  expect 'bedita: version' "$(header x-bedita-version)" 4.13.1
  expect 'bedita: cache' "$(header cache-control)" no-store
  refuses 'bedita: an address that JSON cannot hold' 503 \
    "$(shape bedita 503 'Service Unavailable' "$at/")" --path-as-is "$at/roles/\"\\"
  refuses 'bedita: a host that JSON cannot hold' 503 \
    '{"error":{"status":"503","title":"Service Unavailable"},"links":{"self":"/roles","home":"/home"}}' \
    -H 'Host: a"b' "$at/roles"
  refuses 'the app of cocoaheads' 503 \
    '{"code":503,"answer":"Service Unavailable","error":"failedRequest"}' -d a=b "$at/method/user/profile"
  refuses 'cocoaheads' 503 '{"error":true,"reason":"Service Unavailable"}' "$at/users/5" -H 'user-token: t'
  expect 'cocoaheads: is patient' "$(header retry-after)" 5
  head -c 1048577 /dev/zero >"$WORK/over"
  refuses 'bedita: its limit holds on /users' 413 "$(shape bedita 413 'Payload Too Large' "$at/users")" \
    -H 'X-Api-Key: k' --data-binary @"$WORK/over" "$at/users"
  refuses 'cocoaheads: and so does its own' 503 '{"error":true,"reason":"Service Unavailable"}' \
    -H 'user-token: k' --data-binary @"$WORK/over" "$at/users"
  refuses 'compressed is what was asked for' 503 '{"error":"Service Unavailable"}' "$at/api/v1/user"
  refuses 'internal places are nobody’s' 404 \
    "$(shape bedita 404 'Not Found' "$at/.rosterd/to/bedita")" "$at/.rosterd/to/bedita"
}

test_photos() {
  local at=http://127.0.0.1:$ALONE/user_photos name
  mkdir -p "$WORK/photos/user_photos/5"
  for name in 0a1f.png 0a.jpg 0a.gif 0a.webp 0a.html 0a.svg 0a.php xx.png; do
    printf data >"$WORK/photos/user_photos/5/$name"
  done
  for name in 0a1f.png:image/png 0a.jpg:image/jpeg 0a.gif:image/gif 0a.webp:image/webp; do
    expect "photo $name" "$(curl -sS -o "$WORK/body" -D "$WORK/head" -w '%{http_code} %{content_type}' \
      "$at/5/${name%%:*}")" "200 ${name#*:}"
    expect "photo $name, nosniff" "$(header x-content-type-options)" nosniff
    expect "photo $name, text" "$(<"$WORK/body")" data
  done
  for name in '' / /5 /5/ /5/0a.html /5/0a.svg /5/0a.php /5/xx.png /5/../5/0a.svg /6/0a.png /5/0a.png/x \
    /5/%2e%2e/nginx.conf; do
    refuses "photo $name" 404 '{"error":true,"reason":"Not Found"}' --path-as-is "$at$name"
  done
  refuses 'photo, POST' 405 '{"error":true,"reason":"Method Not Allowed"}' -d a=b "$at/5/0a1f.png"
  expect 'photo, POST, allow' "$(header allow)" 'GET, HEAD'
}

# The page with the descriptions of the APIs, where it is installed.
test_api_docs() {
  local at=http://127.0.0.1:$SITE/api-docs get=(curl -sS -o "$WORK/body" -D "$WORK/head" -w '%{http_code} %{content_type}')
  expect 'no page' "$("${get[@]}" "$at/")" '404 application/vnd.api+json'
  mkdir -p "$WORK/api-docs"
  echo page >"$WORK/api-docs/index.html"
  echo file >"$WORK/api-docs/cscart.yaml"
  expect 'the page' "$("${get[@]}" "$at/?api=cscart")" '200 text/html; charset=utf-8'
  expect 'the page, text' "$(<"$WORK/body")" page
  expect 'the page, policy' "$(header content-security-policy | cut -d ';' -f 1-2)" \
    "default-src 'none'; script-src 'self'"
  expect 'its files' "$("${get[@]}" "$at/cscart.yaml")" '200 application/yaml'
  expect 'its name alone' "$("${get[@]}" "$at") $(header location)" '301 text/html /api-docs/'
  expect 'nothing above it is a file' "$("${get[@]}" --path-as-is "$at/../cert.pem")" '503 application/vnd.api+json'
}

test_refusals() {
  local api=http://127.0.0.1:$ALONE/api/users site=http://127.0.0.1:$SITE
  refuses 'header too large, shared' 400 '{"message":"Bad Request","status":400}' -H "X-A: $LONG" \
    "$site/api/users"
  refuses 'line too long' 414 '{"message":"URI Too Long","status":414}' "$api/$LONG"
  refuses 'line too long, brightact' 414 '{"error":"URI Too Long"}' "$site/api/v1/users?$LONG"
  refuses 'line too long, cocoaheads' 414 '{"error":true,"reason":"URI Too Long"}' "$site/user/5?$LONG"
  refuses 'line too long, timeslot' 414 '{"status":"414","error":"URI Too Long"}' "$site/v1/users?$LONG"
  refuses 'line too long, of nobody' 414 \
    "{\"error\":{\"status\":\"414\",\"title\":\"URI Too Long\"},\"links\":{\"self\":\"/\",\"home\":\"/home\"}}" "$site/x?$LONG"
  refuses 'broken line' 400 '{"message":"Bad Request","status":400}' --path-as-is "$site/api/2.0/%zz"
  refuses 'broken line, timeslot' 400 '{"status":"400","error":"Bad Request"}' --path-as-is "$site/v1/%zz"
  exec 3<>"/dev/tcp/127.0.0.1/$SITE"
  printf 'GARBAGE\r\n\r\n' >&3
  expect 'garbage' "$(grep -ci '^content-type: application/json' <&3)" 1
  exec 3>&-
  refuses 'unknown path' 404 '{"message":"Not Found","status":404}' -H 'Host: cscart' "http://127.0.0.1:$ALONE/x"
  refuses 'HTTP on the HTTPS port' 400 '{"message":"Bad Request","status":400}' \
    "http://127.0.0.1:$SITE_TLS/api/users"
  refuses 'HTTP on the HTTPS port, timeslot' 400 '{"status":"400","error":"Bad Request"}' \
    "http://127.0.0.1:$SITE_TLS/v1/users"
  refuses 'no worker for metrics' 503 '{"error":"Service Unavailable","status":503}' \
    "http://127.0.0.1:$OPS/metrics"
  refuses 'nothing else beside metrics' 404 '{"error":"Not Found","status":404}' "http://127.0.0.1:$OPS/users"
}

# The site's limit: 20 at once from one address, and readers are not counted.
test_rate_limit() {
  local url=http://127.0.0.1:$SITE/api/auth_tokens requests=() statuses number
  for number in {0..79}; do requests+=(-o "$WORK/limited.$number" "$url"); done
  mapfile -t statuses < <(curl -sS -w '%{http_code}\n' -d a=b "${requests[@]}")
  expect 'a sign-in passes' "${statuses[0]}" 503
  for number in {0..79}; do [[ ${statuses[number]} != 429 ]] || break; done
  expect 'too many are refused' "${statuses[number]}" 429
  expect 'too many, body' "$(<"$WORK/limited.$number")" '{"message":"Too Many Requests","status":429}'
  refuses 'a reader meanwhile' 503 '{"message":"Service Unavailable","status":503}' \
    "http://127.0.0.1:$SITE/api/users"
}

# Keys and personal data are in queries: no log holds one, whatever goes wrong.
test_log() {
  local at=http://127.0.0.1:$ALONE path
  for path in '/api/users?email=s3cret' '/api/v1/user/my.json?key=s3cret' '/users?api_key=s3cret' \
    '/users/5?token=s3cret' '/v1/users?token=s3cret' '/user/5?push_token=s3cret' '/x?s3cret' '/?s3cret' \
    '/api/v1/resetUserPassword/my?key=s3cret' '/user_photos/5/00.png?s3cret' '/method/user/auth?s3cret'; do
    curl -sS -o /dev/null "$at$path"
    curl -sS -o /dev/null --data-binary @"$WORK/over" "$at$path"
    curl -sS -o /dev/null -H "X-A: $LONG" "$at$path"
    curl -sS -o /dev/null -X TRACE "$at$path"
  done
  expect 'queries are not logged' "$(grep -c s3cret "$WORK/access.log" "$WORK/error.log" "$WORK/start.log")" \
    "$WORK/access.log:0"$'\n'"$WORK/error.log:0"$'\n'"$WORK/start.log:0"
  expect 'the path is' "$(grep -c '"GET /api/v1/resetUserPassword/my HTTP/1.1" 503' "$WORK/access.log")" 1
  expect 'and the method that was sent' "$(grep -c '"POST /users HTTP/1.1" 413' "$WORK/access.log")" 2
}

DIALECTS=(cscart bedita brightact cocoaheads timeslot)
LONG=$(head -c 40000 /dev/zero | tr '\0' a)
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
head -c 100000 /dev/zero >"$WORK/photo"
test_cscart_pools
test_pools
test_users
test_owners
test_no_redirects
test_mounts
test_shapes
test_dialect_headers
test_photos
test_api_docs
test_refusals
test_rate_limit
test_log
((FAILURES == 0)) && echo 'all as promised'
exit $((FAILURES > 0))

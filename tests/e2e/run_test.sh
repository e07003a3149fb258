#!/usr/bin/env bash
# ./run as a command: what it starts, what it leaves behind, what it says when it cannot.
# ROSTERD_BIN_DIR names the programs.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
WORK=$(mktemp -d /tmp/rosterd-run.XXXXXX)
FAILURES=0

clean_up() {
  local state
  for state in "$WORK/one" "$WORK/two words"; do
    "$ROOT/run" --stop --state "$state" >/dev/null || true
  done
  rm -rf "$WORK"
}
trap clean_up EXIT

# expect WHAT GOT WANTED; the wanted text is a pattern.
expect() {
  # shellcheck disable=SC2053
  [[ $2 == $3 ]] && return
  printf 'FAILED: %s\n  got:    %s\n  wanted: %s\n' "$1" "$2" "$3"
  FAILURES=$((FAILURES + 1))
}

# Below the ports that the system gives to others' connections, with those of /readyz 1000 above them.
free_port() {
  local port
  until port=$((20000 + RANDOM % 11000)) && ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  printf '%s' "$port"
}

# The whole text of a refusal, and that it is one.
refusal() {
  local answer status=0
  answer=$("$ROOT/run" "$@" 2>&1) || status=$?
  printf '%s: %s' "$status" "$answer"
}

# bootstrap STATE NAME: the value of a member, the first of that name.
bootstrap() {
  sed -n "s/.*\"$2\": *\"\{0,1\}\([^\",}]*\).*/\1/p" "$1/bootstrap.json" | head -n 1
}

users() {
  curl -sS -o /dev/null -w '%{http_code}' "$@" \
    -u "$(bootstrap "$WORK/one" email):$(bootstrap "$WORK/one" api_key)"
}

# How many processes name the folder in their command line.
processes_of() {
  local file arguments=() count=0
  for file in /proc/[0-9]*/cmdline; do
    { mapfile -d '' arguments <"$file"; } 2>/dev/null || continue
    [[ ${arguments[*]} != *"$1"* ]] || count=$((count + 1))
  done
  printf '%s' "$count"
}

is_gone() {
  local line=''
  { IFS= read -r line <"/proc/$1/stat"; } 2>/dev/null || true
  [[ -z $line || $line == *') Z '* ]] && echo gone || echo there
}

test_refusals() {
  expect 'a port in use' "$(refusal --state "$WORK/none" --http "$HTTP" --https "$(free_port)")" \
    "1: run: port $HTTP of 127.0.0.1 is taken; choose another one with --http PORT"
  expect 'a state in use' "$(refusal --state "$WORK/one" --http "$HTTP" --https "$HTTPS")" \
    "1: run: rosterd already runs in $WORK/one (process *); ./run --stop --state $WORK/one"
  expect 'an unknown key' "$(refusal --state "$WORK/none" --http "$(free_port)" --set cscart.nosuch=1)" \
    '1: run: *cscart.nosuch*'
  expect 'an unknown option' "$(refusal --colour)" '1: run: --colour takes a value; see ./run --help'
  expect 'no port' "$(refusal --http 0)" '1: run: --http takes a whole number from 1 to 65535, not "0"'
  expect 'a folder that cannot be' "$(refusal --state /dev/null/x)" \
    '1: run: the folder /dev/null/x cannot be written; choose another one with --state DIR'
  expect 'what the refused leave behind' "$(processes_of "$WORK/none")" 0
}

test_answers() {
  local state=$WORK/one base=http://127.0.0.1:$HTTP
  expect 'mode of bootstrap.json' "$(stat -c %a "$state/bootstrap.json")" 600
  expect 'users over HTTP' "$(users "$base/api/2.0/users")" 200
  expect 'users over HTTPS' "$(users --cacert "$state/tls/ca.pem" "https://127.0.0.1:$HTTPS/api/users")" 200
  expect 'on a host of its own' "$(users -H 'Host: cscart.localhost' "$base/api/users")" 200
  expect 'ready' "$(curl -sS -o /dev/null -w '%{http_code}' "$(bootstrap "$state" ops)/readyz")" 200
  expect 'the database' "$(mariadb --no-defaults -S "$(bootstrap "$state" mysql_socket)" -N -e \
    "SELECT COUNT(*) FROM rosterd.users WHERE email = 'admin@example.com'")" 1
}

# One command a dialect, to paste: each does what it says.
test_printed_commands() {
  local line count=0
  while IFS= read -r line; do
    count=$((count + 1))
    expect "printed:$line" "$(eval "$line -sS -o /dev/null -w '%{http_code}'")" '20[01]*'
  done < <(grep '^  curl' "$WORK/one.printed")
  expect 'printed commands' "$count" 6
}

# What bootstrap.json says of each dialect, its server, and its name in the certificate.
test_dialects() {
  local state=$WORK/one dialect member
  for dialect in cscart bedita brightact cocoaheads timeslot; do
    expect "$dialect in bootstrap.json" "$(grep -c "\"$dialect\": {\"host\": \"$dialect.localhost\"" \
      "$state/bootstrap.json")" 1
    expect "$dialect over HTTPS" "$(curl -sS -o /dev/null -w '%{http_code}' --cacert "$state/tls/ca.pem" \
      --resolve "$dialect.localhost:$HTTPS:127.0.0.1" "https://$dialect.localhost:$HTTPS/none")" '40[0-9]'
    expect "$dialect answers itself" "$(curl -sS -o /dev/null -H "Host: $dialect.localhost" \
      "http://127.0.0.1:$HTTP/none"
      grep -c "dialect=$dialect " \
      "$state/log/rosterd.log")" '[1-9]*'
  done
  for member in username password admin_key user_key app_token api_secret; do
    expect "$member" "$(bootstrap "$state" "$member")" '?*'
  done
  expect 'no token of the app' "$(bootstrap "$state" app_token)" null
  expect 'the account of the demo' "$(bootstrap "$state" cloud_name)" demo
}

# Each of the three dies alone, and a later start finds the data.
test_deaths() {
  local state=$WORK/one key master nginx mysql
  key=$(bootstrap "$state" api_key)
  master=$(bootstrap "$state" master_pid) nginx=$(bootstrap "$state" nginx_pid)
  mysql=$(bootstrap "$state" mysql_pid)
  kill -KILL "$master"
  for _ in {1..100}; do [[ $(users "http://127.0.0.1:$HTTP/api/users") == 503 ]] && break || sleep 0.05; done
  expect 'without a master' "$(curl -sS -u a:b "http://127.0.0.1:$HTTP/api/users")" \
    '{"message":"Service Unavailable","status":503}'
  kill -KILL "$nginx" "$mysql"
  for _ in {1..100}; do [[ $(is_gone "$nginx")$(is_gone "$mysql") == gonegone ]] && break || sleep 0.05; done
  start "$state" "$HTTP" "$HTTPS"
  expect 'the key after a second start' "$(bootstrap "$state" api_key)" "$key"
  expect 'users after a second start' "$(users "http://127.0.0.1:$HTTP/api/2.0/users")" 200
}

# A recorded number that belongs to somebody else by now is left alone.
test_foreign_pid() {
  sleep 300 &
  mkdir -p "$WORK/foreign/pids"
  printf '%s 1\n' "$!" >"$WORK/foreign/pids/master"
  "$ROOT/run" --stop --state "$WORK/foreign" >/dev/null
  expect 'a process that is not ours' "$(is_gone "$!")" there
  kill "$!"
}

test_stop() {
  local state=$WORK/one name pids=()
  for name in master nginx mysql; do pids+=("$(bootstrap "$state" "${name}_pid")"); done
  expect 'stop' "$("$ROOT/run" --stop --state "$state")" "Stopped what ran in $state."
  for name in "${pids[@]}"; do expect "process $name" "$(is_gone "$name")" gone; done
  expect 'what still has the folder' "$(processes_of "$state")" 0
  expect 'the other instance' "$(curl -sS -o /dev/null -w '%{http_code}' "$OTHER/readyz")" 200
  expect 'stop again' "$("$ROOT/run" --stop --state "$state")" "*$state."
}

# Ctrl-C's signal ends everything that a run in front has started.
test_foreground() {
  local state=$WORK/one shell master
  env --default-signal=INT setsid "$ROOT/run" --state "$state" --http "$HTTP" --https "$HTTPS" \
    >"$WORK/front.log" 2>&1 &
  shell=$!
  for _ in {1..600}; do [[ -e $state/bootstrap.json ]] && break || sleep 0.1; done
  [[ -e $state/bootstrap.json ]] || cat "$WORK/front.log"
  master=$(bootstrap "$state" master_pid)
  kill -INT "$shell"
  wait "$shell" && expect 'status after INT' 0 130 || expect 'status after INT' "$?" 130
  expect 'master after INT' "$(is_gone "$master")" gone
  expect 'what still has the folder' "$(processes_of "$state")" 0
}

# start STATE HTTP HTTPS...: cat ends only when nobody holds the descriptor any longer.
start() {
  "$ROOT/run" --detach --state "$1" --http "$2" --https "$3" --demo 3 --workers 2 "${@:4}" | cat >"$1.printed"
}

HTTP=$(free_port) HTTPS=$(free_port)
start "$WORK/one" "$HTTP" "$HTTPS"
start "$WORK/two words" "$(free_port)" "$(free_port)" --set 'cscart.banner_name=CS-Cart' \
  --set 'cscart.banner_name=Multi-Vendor' --set 'cscart.banner_version=9.8' --set 'cocoaheads.app_token=t1,t2' \
  --set 'timeslot.cloudinary.api_secret=a"b\c: #d' --set bedita.link_allow= --set 'brightact.max_body=2 MiB'
OTHER=$(bootstrap "$WORK/two words" ops)
expect 'what is set' "$(curl -sS "$(bootstrap "$WORK/two words" http)/api/?version")" \
  'Multi-Vendor <b>9.8 </b>'
expect 'the first of a list' "$(bootstrap "$WORK/two words" app_token)" t1
expect 'a secret as it was given' "$(grep -cF '"api_secret": "a\"b\\c: #d"' "$WORK/two words/bootstrap.json")" 1
expect 'a limit that nginx has too' "$(grep -c 'max_body_size 2M;' \
  "$WORK/two words/nginx/snippets/rosterd-brightact-location.conf")" 1
test_refusals
test_answers
test_dialects
test_printed_commands
test_deaths
test_foreign_pid
test_stop
test_foreground
((FAILURES == 0)) && echo 'all as promised'
exit $((FAILURES > 0))

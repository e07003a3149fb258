# rosterd itself under ./run: its settings, its schema, the first persons, bootstrap.json.

# A text between double quotes, for JSON and for YAML alike.
quoted() {
  local text=$1 code character
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  if [[ $text == *[[:cntrl:]]* ]]; then
    for code in 0{1..9} 0{a..f} 1{0..9} 1{a..f} 7f; do
      printf -v character '%b' "\\x$code"
      text=${text//"$character"/\\u00$code}
    done
  fi
  printf '"%s"' "$text"
}

# Not a real account: what clients sign with it, Cloudinary refuses.
CLOUDINARY_NAME=demo
CLOUDINARY_KEY=123456789012345

# One secret for the life of a state.
cloudinary_secret() {
  [[ -s $STATE/keys/cloudinary.secret ]] || openssl rand -hex 16 >"$STATE/keys/cloudinary.secret"
  printf '%s' "$(<"$STATE/keys/cloudinary.secret")"
}

write_settings() {
  cat >"$STATE/rosterd.yaml" <<YAML
# Written by ./run at every start. Settings of your own belong into conf.d/*.yaml beside it.
server:
  run_directory: $(quoted "$SOCKETS")
  socket_group: ""
  key_file: $(quoted "$STATE/keys/server.key")
  photo_directory: $(quoted "$STATE/photos")
database:
  defaults_file: $(quoted "$STATE/db.cnf")
  migrations: $(quoted "$ROOT/db/migrations")
mail:
  sendmail: $(quoted "$STATE/keep-mail")
  templates: $(quoted "$ROOT/config/mail")
timeslot:
  cloudinary.cloud_name: $CLOUDINARY_NAME
  cloudinary.api_key: "$CLOUDINARY_KEY"
  cloudinary.api_secret: $(cloudinary_secret)
YAML
  write_mail_keeper
  mkdir -p "$STATE/conf.d"
  rm -f "$STATE"/conf.d/90-run-*.yaml
  ((WORKERS == 0)) || printf 'server:\n  read_workers: %d\n  write_workers: %d\n  slow_workers: %d\n' \
    "$WORKERS" "$WORKERS" $((WORKERS < 2 ? WORKERS : 2)) >"$STATE/conf.d/90-run-100.yaml"
  check_settings
  write_overrides
}

# Instead of /usr/sbin/sendmail: each mail becomes a file STATE/mail/NAME.eml, whole or not at all.
write_mail_keeper() {
  cat >"$STATE/keep-mail" <<'SH'
#!/bin/sh
set -e
umask 077
folder=${0%/*}/mail
new=$(mktemp "$folder/.new.XXXXXXXX")
cat >"$new"
mv "$new" "$folder/$(date +%s%N)-${new##*.new.}.eml"
SH
  chmod 0700 "$STATE/keep-mail"
}

# The daemon says what is wrong with a setting, in one line.
check_settings() {
  local setting arguments=() answer
  for setting in "${SETTINGS[@]}"; do
    printf '%s' "$setting" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1 ||
      die "--set ${setting%%=*}: the value is not UTF-8"
    arguments+=(--set "$setting")
  done
  answer=$("$ROSTERD" --config "$STATE/rosterd.yaml" "${arguments[@]}" --check-config 2>&1) ||
    die "$(tail -n 1 <<<"$answer" | sed 's/^<[0-9]>//')"
}

# One file for each --set, so that the daemon and rosterctl read the same and the last one wins.
write_overrides() {
  local number=100 setting name
  for setting in "${SETTINGS[@]}"; do
    number=$((number + 1))
    name=${setting%%=*}
    printf '%s:\n  %s: %s\n' "${name%%.*}" "${name#*.}" "$(quoted "${setting#*=}")" \
      >"$STATE/conf.d/90-run-$number.yaml"
  done
}

ctl() {
  local answer
  answer=$("$ROSTERCTL" --config "$STATE/rosterd.yaml" "$@" </dev/null 2>&1) ||
    die "rosterctl $1 ${2:-} failed: $(tail -n 1 <<<"$answer")"
  printf '%s' "$answer"
}

# member NAME JSON: the text or the number of a member.
member() {
  [[ $2 =~ \"$1\"[[:space:]]*:[[:space:]]*\"?([^\",}[:space:]]+) ]] ||
    die "rosterctl gave no \"$1\": $2"
  printf '%s' "${BASH_REMATCH[1]}"
}

prepare_directory() {
  [[ -s $STATE/keys/server.key ]] || ctl keys init >/dev/null
  ctl migrate >/dev/null
  [[ -e $STATE/unfinished ]] || return 0
  make_first_persons
  rm -f "$STATE/unfinished"
}

# The administrators, with a credential of each dialect that has such, and the demo's persons.
make_first_persons() {
  : >"$STATE/credentials"
  make_bedita_administrator
  make_cscart_administrator
  make_brightact_keys
  ((DEMO < 100000)) || say "Loading $DEMO persons; a million take some minutes."
  ((DEMO == 0)) || ctl demo --count "$DEMO" >/dev/null
}

keep_credential() { printf '%s=%s\n' "$1" "$2" >>"$STATE/credentials"; }

credential() { sed -n "s/^$1=//p" "$STATE/credentials"; }

# The first application, and user 1, who has the role of the administrators.
make_bedita_administrator() {
  local answer name
  answer=$(ctl bedita init --json)
  for name in api_key username password; do
    keep_credential "bedita_$name" "$(member "$name" "$answer")"
  done
}

# The first store, and its root administrator with a key. The clients of both dialects know the
# administrator as user 1: it is one person, with rights of its own in each.
make_cscart_administrator() {
  local company key
  company=$(ctl company add --name 'Main store' --json)
  company=$(member id "$company")
  ctl user set 1 --email "$ADMIN_EMAIL" --cscart-type A --cscart-root Y --cscart-company 0 --json >/dev/null
  key=$(ctl key add --dialect cscart --user 1 --json)
  keep_credential cscart_api_key "$(member key "$key")"
  keep_credential cscart_company_id "$company"
}

# Two persons, with a key of an administrator and one of a user.
make_brightact_keys() {
  local role user key
  for role in admin user; do
    user=$(ctl user add --username "brightact-$role" --email "brightact-$role@example.com" --json)
    user=$(member id "$user")
    key=$(ctl key add --dialect brightact --user "$user" --role "$role" --json)
    keep_credential "brightact_${role}_key" "$(member key "$key")"
  done
}

start_master() {
  rm -f "$SOCKETS"/{read,write,slow}.sock
  launch master "$STATE/log/rosterd.log" "$ROSTERD" --config "$STATE/rosterd.yaml"
  wait_until 60 master curl -fsS --max-time 5 "http://127.0.0.1:$OPS_PORT/readyz" ||
    die "rosterd did not get ready: $(grep '^<[0-4]>' "$STATE/log/rosterd.log" | grep -v route= |
      tail -n 1 | sed 's/^<[0-9]>//') (all of it in $STATE/log/rosterd.log)"
}

# setting NAME FALLBACK: the last --set of that name, the fallback without one.
setting() {
  local each value=$2
  for each in "${SETTINGS[@]}"; do [[ ${each%%=*} != "$1" ]] || value=${each#*=}; done
  printf '%s' "$value"
}

# The first of a comma-separated list between quotes; null for none.
first_of() {
  local first=${1%%,*}
  [[ -z $first ]] && printf 'null' || quoted "$first"
}

# The members of bootstrap.json that tell of the dialects.
dialect_members() {
  cat <<JSON
 "cscart": {"host": "cscart.localhost", "email": "$ADMIN_EMAIL", "api_key": "$(credential cscart_api_key)", "company_id": $(credential cscart_company_id)},
 "bedita": {"host": "bedita.localhost", "api_key": "$(credential bedita_api_key)", "username": "$(credential bedita_username)", "password": "$(credential bedita_password)"},
 "brightact": {"host": "brightact.localhost", "admin_key": "$(credential brightact_admin_key)", "user_key": "$(credential brightact_user_key)"},
 "cocoaheads": {"host": "cocoaheads.localhost", "app_token": $(first_of "$(setting cocoaheads.app_token "")")},
 "timeslot": {"host": "timeslot.localhost", "cloudinary": {"cloud_name": $(quoted "$(setting timeslot.cloudinary.cloud_name "$CLOUDINARY_NAME")"), "api_key": $(quoted "$(setting timeslot.cloudinary.api_key "$CLOUDINARY_KEY")"), "api_secret": $(quoted "$(setting timeslot.cloudinary.api_secret "$(cloudinary_secret)")")}}
JSON
}

# Last of all and at once: who finds the file may rely on everything in it.
write_bootstrap() {
  cat >"$STATE/bootstrap.json.new" <<JSON
{"http": "http://127.0.0.1:$HTTP_PORT", "https": "https://127.0.0.1:$HTTPS_PORT", "ca": $(quoted "$STATE/tls/ca.pem"),
 "ops": "http://127.0.0.1:$OPS_PORT",
 "rosterctl": [$(quoted "$ROSTERCTL"), "--config", $(quoted "$STATE/rosterd.yaml")], "mysql_socket": $(quoted "$MYSQL_SOCKET"), "database": "rosterd",
 "master_pid": $(recorded_pid master), "nginx_pid": $(recorded_pid nginx), "mysql_pid": $(recorded_pid mysql),
$(dialect_members)}
JSON
  chmod 0600 "$STATE/bootstrap.json.new"
  mv "$STATE/bootstrap.json.new" "$STATE/bootstrap.json"
}

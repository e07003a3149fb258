# What the scenarios are written with. Sourced; "inside COMMAND..." runs in the machine, and
# "install_package" installs rosterd there.

# wait_for WHAT SECONDS COMMAND...
wait_for() {
  local what=$1 end=$((SECONDS + $2))
  shift 2
  until "$@"; do
    ((SECONDS < end)) || die "$what: not within the time"
    sleep 0.2
  done
}

# expect WHAT EXPECTED ACTUAL
expect() {
  [[ $2 == "$3" ]] || die "$1: expected \"$2\", got \"$3\""
}

# expect_match WHAT PATTERN TEXT (a pattern of bash's [[ == ]])
expect_match() {
  # shellcheck disable=SC2053
  [[ $3 == $2 ]] || die "$1: expected \"$2\", got \"$3\""
}

# status_of PATH [curl arguments]: the status of an answer through nginx; its body in /tmp/body.
status_of() {
  local path=$1
  shift
  inside curl -sS -o /tmp/body -w '%{http_code}' --max-time 20 "$@" "http://127.0.0.1$path"
}

# is_ready [PORT]: whether the server with the health checks says so.
is_ready() {
  [[ $(inside curl -sS -o /dev/null -w '%{http_code}' --max-time 20 "http://127.0.0.1:${1:-9180}/readyz") == 200 ]]
}

# A certificate, where the example site looks for one.
make_certificate() {
  inside sh -ec '
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=users.example.com \
      -keyout /etc/ssl/private/ssl-cert-snakeoil.key -out /etc/ssl/certs/ssl-cert-snakeoil.pem 2>/dev/null
    rm -f /etc/nginx/sites-enabled/default'
}

# have_ended [PID...]: whether none of these processes of the machine is left.
have_ended() {
  # shellcheck disable=SC2016
  inside sh -c 'for pid; do [ ! -d "/proc/$pid" ] || exit 1; done' sh "$@"
}

# The site as rosterctl makes it.
enable_site() {
  local workers
  make_certificate
  inside systemctl start nginx
  mapfile -t workers < <(inside pgrep -f '^nginx: worker')
  inside sh -ec '
    rosterctl nginx enable users.example.com --certificate /etc/ssl/certs/ssl-cert-snakeoil.pem \
      --certificate-key /etc/ssl/private/ssl-cert-snakeoil.key' >/dev/null
  # A reload is over when the workers of before have left: until then they take requests, too.
  wait_for "nginx's workers of before" 20 have_ended "${workers[@]}"
}

# The example site, copied by hand.
enable_example_site() {
  make_certificate
  inside sh -ec '
    cp /usr/share/doc/rosterd/examples/site-example.conf /etc/nginx/sites-available/rosterd
    ln -sf ../sites-available/rosterd /etc/nginx/sites-enabled/rosterd
    nginx -qt && systemctl restart nginx'
}

# secret_of COMMAND...: the key or token that rosterctl makes.
secret_of() { inside rosterctl "$@" --json | sed -n 's/.*"\(key\|token\)": *"\([^"]*\)".*/\2/p'; }

# first_administrator [common options of rosterctl]: the first store and administrator; prints the key.
first_administrator() {
  inside rosterctl "$@" company add --name Main >/dev/null
  inside rosterctl "$@" user add --email admin@example.com --cscart-type A --cscart-root Y --cscart-company 0 >/dev/null
  secret_of "$@" key add --dialect cscart --user 1
}

# create_person EMAIL KEY [curl arguments]: prints the status.
create_person() {
  status_of /api/2.0/users -u "admin@example.com:$2" -d "email=$1&password=s3cret-tea&company_id=1&user_type=C" "${@:3}"
}

# What helps after a failure: the last answer and the daemon's last lines.
diagnose() {
  inside sh -c 'head -c 500 /tmp/body 2>/dev/null; echo
    journalctl -b -u rosterd.service -u "rosterd@*" --no-pager -n 15 -o cat
    tail -n 3 /var/log/nginx/*.log' >&2 || true
}

# A Debian 12 machine in a folder: made by mmdebstrap, booted by systemd-nspawn on a copy.

# The base: what a host has before rosterd is installed, and what rosterd depends on.
make_base() {
  say "Making a Debian 12 root in $WORK"
  local depends=systemd,systemd-sysv,dbus,procps,iproute2,ca-certificates,curl,openssl,ucf,debconf,nginx,mariadb-server,mariadb-client
  depends+=,dbconfig-mysql,bash-completion,$(package_depends)
  mmdebstrap --quiet --variant=apt --include="$depends" bookworm "$WORK/base" \
    $(find /etc/apt -name '*.list' -o -name '*.sources' | sort) >"$WORK/base.log" 2>&1 ||
    { tail -n 5 "$WORK/base.log" >&2 && die "mmdebstrap failed"; }
  cp "$DEB" "$WORK/base/srv/rosterd.deb"
}

# The libraries of the package, without versions and alternatives.
package_depends() {
  dpkg-deb -f "$DEB" Depends | tr ',' '\n' | sed -e 's/|.*//' -e 's/(.*//' -e 's/ //g' |
    grep -v '^dbconfig' | paste -sd, -
}

# start_machine: boots a fresh copy of the base; LEADER is its first process.
start_machine() {
  MACHINE=$WORK/machine
  mkdir -p "$WORK"/{upper,work} "$MACHINE"
  mount -t overlay overlay -o "lowerdir=$WORK/base,upperdir=$WORK/upper,workdir=$WORK/work" "$MACHINE"
  systemd-nspawn --quiet --directory "$MACHINE" --boot --private-network --register=no --keep-unit \
    --console=pipe systemd.log_target=console </dev/null >"$WORK/console.log" 2>&1 &
  NSPAWN=$!
  echo "$NSPAWN" >"$WORK/nspawn.pid"
  wait_for "the machine boots" 60 find_leader
  wait_for "the machine is up" 300 is_up
}

find_leader() {
  LEADER=$(pgrep -P "$NSPAWN" | head -n 1)
  [[ -n $LEADER ]]
}

is_up() { [[ $(inside systemctl is-system-running 2>/dev/null) == @(running|degraded) ]]; }

# inside COMMAND...: in the machine.
inside() {
  nsenter --target "$LEADER" --mount --uts --ipc --net --pid --cgroup --root --wd \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

end_machine() {
  local pid
  if pid=$(cat "$WORK/nspawn.pid" 2>/dev/null) && kill -0 "$pid" 2>/dev/null; then
    kill -TERM "$pid"
    for _ in {1..100}; do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null || true
  fi
  rm -f "$WORK/nspawn.pid"
  mountpoint -q "$WORK/machine" 2>/dev/null && umount -l "$WORK/machine"
  rm -rf "$WORK/upper" "$WORK/work"
}

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

# status_of PATH [curl arguments]: the status of an answer through nginx.
status_of() {
  local path=$1
  shift
  inside curl -sS -o /tmp/body -w '%{http_code}' --max-time 20 "$@" "http://127.0.0.1$path"
}

# The example site under a certificate of its own, for the machine's nginx.
enable_site() {
  inside sh -ec '
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=users.example.com \
      -keyout /etc/ssl/private/ssl-cert-snakeoil.key -out /etc/ssl/certs/ssl-cert-snakeoil.pem 2>/dev/null
    rm -f /etc/nginx/sites-enabled/default
    cp /usr/share/doc/rosterd/examples/site-example.conf /etc/nginx/sites-available/rosterd
    ln -sf ../sites-available/rosterd /etc/nginx/sites-enabled/rosterd
    nginx -qt && systemctl restart nginx'
}

install_package() { inside dpkg -i /srv/rosterd.deb >"$WORK/install.log" 2>&1 || { tail -n 20 "$WORK/install.log" >&2; return 1; }; }

# The first store and administrator; prints "id:key".
first_administrator() {
  inside sh -ec '
    rosterctl company add --name Main >/dev/null
    rosterctl user add --email admin@example.com --cscart-type A --cscart-root Y --cscart-company 0 >/dev/null
    rosterctl key add --dialect cscart --user 1 --json' | sed -n 's/.*"key": *"\([^"]*\)".*/\1/p'
}

# What helps after a failure: the last answer and the daemon's last lines.
diagnose() {
  inside sh -c 'head -c 500 /tmp/body 2>/dev/null; echo
    journalctl -b -u rosterd.service --no-pager -n 15 -o cat
    tail -n 3 /var/log/nginx/rosterd.log /var/log/nginx/error.log' >&2 || true
}

# A Debian 12 machine in a folder: made by mmdebstrap, booted by systemd-nspawn on a copy.

# The base: what a host has before rosterd is installed, and what rosterd depends on.
make_base() {
  say "Making a Debian 12 root in $WORK"
  local depends=systemd,systemd-sysv,dbus,procps,iproute2,ca-certificates,curl,openssl,ucf,debconf,nginx,default-mysql-server,default-mysql-client
  depends+=,dbconfig-mysql,bash-completion,$(package_depends)
  ! is_wanted autopkgtest || depends+=,autopkgtest,apt-utils,dpkg-dev
  mmdebstrap --quiet --variant=apt --include="$depends" bookworm "$WORK/base" \
    $(find /etc/apt -name '*.list' -o -name '*.sources' | sort) >"$WORK/base.log" 2>&1 ||
    { tail -n 5 "$WORK/base.log" >&2 && die "mmdebstrap failed"; }
  cp "$DEB" "$WORK/base/srv/rosterd.deb"
  [[ -z $PREVIOUS ]] || cp "$PREVIOUS" "$WORK/base/srv/previous.deb"
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

# Installs rosterd as a host would that has what it depends on.
install_package() { install_file /srv/rosterd.deb; }

# install_file FILE of the machine
install_file() {
  inside dpkg -i "$1" >"$WORK/install.log" 2>&1 || { tail -n 20 "$WORK/install.log" >&2; return 1; }
}

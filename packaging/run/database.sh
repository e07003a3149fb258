# The private MariaDB of ./run: data in STATE/mysql, a unix socket, no network.

# Half of the free memory at most, and no more than a million persons need with all their indexes.
buffer_pool_megabytes() {
  local megabytes
  megabytes=$(awk '/^MemAvailable/ { print int($2 / 2048) }' /proc/meminfo)
  ((megabytes >= 64)) || megabytes=64
  ((megabytes <= 3072)) || megabytes=3072
  printf '%s' "$megabytes"
}

# Many persons want a large redo log, or their pages are written again and again while they are
# loaded; few want a small state. What the first start chose stays.
redo_log_megabytes() {
  local bytes megabytes
  bytes=$(stat -c %s "$STATE/mysql/ib_logfile0" 2>/dev/null) || bytes=0
  megabytes=$((bytes / 1048576))
  ((megabytes >= 96)) || megabytes=96
  [[ ! -e $STATE/unfinished ]] || ((DEMO < 100000)) || megabytes=512
  printf '%s' "$megabytes"
}

# The line of a MariaDB log that says why.
last_error() {
  grep -E 'ERROR|FATAL' "$1" | tail -n 1 | grep . || tail -n 1 "$1"
}

make_database_files() {
  [[ ! -d $STATE/mysql/mysql ]] || return 0
  rm -rf "$STATE/mysql"
  # --force: it needs no name of this host, which may have none that resolves.
  mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$PLAIN_STATE/mysql" \
    --tmpdir="$PLAIN_STATE/tmp" --skip-test-db --force \
    --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" \
    </dev/null >>"$STATE/log/mysql.log" 2>&1 || {
    rm -rf "$STATE/mysql"
    die "no database could be made in $STATE/mysql: $(last_error "$STATE/log/mysql.log"); is the disk full?"
  }
}

start_database() {
  make_database_files
  launch mysql "$STATE/log/mysql.log" mariadbd --no-defaults --user="$(id -un)" \
    --datadir="$PLAIN_STATE/mysql" --socket="$MYSQL_SOCKET" --pid-file="$PLAIN_STATE/mysql/mysql.pid" \
    --tmpdir="$PLAIN_STATE/tmp" --skip-networking --skip-name-resolve --max-connections=1000 \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_520_ci \
    --innodb-buffer-pool-size="$(buffer_pool_megabytes)M" \
    --innodb-log-file-size="$(redo_log_megabytes)M"
  wait_until 120 mysql mariadb --no-defaults --socket="$MYSQL_SOCKET" --user="$(id -un)" -e "DO 0" ||
    die "MariaDB did not start: $(last_error "$STATE/log/mysql.log") (all of it in $STATE/log/mysql.log)"
}

as_database_root() {
  mariadb --no-defaults --socket="$MYSQL_SOCKET" --user="$(id -un)" "$@" ||
    die "the database refused its set-up; see $STATE/log/mysql.log"
}

# The account of rosterd, whose password is in STATE/db.cnf and nowhere else.
make_database_account() {
  local password
  password=$(sed -n 's/^password=//p' "$STATE/db.cnf" 2>/dev/null || true)
  [[ -n $password ]] || password=$(openssl rand -hex 24)
  printf '[rosterd]\nuser=rosterd\npassword=%s\nsocket="%s"\nlocal-infile=0\n' "$password" \
    "$MYSQL_SOCKET" >"$STATE/db.cnf"
  # A first start that was broken off is begun anew.
  [[ ! -e $STATE/unfinished ]] || as_database_root -e 'DROP DATABASE IF EXISTS rosterd'
  as_database_root <<SQL
CREATE DATABASE IF NOT EXISTS rosterd CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
CREATE USER IF NOT EXISTS rosterd@localhost;
ALTER USER rosterd@localhost IDENTIFIED BY '$password';
GRANT ALL ON rosterd.* TO rosterd@localhost;
SQL
}

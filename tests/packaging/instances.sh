# Two directories beside the host's own, each with settings, sockets, database and site of its own.
inside systemctl start mariadb
install_package
enable_site

# add_instance NAME OPS_PORT: as rosterd(8) says.
add_instance() {
  inside sh -ec '
    sed "s/NAME/$1/g" /usr/share/doc/rosterd/examples/instance.yaml >"/etc/rosterd/$1.yaml"
    install -m 0640 -g rosterd /dev/null "/etc/rosterd/$1.cnf"
    printf "[rosterd]\nuser=%s\npassword=pw\n" "$1" >"/etc/rosterd/$1.cnf"
    mariadb -e "CREATE DATABASE rosterd_$1 CHARACTER SET utf8mb4; CREATE USER $1@localhost IDENTIFIED BY \"pw\";
                GRANT ALL ON rosterd_$1.* TO $1@localhost"
    install -d -m 0755 -o rosterd -g rosterd "/var/lib/rosterd/$1"
    install -d -m 2750 -o rosterd -g www-data "/var/lib/rosterd/$1/photos"
    rosterctl --instance "$1" keys init
    rosterctl --instance "$1" migrate
    systemctl enable --now "rosterd@$1.socket" "rosterd@$1.service"
    rosterctl --instance "$1" nginx enable "$1.example.com" --ops-port "$2"' sh "$@" >"$WORK/instance.log" 2>&1 ||
    { tail -n 5 "$WORK/instance.log" >&2 && die "instance $1 was not made"; }
}
add_instance north 9181
add_instance south 9182
for port in 9180 9181 9182; do wait_for "readiness of $port" 30 is_ready "$port"; done
expect "a socket" "660 rosterd:www-data" "$(inside stat -c '%a %U:%G' /run/rosterd/north/read.sock)"
expect "its key" "640 root:rosterd" "$(inside stat -c '%a %U:%G' /etc/rosterd/keys/north.key)"

main=$(first_administrator)
north=$(first_administrator --instance north)
south=$(first_administrator --instance south)
# user_1 KEY NAME: the status of user 1 for a key under a server's name.
user_1() { status_of /api/2.0/users/1 -u "admin@example.com:$1" -H "Host: $2.example.com"; }
expect "main" 200 "$(user_1 "$main" users)"
expect "north" 200 "$(user_1 "$north" north)"
expect "south" 200 "$(user_1 "$south" south)"
expect "a key of another" 401 "$(user_1 "$north" south)"
expect "create" 201 "$(create_person ann@example.org "$north" -H 'Host: north.example.com')"
expect "persons of north" 2 "$(inside mariadb -BNe 'SELECT COUNT(*) FROM rosterd_north.users')"
expect "persons of south" 1 "$(inside mariadb -BNe 'SELECT COUNT(*) FROM rosterd_south.users')"

# A folder of settings of its own; the limit of bodies reaches nginx as well.
inside sh -ec '
  mkdir /etc/rosterd/north.d
  printf "brightact:\n  enabled: off\ncscart:\n  max_body: 2 KiB\n" >/etc/rosterd/north.d/10-own.yaml
  systemctl reload rosterd@north.service
  rosterctl nginx refresh >/dev/null'
expect_match "north's dialects" '*"dialects":\["cscart","bedita","cocoaheads","timeslot"\]*' "$(inside rosterctl --instance north status --json)"
expect_match "south's dialects" '*"brightact"*' "$(inside rosterctl --instance south status --json)"
big=$(printf 'x%.0s' {1..3000})
expect "too large for north" 413 "$(create_person "$big" "$north" -H 'Host: north.example.com')"

# One is stopped and started again while the others go on; an upgrade restarts it.
inside systemctl stop rosterd@north.service rosterd@north.socket
expect "north is down" 503 "$(user_1 "$north" north)"
expect "south is up" 200 "$(user_1 "$south" south)"
inside systemctl start rosterd@north.socket rosterd@north.service
wait_for "readiness" 30 is_ready 9181
before=$(inside systemctl show -p MainPID --value rosterd@north.service)
install_package
after=$(inside systemctl show -p MainPID --value rosterd@north.service)
[[ $before != "$after" ]] || die "the upgrade left the old program running"
wait_for "readiness" 30 is_ready 9181
expect "north" 200 "$(user_1 "$north" north)"

inside rosterctl nginx disable north.example.com >/dev/null
inside test ! -e /etc/nginx/snippets/rosterd@north

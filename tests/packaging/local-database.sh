# Beside a running MariaDB everything is ready after the install; the daemon serves through nginx.
inside systemctl start mariadb
install_package
expect "the sockets" active "$(inside systemctl is-active rosterd.socket)"
wait_for "the daemon runs" 30 inside systemctl is-active --quiet rosterd.service
expect "db.cnf" "640 root:rosterd" "$(inside stat -c '%a %U:%G' /etc/rosterd/db.cnf)"
expect "the key" "640 root:rosterd" "$(inside stat -c '%a %U:%G' /etc/rosterd/keys/server.key)"
expect "a socket" "660 rosterd:www-data" "$(inside stat -c '%a %U:%G' /run/rosterd/read.sock)"
inside rosterctl status >/dev/null

key=$(first_administrator)
enable_site
wait_for "readiness" 30 test "$(inside curl -sS -o /dev/null -w '%{http_code}' http://127.0.0.1:9180/readyz)" = 200
expect "create" 201 "$(status_of /api/2.0/users -u "admin@example.com:$key" -d 'email=ann@example.org&password=s3cret-tea&company_id=1&user_type=C')"

expect "read" 200 "$(status_of /api/2.0/users/2 -u "admin@example.com:$key")"
expect_match "the person" '*ann@example.org*' "$(inside cat /tmp/body)"

exposure=$(inside systemd-analyze security --no-pager rosterd.service | sed -n 's/.*level for rosterd.service: \([0-9.]*\).*/\1/p')
say "systemd-analyze security: $exposure"
awk -v score="$exposure" 'BEGIN { exit !(score != "" && score <= 1.5) }' || die "the hardening score is above 1.5"
inside systemctl reload rosterd.service
expect "after a reload" 200 "$(status_of /api/2.0/users/2 -u "admin@example.com:$key")"
inside systemctl restart rosterd.service
expect "after a restart" 200 "$(status_of /api/2.0/users/2 -u "admin@example.com:$key")"

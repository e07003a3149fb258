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
enable_example_site
wait_for "readiness" 30 is_ready
expect "create" 201 "$(create_person ann@example.org "$key")"

expect "read" 200 "$(status_of /api/2.0/users/2 -u "admin@example.com:$key")"
expect_match "the person" '*ann@example.org*' "$(inside cat /tmp/body)"

# The same person through the other four dialects, on the one origin of the example site.
bedita=$(secret_of key add --dialect bedita --name console)
brightact=$(secret_of key add --dialect brightact --user 2 --role user)
cocoaheads=$(secret_of token add --dialect cocoaheads --user 2)
timeslot=$(secret_of token add --dialect timeslot --user 2)
expect "bedita" 200 "$(status_of /users/2 -H "X-Api-Key: $bedita")"
expect_match "bedita's user" '*ann@example.org*' "$(inside cat /tmp/body)"
expect "brightact" 200 "$(status_of "/api/v1/user/my.json?key=$brightact")"
expect_match "brightact's user" '*ann@example.org*' "$(inside cat /tmp/body)"
expect "cocoaheads" 200 "$(status_of /users/2 -H "user-token: $cocoaheads")"
expect_match "cocoaheads' user" '*ann@example.org*' "$(inside cat /tmp/body)"
expect "timeslot" 200 "$(status_of /v1/users/2 -H "Authorization: Token token=$timeslot")"
expect_match "timeslot's user" '*ann@example.org*' "$(inside cat /tmp/body)"

# A picture is written by the service and served by nginx, each under its own account.
gif=R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==
expect "a photo" 200 "$(status_of /user/2 -X PATCH -H "user-token: $cocoaheads" -H 'Content-Type: application/json' -d "{\"photo\":\"$gif\"}")"
photo=$(inside sed -n 's|.*"photo": *"[a-z]*:..[^/]*\(/user_photos/[^"]*\)".*|\1|p' /tmp/body)
expect "its file" 200 "$(status_of "$photo")"

# The filter of system calls lets readers and writers have themselves scheduled in batches.
expect_match "scheduling" '*B*' "$(inside ps -C rosterd -o cls=)"

exposure=$(inside systemd-analyze security --no-pager rosterd.service | sed -n 's/.*level for rosterd.service: \([0-9.]*\).*/\1/p')
say "systemd-analyze security: $exposure"
awk -v score="$exposure" 'BEGIN { exit !(score != "" && score <= 1.5) }' || die "the hardening score is above 1.5"
inside systemctl reload rosterd.service
expect "after a reload" 200 "$(status_of /api/2.0/users/2 -u "admin@example.com:$key")"
inside systemctl restart rosterd.service
expect "after a restart" 200 "$(status_of /api/2.0/users/2 -u "admin@example.com:$key")"

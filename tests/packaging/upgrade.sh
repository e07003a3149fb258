# From the package before this one, with its schema and data, while requests come in: none fails but
# with 503, and no write is lost.
inside systemctl start mariadb
install_file /srv/previous.deb
wait_for "the daemon runs" 30 inside systemctl is-active --quiet rosterd.service
before=$(inside dpkg-query -W -f '${Version}' rosterd)
key=$(first_administrator)
# As its administrator did it: that version may not have made sites yet.
enable_example_site
expect "before" 200 "$(status_of /api/2.0/users/1 -u "admin@example.com:$key")"
expect "a person of before" 201 "$(create_person early@example.org "$key")"

inside tee /srv/traffic.sh >/dev/null <<'TRAFFIC'
number=0
while [ ! -e /srv/enough ]; do
  number=$((number + 1))
  status=$(curl -s -o /dev/null -w '%{http_code}' --max-time 30 -u "admin@example.com:$1" \
    -d "email=up$number@example.org&password=s3cret-tea&company_id=1&user_type=C" http://127.0.0.1/api/2.0/users)
  echo "$number $status"
done >/srv/traffic.log
TRAFFIC
inside touch /srv/traffic.log
inside sh /srv/traffic.sh "$key" &
traffic=$!
lines() { inside sh -c 'wc -l </srv/traffic.log'; }
wait_for "traffic" 20 eval '(($(lines) > 20))'
install_package
after=$(inside dpkg-query -W -f '${Version}' rosterd)
[[ $before != "$after" ]] || die "version $before is installed before and after"
seen=$(lines)
wait_for "traffic goes on" 60 eval '(($(lines) > seen + 20))'
inside touch /srv/enough
wait "$traffic"
expect "other answers than 201 and 503" "" "$(inside awk '$2 != 201 && $2 != 503' /srv/traffic.log | head -n 3)"
created=$(inside grep -c ' 201$' /srv/traffic.log)
expect "persons" "$created" "$(inside mariadb -BNe "SELECT COUNT(*) FROM rosterd.users WHERE email LIKE 'up%@example.org'")"

wait_for "readiness" 30 is_ready
inside rosterctl status >/dev/null
expect "the person of before" 200 "$(status_of /api/2.0/users/2 -u "admin@example.com:$key")"
expect_match "the person of before" '*early@example.org*' "$(inside cat /tmp/body)"
say "$before to $after: $created created, $(inside grep -c ' 503$' /srv/traffic.log || true) times 503"

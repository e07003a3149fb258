# A newer version over this one while requests come in: none fails but with 503, no write is lost.
inside systemctl start mariadb
install_package
key=$(first_administrator)
enable_site
expect "before" 200 "$(status_of /api/2.0/users/1 -u "admin@example.com:$key")"

# The same package under a higher version.
inside sh -ec '
  cd /srv && dpkg-deb -R rosterd.deb new
  sed -i "s/^Version: .*/&+1/" new/DEBIAN/control
  dpkg-deb -b new newer.deb >/dev/null'
cat >"$MACHINE/srv/traffic.sh" <<'TRAFFIC'
number=0
while [ ! -e /srv/enough ]; do
  number=$((number + 1))
  status=$(curl -s -o /dev/null -w '%{http_code}' --max-time 30 -u "admin@example.com:$1" \
    -d "email=up$number@example.org&password=s3cret-tea&company_id=1&user_type=C" http://127.0.0.1/api/2.0/users)
  echo "$number $status"
done >/srv/traffic.log
TRAFFIC
: >"$MACHINE/srv/traffic.log"
inside sh /srv/traffic.sh "$key" &
traffic=$!
wait_for "traffic" 20 eval '(($(wc -l <"$MACHINE/srv/traffic.log") > 20))'
inside dpkg -i /srv/newer.deb >"$WORK/upgrade.log" 2>&1 || { tail -n 20 "$WORK/upgrade.log" >&2; exit 1; }
lines=$(wc -l <"$MACHINE/srv/traffic.log")
wait_for "traffic goes on" 60 eval "((\$(wc -l <'$MACHINE/srv/traffic.log') > $lines + 20))"
touch "$MACHINE/srv/enough"
wait "$traffic"
expect "other answers than 201 and 503" "" "$(awk '$2 != 201 && $2 != 503' "$MACHINE/srv/traffic.log" | head -n 3)"
created=$(grep -c ' 201$' "$MACHINE/srv/traffic.log")
expect "persons" "$created" "$(inside mariadb -BNe "SELECT COUNT(*) FROM rosterd.users WHERE email LIKE 'up%@example.org'")"
say "$created created, $(grep -c ' 503$' "$MACHINE/srv/traffic.log" || true) times 503"

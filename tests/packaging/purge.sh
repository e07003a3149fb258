# apt purge leaves the database and nothing else of ours, and an nginx that starts.
inside systemctl start mariadb
install_package
wait_for "the daemon runs" 30 inside systemctl is-active --quiet rosterd.service
enable_site
inside dpkg --purge rosterd >"$WORK/purge.log" 2>&1 || { tail -n 20 "$WORK/purge.log" >&2; exit 1; }
for path in /etc/rosterd /var/lib/rosterd /usr/share/rosterd /run/rosterd/read.sock /etc/nginx/snippets/rosterd.conf \
  /etc/nginx/conf.d/rosterd.conf /etc/nginx/sites-available/users.example.com /etc/nginx/sites-enabled/users.example.com; do
  ! inside test -e "$path" || die "$path is still there after a purge: $(inside find "$path")"
done
inside nginx -qt || die "nginx does not start any more"
expect "the database" "rosterd" "$(inside mariadb -BNe "SHOW DATABASES LIKE 'rosterd'")"
expect_match "the daemon" "*inactive*" "$(inside systemctl is-active rosterd.service || true)"

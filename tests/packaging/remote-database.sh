# The administrator's own database over TCP with TLS; dbconfig-common is told no.
inside sh -ec '
  echo "rosterd rosterd/dbconfig-install boolean false" | debconf-set-selections
  mkdir -p /etc/mysql/tls && cd /etc/mysql/tls
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=db.example.com -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout ca.key -out ca.pem 2>/dev/null
  chown -R mysql: /etc/mysql/tls
  printf "[mysqld]\nssl-cert=/etc/mysql/tls/ca.pem\nssl-key=/etc/mysql/tls/ca.key\nbind-address=127.0.0.1\n" >/etc/mysql/mariadb.conf.d/99-tls.cnf
  chmod 0644 ca.pem
  systemctl restart mariadb
  mariadb -e "CREATE DATABASE directory CHARACTER SET utf8mb4; CREATE USER far@\"127.0.0.1\" IDENTIFIED BY \"pw\" REQUIRE SSL; GRANT ALL ON directory.* TO far@\"127.0.0.1\""'
install_package
inside sh -ec '
  printf "[rosterd]\nuser=far\npassword=pw\nhost=127.0.0.1\nprotocol=tcp\nssl-ca=/etc/mysql/tls/ca.pem\n" >/etc/rosterd/db.cnf
  chown root:rosterd /etc/rosterd/db.cnf && chmod 0640 /etc/rosterd/db.cnf
  printf "database:\n  name: directory\n" >/etc/rosterd/conf.d/database.yaml
  chmod 0755 /etc/mysql/tls
  rosterctl migrate >/dev/null
  systemctl restart rosterd.service'
enable_site
wait_for "readiness" 30 is_ready
key=$(first_administrator)
expect "create" 201 "$(create_person ann@example.org "$key")"
expect "read" 200 "$(status_of /api/2.0/users/2 -u "admin@example.com:$key")"
expect "over TLS" "yes" "$(inside mariadb -BNe "SELECT IF(COUNT(*) > 0, 'yes', 'no') FROM information_schema.processlist WHERE user = 'far' AND db = 'directory'")"

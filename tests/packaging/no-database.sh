# The install succeeds without a database; the daemon answers 503 and recovers by itself.
inside systemctl stop mariadb
install_package
expect "dpkg" "install ok installed" "$(inside dpkg-query -W -f '${Status}' rosterd)"
wait_for "the daemon runs" 30 inside systemctl is-active --quiet rosterd.service
before=$(inside systemctl show -p MainPID --value rosterd.service)
enable_site
expect "without a database" 503 "$(status_of /api/2.0/users/1 -u 'admin@example.com:no')"
expect "not ready" 503 "$(inside curl -sS -o /dev/null -w '%{http_code}' http://127.0.0.1:9180/readyz)"
expect "healthy" 200 "$(inside curl -sS -o /dev/null -w '%{http_code}' http://127.0.0.1:9180/healthz)"

before=$(inside systemctl show -p MainPID --value rosterd.service)
# What the administrator does later: the account that db.cnf names, and the schema.
inside sh -ec '
  systemctl start mariadb
  password=$(sed -n "s/^password=\"\(.*\)\"$/\1/p" /etc/rosterd/db.cnf)
  mariadb -e "CREATE DATABASE rosterd CHARACTER SET utf8mb4;
              CREATE USER rosterd@localhost IDENTIFIED BY \"$password\";
              GRANT ALL ON rosterd.* TO rosterd@localhost"
  rosterctl migrate >/dev/null'
wait_for "readiness" 30 is_ready
expect "no restart" "$before" "$(inside systemctl show -p MainPID --value rosterd.service)"

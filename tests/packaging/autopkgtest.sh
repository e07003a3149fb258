# The tests that the source package brings along, by autopkgtest itself: the first of them, for the machine
# cannot be reverted. The others are the scenarios beside this file.
inside mkdir /srv/source
git -C "$ROOT" archive HEAD | inside tar -x -C /srv/source
inside mv /srv/source/packaging/deb /srv/source/debian
inside systemctl start mariadb
inside autopkgtest --no-built-binaries --test-name local-database --ignore-restrictions=isolation-machine,breaks-testbed \
  /srv/rosterd.deb /srv/source/ -- null >"$WORK/autopkgtest.log" 2>&1 ||
  { tail -n 30 "$WORK/autopkgtest.log" >&2 && die "autopkgtest fails"; }
grep -qE '^local-database +PASS' "$WORK/autopkgtest.log" || die "autopkgtest ran nothing"

# piuparts: install, upgrade from the package before this one, remove, purge; nothing may be left.
mmdebstrap --quiet --variant=minbase --include=ca-certificates,apt-utils bookworm "$WORK/minimal.tar.gz" \
  $(find /etc/apt -name 'debian.sources' -o -name 'sources.list' | sort) >"$WORK/minimal.log" 2>&1 ||
  { tail -n 5 "$WORK/minimal.log" >&2 && die "mmdebstrap failed"; }
piuparts --basetgz="$WORK/minimal.tar.gz" --distribution=bookworm --no-eatmydata --warn-on-leftovers-after-purge \
  --skip-logrotatefiles-test "$DEB" >"$WORK/piuparts.log" 2>&1 ||
  { grep -E 'ERROR|FAIL|^  /' "$WORK/piuparts.log" | tail -n 30 >&2 && die "piuparts finds something"; }

# Two builds of the same source, in other folders, zones, languages and umasks, are the same to the byte.
# With --built it is the packaging alone, of one build.
options=()
[[ -z $BUILT ]] || options=(--built "$BUILT")
DEB_BUILD_OPTIONS=nocheck TZ=UTC LC_ALL=C.UTF-8 "$ROOT/packaging/build-deb" --output "$WORK/first" "${options[@]}" >"$WORK/first.log" 2>&1 ||
  { tail -n 20 "$WORK/first.log" >&2 && die "the first build failed"; }
(umask 027 && mkdir -p "$WORK/longer/folder" &&
  DEB_BUILD_OPTIONS=nocheck TZ=Pacific/Chatham LC_ALL=C TMPDIR="$WORK/longer/folder" "$ROOT/packaging/build-deb" --output "$WORK/second" "${options[@]}") \
  >"$WORK/second.log" 2>&1 || { tail -n 20 "$WORK/second.log" >&2 && die "the second build failed"; }
for file in "$WORK"/first/*.deb "$WORK"/first/*.tar.*; do
  [[ -e $file ]] || continue
  cmp -s "$file" "$WORK/second/${file##*/}" && continue
  ! command -v diffoscope >/dev/null || diffoscope "$file" "$WORK/second/${file##*/}" | head -n 100 >&2
  die "${file##*/} differs between the two builds"
done
# g++ of Debian makes position-independent programs without being told.
[[ -n $BUILT ]] || blhc --bindnow "$WORK/first.log" >&2 || die "the compiler or linker was called without a hardening flag"

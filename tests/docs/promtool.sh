#!/usr/bin/env bash
# promtool.sh FOLDER CACHE: checks the rules of FOLDER, and runs their tests. promtool is the installed
# one, or comes out of Debian's package prometheus, which is not installed: that would start a server.
set -euo pipefail
folder=$1 cache=$2

fetch() {
  local work
  work=$(mktemp -d "$cache.XXXXXX")
  chmod 0755 "$work"
  (
    cd "$work"
    apt-get -qq download prometheus >log 2>&1 || { apt-get -qq update && apt-get -qq download prometheus; } >log 2>&1 || {
      echo "promtool is not installed, and apt-get could not fetch the package prometheus:" >&2
      tail -n 3 log >&2
      exit 1
    }
    dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool
  )
  mkdir -p "$cache"
  mv -f "$work/usr/bin/promtool" "$cache/promtool"
  rm -rf "$work"
}

promtool=$(command -v promtool || true)
if [[ -z $promtool ]]; then
  promtool=$cache/promtool
  [[ -x $promtool ]] || fetch
fi
cd "$folder"
"$promtool" check rules --lint=all --lint-fatal recording.yaml alerts.yaml
"$promtool" check config --syntax-only prometheus.yml
"$promtool" test rules alerts_test.yaml

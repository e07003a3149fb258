#!/usr/bin/env bash
# Starts ./run and sends a browser to its pages. NODE_FOLDER is where npm installs to and screenshots
# are left, ROSTERD_BIN_DIR where the programs are.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
ROOT=$(cd "$HERE/../.." && pwd -P)
: "${NODE_FOLDER:?names the folder that npm installs to}"
export NODE_FOLDER
WORK=$(mktemp -d /tmp/rosterd-browser.XXXXXX)
export STATE=$WORK/state

clean_up() {
  "$ROOT/run" --stop --state "$STATE" >/dev/null 2>&1 || true
  rm -rf "$WORK"
}
trap clean_up EXIT

# What the lock file says, once for each build folder. The registry may be slow to answer.
install_packages() {
  mkdir -p "$NODE_FOLDER"
  ! cmp -s "$HERE/package-lock.json" "$NODE_FOLDER/installed" || return 0
  cp "$HERE/package.json" "$HERE/package-lock.json" "$NODE_FOLDER/"
  local try
  for try in 1 2 3; do
    ! npm ci --prefix "$NODE_FOLDER" --ignore-scripts --no-audit --no-fund --loglevel=error ||
      { cp "$HERE/package-lock.json" "$NODE_FOLDER/installed" && return; }
    echo "npm ci failed (try $try)" >&2
  done
  return 1
}

# Below the ports that the system gives to others' connections.
free_port() {
  local port
  until port=$((20000 + RANDOM % 11000)) && ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  printf '%s' "$port"
}

install_packages
"$ROOT/run" --detach --state "$STATE" --http "$(free_port)" --https "$(free_port)" --demo 0 \
  --workers 1 >/dev/null
node --test --test-reporter=spec "$HERE"/*.test.mjs

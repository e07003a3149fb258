#!/usr/bin/env bash
# Lints docs/api, builds its page, starts ./run, holds its answers against the descriptions and sends a
# browser to the page. ROSTERD_BIN_DIR is where the programs are.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
ROOT=$(cd "$HERE/../.." && pwd -P)
export NODE_FOLDER=$ROOT/build/api-docs-tools
WORK=$(mktemp -d /tmp/rosterd-api-docs.XXXXXX)
export STATE=$WORK/state

clean_up() {
  "$ROOT/run" --stop --state "$STATE" >/dev/null 2>&1 || true
  rm -rf "$WORK"
}
trap clean_up EXIT

# Below the ports that the system gives to others' connections.
free_port() {
  local port
  until port=$((20000 + RANDOM % 11000)) && ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  printf '%s' "$port"
}

"$ROOT/docs/api/build"
"$ROOT/run" --detach --state "$STATE" --http "$(free_port)" --https "$(free_port)" --demo 0 --workers 2 \
  --set cocoaheads.app_facade=on >/dev/null
node --test --test-reporter=spec "$HERE"/*.test.mjs

# Shared by ./run and ./test: messages, and the Debian packages. Sourced; needs ROOT.

say() { printf '%s\n' "$*"; }

# Ends the script with one line that says what is wrong and what to do.
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# The installed packages, one on a line, and those that others provide under their names: Node.js from
# its makers has npm in it, and lets nobody install Debian's beside it.
installed_packages() {
  dpkg-query -W -f='${db:Status-Status} ${Package}, ${Provides}\n' 2>/dev/null |
    sed -n 's/^installed //; t names; d; :names; s/ *([^)]*)//g; s/, */\n/g; p'
}

# Installs the packages of the given stages (packaging/apt-packages) that are not there yet.
require_packages() {
  local stages=" $* " stage package missing=()
  local -A installed=()
  while read -r package; do [[ -z $package ]] || installed[$package]=1; done < <(installed_packages)
  while read -r stage package; do
    [[ $stages == *" $stage "* && -z ${installed[$package]:-} ]] && missing+=("$package")
  done < <(grep -v '^#' "$ROOT/packaging/apt-packages")
  ((${#missing[@]} == 0)) && return
  ((EUID == 0)) || die "Debian packages are missing; as root: apt-get install ${missing[*]}"
  say "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  local log
  log=$(mktemp)
  if ! { apt-get -qq update && apt-get -qq -y --no-install-recommends install "${missing[@]}"; } \
    </dev/null >"$log" 2>&1; then
    local reason
    reason=$(grep -m 1 '^E:' "$log" || tail -n 1 "$log")
    rm -f "$log"
    die "apt-get could not install ${missing[*]}: $reason"
  fi
  rm -f "$log"
}

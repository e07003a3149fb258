# What is installed, as the tools of its own kind see it: units, manual pages, nginx's snippets.
install_package
inside systemd-analyze verify --man=no rosterd.service rosterd.socket rosterd@north.service rosterd@north.socket ||
  die "systemd-analyze finds something"
for page in "$ROOT"/packaging/man/*; do
  found=$(mandoc -T lint -W warning "$page") || die "$found"
done

# Each snippet that belongs into a server, in one that has nothing else.
server() {
  inside tee /etc/nginx/snippets.conf >/dev/null
  inside nginx -q -t -c /etc/nginx/snippets.conf || die "nginx refuses $1"
}
for file in $(inside sh -c 'cd /etc/nginx/snippets && ls rosterd*.conf'); do
  case $file in
    rosterd-upstreams.conf | rosterd-pools.conf | *-map.conf | *-maps.conf) continue ;;
    rosterd-fastcgi.conf | rosterd-quiet.conf | rosterd-bedita-refused.conf | *-location.conf)
      inner="location / { include snippets/$file; }"
      ;;
    *) inner="include snippets/$file;" ;;
  esac
  server "$file" <<CONF
events {}
http {
  include snippets/rosterd-upstreams.conf;
  variables_hash_max_size 2048;
  server { listen 127.0.0.1:8123; $inner }
}
CONF
done

# Completion knows the commands, by their own help.
words() {
  inside bash -c '. /usr/share/bash-completion/bash_completion
    . /usr/share/bash-completion/completions/rosterctl
    COMP_WORDS=("$@" "") COMP_CWORD=$#; COMP_LINE="$* " COMP_POINT=${#COMP_LINE}; _rosterctl; echo "${COMPREPLY[@]}"' sh "$@"
}
expect_match "completion" '*enable disable refresh*' "$(words rosterctl nginx)"
expect_match "completion" '*migrate*' "$(words rosterctl)"

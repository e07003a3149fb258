# The nginx of ./run: the shipped snippets, with the folder of the sockets put in.

is_open() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

require_free_port() {
  ! is_open "$2" || die "port $2 of 127.0.0.1 is taken; choose another one with $1 PORT"
}

# A free port for health and metrics, from the number of the HTTP port + 1000 on.
choose_ops_port() {
  local port=$((HTTP_PORT + 1000))
  while ((port > 65535)) || ((port == HTTPS_PORT)) || is_open "$port"; do
    port=$((20000 + RANDOM % 12000))
  done
  OPS_PORT=$port
}

# A server of its own for each dialect.
dialect_servers() {
  local dialect
  for dialect in "${DIALECTS[@]}"; do
    cat <<NGINX
    server {
        listen 127.0.0.1:$HTTP_PORT;
        listen 127.0.0.1:$HTTPS_PORT ssl http2;
        server_name $dialect.localhost;
        include snippets/rosterd-$dialect-alone.conf;
    }
NGINX
  done
}

# What differs from the shipped files: the folders, and settings that stand in both.
snippet_edits() {
  local dialect limit
  printf 's|unix:/run/rosterd/|unix:%s/|\n' "$SOCKETS"
  printf 's|/var/lib/rosterd/photos|%s|\n' "$PLAIN_STATE/photos"
  printf 's|/usr/share/rosterd/api-docs|%s|\n' "$PLAIN_STATE/api-docs"
  printf 's|X-BEdita-Version 4.13.1|X-BEdita-Version %s|\n' "$(setting bedita.version 4.13.1)"
  for dialect in "${DIALECTS[@]}"; do
    limit=$(setting "$dialect.max_body" '')
    limit=${limit// /} limit=${limit%iB}
    [[ -z $limit ]] || printf '/^# %s.max_body/,/^error_page/s|max_body_size .*;|max_body_size %s;|\n' \
      "$dialect" "$limit"
  done
}

write_nginx_files() {
  local file limit user=''
  # The page of docs/api/build, whenever it is built.
  ln -sfn "$ROOT/build/api-docs" "$STATE/api-docs"
  rm -rf "$STATE/nginx/snippets"
  mkdir -p "$STATE/nginx/snippets" "$STATE/nginx/tmp"
  for file in "$ROOT"/nginx/rosterd*.conf; do
    sed -f <(snippet_edits) "$file" >"$STATE/nginx/snippets/${file##*/}"
  done
  ((EUID != 0)) || user='user root;'
  limit=$(ulimit -n)
  cat >"$STATE/nginx/nginx.conf" <<NGINX
# Written by ./run at every start.
$user
daemon off;
worker_processes 2;
worker_rlimit_nofile $limit;
pcre_jit on;
pid nginx.pid;
error_log ../log/nginx-error.log warn;

events {
    worker_connections $((limit < 16384 ? limit : 16384));
}

http {
    include snippets/rosterd-upstreams.conf;
    variables_hash_max_size 2048;
    access_log ../log/nginx-access.log rosterd buffer=32k flush=1s;
    client_body_temp_path tmp/body;
    fastcgi_temp_path tmp/fastcgi;
    proxy_temp_path tmp/proxy;
    scgi_temp_path tmp/scgi;
    uwsgi_temp_path tmp/uwsgi;
    server_tokens off;
    tcp_nodelay on;
    keepalive_requests 100000;
    large_client_header_buffers 4 16k;
    ssl_certificate ../tls/server.pem;
    ssl_certificate_key ../tls/server.key;
    ssl_session_cache shared:tls:2m;

    server {
        listen 127.0.0.1:$HTTP_PORT default_server backlog=4096 reuseport;
        listen 127.0.0.1:$HTTPS_PORT ssl http2 default_server backlog=4096 reuseport;
        server_name localhost;
        include snippets/rosterd.conf;
        include snippets/rosterd-api-docs.conf;
    }
$(dialect_servers)
    server {
        listen 127.0.0.1:$OPS_PORT;
        server_name localhost;
        access_log off;
        include snippets/rosterd-ops.conf;
    }
}
NGINX
}

# What lets nginx finish its turn before it wakes up for the next request, where that is allowed.
batch_if_allowed() {
  chrt --batch 0 true 2>/dev/null && printf '%s\n' chrt --batch 0
}

# Somebody else may take the port of the ops server between the look and the start: then another one.
start_nginx() {
  local attempt batch
  mapfile -t batch < <(batch_if_allowed)
  for attempt in 1 2 3 4 5; do
    choose_ops_port
    write_nginx_files
    : >"$STATE/log/nginx-start.log"
    launch nginx "$STATE/log/nginx-start.log" "${batch[@]}" nginx -p "$STATE/nginx/" -c nginx.conf -e stderr
    ! wait_until 15 nginx is_open "$OPS_PORT" || return 0
    end_process nginx 5
    grep -q "bind() to 127.0.0.1:$OPS_PORT failed" "$STATE/log/nginx-start.log" || break
  done
  die "nginx did not start: $(grep -m 1 -F '[emerg]' "$STATE/log/nginx-start.log" || true)"
}

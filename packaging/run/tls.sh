# The certificate of ./run: an authority of its own and one certificate for all names.


tls_names() {
  local dialect
  printf 'DNS:localhost'
  for dialect in "${DIALECTS[@]}"; do printf ',DNS:%s.localhost' "$dialect"; done
  printf ',IP:127.0.0.1'
}

make_certificate() {
  local folder=$STATE/tls
  if [[ -s $folder/server.key ]] && openssl x509 -noout -checkend 604800 -in "$folder/server.pem"; then
    return
  fi >/dev/null 2>&1
  mkdir -p "$folder"
  {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
      -subj '/CN=rosterd local authority' -keyout "$folder/ca.key" -out "$folder/ca.pem" &&
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=localhost' \
        -keyout "$folder/server.key" -out "$folder/server.csr" &&
      openssl x509 -req -in "$folder/server.csr" -CA "$folder/ca.pem" -CAkey "$folder/ca.key" \
        -CAcreateserial -days 800 -out "$folder/server.pem" -extfile <(
          printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$(tls_names)")
  } >"$STATE/log/tls.log" 2>&1 || die "no certificate could be made; see $STATE/log/tls.log"
  rm -f "$folder/server.csr"
}

# Sourced by nginx_test.sh: who gets which request, as tables.

# passes METHOD PATH WANTED CURL-ARGUMENTS: the pool and the prefix that a request gets.
passes() {
  expect "$*" "$(curl -sS -X "$1" -w ' %header{x-prefix}' "http://127.0.0.1:$ECHO$2" "${@:4}")" "$3"
}

# goes METHOD PATH DIALECT CURL-ARGUMENTS: whose a request is on the shared origin.
goes() {
  expect "$*" "$(curl -sS --path-as-is -X "$1" -o /dev/null -w '%header{x-dialect}' \
    "http://127.0.0.1:$ECHO$2" "${@:4}")" "$3"
}

test_cscart_pools() {
  passes GET /api/2.0/users/3 'rosterd_read '
  passes GET /api/2.0/users/ 'rosterd_read '
  passes OPTIONS /api/2.0/users 'rosterd_read '
  passes GET '/api/users?user_type=C&items_per_page=20' 'rosterd_read '
  passes GET '/api/users?items_per_page=0' 'rosterd_slow '
  passes GET '/api/users?page=2&items_per_page=5000' 'rosterd_slow '
  passes GET '/api/1.0/users' 'rosterd_slow '
  passes GET '/api/1/stores/2/users/' 'rosterd_slow '
  passes GET '/api/1.0/users?items_per_page=5' 'rosterd_read '
  passes GET '/api/1.0/users/1' 'rosterd_read '
  passes GET '/api/2.0/stores/1/users' 'rosterd_read '
  for filter in name user_login email address zipcode country state city phone company; do
    passes GET "/api/users?status=A&$filter=ann" 'rosterd_slow '
    passes GET "/api/users?$filter=&status=A" 'rosterd_read '
  done
  for filter in tax_exempt=Y state_code=NY updated_from=17 updated_to=18; do
    passes GET "/api/users?status=A&$filter" 'rosterd_slow '
  done
  for filter in status=A user_type=C 'user_types[]=C' company_id=3 usergroup_id=2 is_root=Y exclude_user_types=A; do
    passes GET "/api/users?$filter&sort_by=email" 'rosterd_slow ' -g
    passes GET "/api/users?sort_by=date&$filter" 'rosterd_slow ' -g
    passes GET "/api/users?sort_by=name&$filter" 'rosterd_read ' -g
    passes GET "/api/users?$filter" 'rosterd_read ' -g
  done
  passes GET '/api/users?sort_by=email&sort_order=desc' 'rosterd_read '
  passes GET '/api/users?sort_by=email&status=' 'rosterd_read '
  passes GET '/api/users?company=12' 'rosterd_read '
  passes GET '/api/users?company_id=12&user_ids[]=1' 'rosterd_read '
  for method in POST PUT DELETE PATCH; do passes "$method" /api/2.0/users/3 'rosterd_write '; done
  passes POST /api/2.0/auth_tokens 'rosterd_slow '
  passes POST /api/auth/ 'rosterd_slow '
  passes POST '/api.php?_d=2.0%2Fauth_tokens&ajax_custom=1' 'rosterd_slow '
  passes POST '/api.php?_d=auth' 'rosterd_slow '
  passes POST '/api.php?_d=users' 'rosterd_write '
  passes GET '/api.php?_d=users/3&ajax_custom=1' 'rosterd_read '
  passes GET '/api.php?_d=1.0/users' 'rosterd_slow '
}

test_pools() {
  local path
  for path in /auth /auth/optout /auth/change /signup /signup/activation /auth/; do
    passes POST "$path" 'rosterd_slow '
  done
  passes PATCH /auth/user 'rosterd_slow '
  passes GET /auth/user 'rosterd_read '
  passes GET '/users?page_size=100&sort=-id' 'rosterd_read '
  passes GET '/users?q=ann' 'rosterd_slow '
  passes GET '/roles?page=2&filter[query]=ann' 'rosterd_slow ' -g
  passes GET '/users?filter%5Bquery%5D=ann' 'rosterd_slow '
  for path in id=1,2 username=ann uname=ann email=a@b.c status=on roles=1 blocked=1; do
    passes GET "/users?filter[${path%%=*}]=${path#*=}" 'rosterd_read ' -g
    passes GET "/users?page=2&filter%5B${path%%=*}%5D=${path#*=}" 'rosterd_read '
  done
  for path in 'filter[city]=Rome' 'filter%5Bcity%5D=Rome' 'filter[blocked]=0' 'filter[id][gt]=7' sort=title sort=-uname \
    'sort=name&filter[status]=on' 'filter[roles]=1&sort=-created'; do
    passes GET "/users?page=2&$path" 'rosterd_slow ' -g
  done
  for path in sort=-modified sort=last_login 'sort=-id&filter[status]=on' sort= ''; do
    passes GET "/users?$path" 'rosterd_read ' -g
  done
  passes OPTIONS /users 'rosterd_read '
  passes POST /roles 'rosterd_write '
  passes PATCH /users/5 'rosterd_write '
  passes DELETE '/trash?ids=1,2' 'rosterd_write '
  passes GET '/api/v1/users.json?key=1&org_id=3' 'rosterd_slow '
  passes GET '/api/v1/orgs?key=1' 'rosterd_slow '
  passes GET '/api/v1/org/3.json?key=1' 'rosterd_read '
  passes GET '/api/v1/user/my.json?key=1' 'rosterd_read '
  for path in user user/3.json org; do passes PUT "/api/v1/$path" 'rosterd_write '; done
  passes GET '/api/v1/resetUserPassword/my.json?key=1' 'rosterd_once '
  passes POST '/api/v1/resetUserPassword/13' 'rosterd_once '
  passes GET /user/5 'rosterd_read '
  passes PATCH /user/5 'rosterd_write ' -d a=b
  passes PATCH /user/5 'rosterd_slow ' -F photo=@"$0"
  passes PATCH /user/5 'rosterd_slow ' --data-binary @"$WORK/photo"
  passes POST /users/auth 'rosterd_slow ' -d a=b
  passes POST /users 'rosterd_write ' -H 'Content-Type: application/json' -d '{}'
  passes POST /users/clients 'rosterd_write '
  for path in /v1/users /v1/users/ /v1/users.json /v1/users/signin /v1/users/reset; do
    passes POST "$path" 'rosterd_slow '
  done
  passes POST /v1/users/add_friends 'rosterd_write '
  for path in /v1/users /v1/users/3 /v1/media-signature /v1/users/signout; do
    passes GET "$path" 'rosterd_read '
  done
  for path in PATCH DELETE; do passes "$path" /v1/users 'rosterd_write '; done
}

# The table of DESIGN.md, section 1: whose is /users?
test_users() {
  local json='Content-Type: application/json' header method path
  for header in 'Accept: application/vnd.api+json' 'Content-Type: application/vnd.api+json; a=b' \
    'X-Api-Key: k' 'Accept: text/html, Application/Vnd.Api+Json;q=0.5'; do
    for path in /users /users/5 /users/auth /users/x/roles; do
      for method in GET POST PATCH; do goes "$method" "$path" bedita -H "$header"; done
    done
    goes POST /users bedita -H "$header" -H 'user-token: t'
    goes GET /users/clients cocoaheads -H "$header"
    goes PATCH /user/5 cocoaheads -H "$header"
  done
  goes POST /users bedita -H "$json" -H 'X-Api-Key: k' -d '{}'
  goes POST '/users?api_key=k' bedita -H "$json" -d '{}'
  for header in user-token client-token secret-token app-token api-version; do
    for path in /users /users/5 /users/5/ /users/abc; do
      for method in GET POST PATCH DELETE; do goes "$method" "$path" cocoaheads -H "$header: 1"; done
    done
    goes GET /users/5 cocoaheads -H "$header: 1" -H 'Accept: application/json'
  done
  for method in GET HEAD PATCH; do
    [[ $method == HEAD ]] && header=-I || header=-g
    goes "$method" /users/5 cocoaheads -H 'Authorization: Bearer t' -H 'Accept: application/json' "$header"
    goes "$method" /users/5/ cocoaheads -H 'Authorization: bearer a.b.c' -H "$json" "$header"
    goes "$method" /users/5 cocoaheads -H 'Authorization: Bearer t' "$header"
    goes "$method" /users/5 bedita -H 'Authorization: Bearer a.b.c' "$header"
    goes "$method" /users/5 bedita -H 'Authorization: Basic YTpi' "$header"
  done
  for path in /users /users/ann /users/5/roles /users/5/relationships/roles; do
    goes GET "$path" bedita -H 'Authorization: Bearer t' -H 'Accept: application/json'
  done
  goes DELETE /users/5 bedita -H 'Authorization: Bearer t'
  goes POST /users cocoaheads -H "$json" -d '{}'
  goes POST /users/ cocoaheads -H "$json; charset=utf-8" -d '{}'
  goes POST /users bedita -d a=b
  goes POST /users bedita -H 'Content-Type: application/jsonp' -d '{}'
  goes PATCH /users bedita -H "$json" -d '{}'
  goes POST /users/5/relationships/roles bedita -H "$json" -d '{}'
  goes POST /users/auth cocoaheads -d a=b
  goes GET /users/auth bedita
  goes POST /users/notification cocoaheads -d a=b
  goes DELETE /users/notification/5 cocoaheads
  goes DELETE /users/notification bedita
  goes GET /users/notification/roles bedita
  for method in GET POST DELETE OPTIONS; do
    goes "$method" /users/clients cocoaheads
    goes "$method" /users/clients/5 cocoaheads
    for path in /user /user/ /user/5 /user/clients/5 /user/auth; do goes "$method" "$path" cocoaheads; done
  done
  for method in GET DELETE OPTIONS PUT; do
    for path in /users /users/ /users/5 /users/clientsx /users/5/clients; do goes "$method" "$path" bedita; done
  done
}

test_owners() {
  local path
  for path in / /home /status /roles /roles/api /roles/x/users /users/api /auth /auth/user /signup /trash/5 \
    /model/schema/users /config /history /streams /x /x/y.json /healthz /metrics /userx /v10/users /apis /v1x \
    /user.php /.git/config /%55sers; do
    goes GET "$path" bedita
  done
  for path in /api/v1 /api/v1/ /api/v1/user/my.json /api/v1/orgs /api/v1/packs //api/v1/user /%61pi/v1/user; do
    goes GET "$path" brightact
  done
  for path in /api /api/users /api/2.0/users /api.php /shop/api/v1/users /api/v10/users /house/api/users; do
    goes GET "$path" cscart
  done
  for path in /v1 /v1/users /v1/users/5 /v1/media-signature /v1/groups /v1/../v1/users; do goes GET "$path" timeslot; done
  goes POST /method/user/profile cocoaheads
  for path in "${DIALECTS[@]}"; do
    [[ $path == cscart ]] && continue
    goes GET / "$path" -H "Host: $path"
    for method in GET POST; do
      goes "$method" /users "$path" -H "Host: $path"
      goes "$method" /api/v1/user "$path" -H "Host: $path"
      goes "$method" /v1/users/5 "$path" -H "Host: $path"
    done
  done
  goes GET /api/users cscart -H 'Host: cscart'
  passes GET /api/user/7 'rosterd_read ' -H 'Host: cocoaheads'
  passes POST /users/auth 'rosterd_slow ' -H 'Host: cocoaheads'
  passes GET /api/v1/resetUserPassword/my 'rosterd_once ' -H 'Host: brightact'
}

# No path is answered with a redirect: clients follow none.
test_no_redirects() {
  local path
  for path in /api/v1 /v1 /user /users /method /user_photos /user_photos/5 //users ///api/v1//user /user_photos/; do
    expect "no redirect of $path" "$(curl -sS --path-as-is -o /dev/null -w '%{redirect_url}' \
      "http://127.0.0.1:$ECHO$path")" ''
  done
}

test_mounts() {
  passes GET /shop/api/2.0/users/3 'rosterd_read /shop'
  passes GET /eu/shop/api/users 'rosterd_read /eu/shop'
  passes GET '/api?version' 'rosterd_read '
  goes GET /a/b/c/api/users bedita
}

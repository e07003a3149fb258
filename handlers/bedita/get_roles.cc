#include "db/bedita/record_store.h"
#include "handlers/bedita/list_page.h"
#include "handlers/bedita/roles.h"
#include "handlers/bedita/sight.h"
#include "handlers/bedita/single.h"

namespace rosterd::bedita {

Answer ListRoles::operator()(const Call& call) const {
  return ShowList(services_, call, List{db::bedita::Roles()});
}

Answer GetRole::operator()(const Call& call) const {
  Single single{db::bedita::Roles()};
  single.ident = ReadIdent(single.resource, call.params.Get("id"));
  return ShowSingle(services_, call, single);
}

}  // namespace rosterd::bedita

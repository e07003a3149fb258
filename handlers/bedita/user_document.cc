#include "handlers/bedita/user_document.h"

#include <utility>

#include "db/bedita/record_store.h"
#include "handlers/bedita/single.h"

namespace rosterd::bedita {

Answer ShowUser(const Services& services, const Call& call, UserId id, const UserDocument& how) {
  Single single{db::bedita::Users()};
  single.ident.id = id.value;
  single.included = how.with_roles;
  single.status = how.status;
  single.location = how.location;
  single.any_status = true;
  if (how.tokens) {
    single.meta = {{"jwt", how.tokens->jwt}, {"renew", how.tokens->renew}};
  }
  return ShowSingle(services, call, single);
}

}  // namespace rosterd::bedita

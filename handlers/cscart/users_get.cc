#include "handlers/cscart/users_get.h"

#include "db/cscart/user_store.h"
#include "handlers/cscart/access.h"
#include "handlers/cscart/etag.h"
#include "handlers/cscart/list_query.h"
#include "handlers/cscart/views.h"

namespace rosterd::cscart {

using db::cscart::UserStore;

Answer GetUser::operator()(const Call& call) const {
  const UserId id{call.Id("id").value_or(0)};
  const bool full = Scalar(call.query, "full") == "Y";
  const bool extended = Scalar(call.query, "extended") == "Y";
  const Extras extras = ChooseExtras(extended, services_.settings.cscart.extra_fields);
  const bool usual = !full && !extras.phone && !extras.last_login && !extras.points;
  const auto user = UserStore::Find(services_.connection, SightOf(call.caller, call.scope), id,
                                    usual ? UserStore::Extent::kUsual : UserStore::Extent::kAll);
  if (!user) return ToProblem(user.error());
  if (!*user) return Problem::Plain(404);

  JsonWriter json;
  if (full) {
    const auto details = UserStore::Details(services_.connection, id);
    if (!details) return ToProblem(details.error());
    WriteFullUser(json, **user, *details);
  } else {
    WriteUser(json, **user, extras);
  }
  return TaggedResponse(call.request, json.Take());
}

}  // namespace rosterd::cscart

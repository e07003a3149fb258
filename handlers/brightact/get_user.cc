#include "handlers/brightact/get_user.h"

#include <optional>

#include "db/brightact/user_store.h"
#include "handlers/brightact/views.h"

namespace rosterd::brightact {

using db::brightact::User;
using db::brightact::UserStore;

Answer GetUser::operator()(const Call& call) const {
  using Found = std::optional<User>;
  const auto user = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return UserStore::Find(session, call.User());
  });
  if (!user) return ToProblem(user.error());
  if (!*user) return Problem::Of(404);
  JsonWriter json;
  WriteUser(json, **user, zone_, ShowDeleted::kYes);
  return JsonResponse(200, json.Take());
}

}  // namespace rosterd::brightact

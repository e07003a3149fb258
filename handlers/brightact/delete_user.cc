#include "handlers/brightact/delete_user.h"

#include "db/brightact/user_store.h"

namespace rosterd::brightact {

using db::brightact::UserStore;

fcgi::Response Success() { return JsonResponse(200, R"({"message":"Success"})"); }

Answer DeleteUser::operator()(const Call& call) const {
  const auto deleted = services_.persons.Delete(call.ToActor(), call.User());
  if (deleted) return Success();
  if (!(deleted.error() == directory::Refusal::Kind::kNotFound)) return ToProblem(deleted.error());

  const auto known = services_.connection.Read([&](db::Session& session) -> db::StoreResult<bool> {
    return UserStore::Find(session, call.User()).has_value();
  });
  if (!known) return ToProblem(known.error());
  if (!*known) return Problem::Of(404);
  return Success();
}

}  // namespace rosterd::brightact

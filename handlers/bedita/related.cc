#include "handlers/bedita/related.h"

#include <optional>

#include "handlers/bedita/list_page.h"
#include "handlers/bedita/sight.h"

namespace rosterd::bedita {

using db::bedita::RecordStore;

Answer ShowRelated(const Services& services, const Call& call, const db::bedita::Resource& owner,
                   const db::bedita::Ident& ident, bool identifiers) {
  using Found = std::optional<db::bedita::Record>;
  const auto found = services.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return RecordStore::Find(session, owner, ident, Present(call), {});
  });
  if (!found) return ToProblem(found.error());
  if (!*found) return Problem::NoRecord(owner.type);

  const bool of_user = &owner == &db::bedita::Users();
  List list{of_user ? db::bedita::Roles() : db::bedita::Users()};
  list.base = Present(call);
  (of_user ? list.base.of_user : list.base.of_role) = (*found)->id;
  list.available = of_user ? "/roles" : "/users";
  list.identifiers = identifiers;
  return ShowList(services, call, list);
}

Answer ListRelated::operator()(const Call& call) const {
  return ShowRelated(services_, call, owner_, ReadIdent(owner_, call.params.Get("id")),
                     identifiers_);
}

Answer RefuseRelationship(const Call& call) {
  return Problem::NoRelationship(call.params.Get("name"));
}

}  // namespace rosterd::bedita

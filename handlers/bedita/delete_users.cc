#include <variant>

#include "db/bedita/role_store.h"
#include "handlers/bedita/access.h"
#include "handlers/bedita/id_list.h"
#include "handlers/bedita/sight.h"
#include "handlers/bedita/user_change.h"
#include "handlers/bedita/users.h"

namespace rosterd::bedita {
namespace {

using directory::Outcome;
using directory::Refusal;

std::optional<Problem> RefuseDeleting(db::Session& session, const Call& call,
                                      const db::Person& person) {
  if (person.id == kAdminUser) return Problem::Protected("User", person.id.value);
  if (person.id == call.caller.id) {
    Problem problem;
    problem.status = 400;
    problem.title = "Logged users cannot delete their own account";
    return problem;
  }
  if (db::bedita::UserColumnStore::IsLocked(session, person.id.value)) return LockedProblem();
  const auto lowest = db::bedita::RoleLinkStore::LowestPriority(session, person.id.value);
  if (!MayGovern(call.caller, lowest.value_or(Caller::kNoPriority))) return Problem::Forbidden();
  return std::nullopt;
}

}  // namespace

Answer DeleteUsers::operator()(const Call& call) const {
  const auto ids = PathOrBulk(services_, call, db::bedita::Users());
  if (!ids) return ids.error();
  Problem reason;
  const auto guard = [&](db::Session& session,
                         const db::Person& person) -> Outcome<std::monostate> {
    if (!IsPresent(session, call, person.id.value)) return Refusal(Refusal::Kind::kNotFound);
    auto problem = RefuseDeleting(session, call, person);
    if (!problem) return std::monostate();
    reason = *std::move(problem);
    return Refusal(Refusal::Kind::kByDialect);
  };
  directory::Persons& persons = services_.persons;
  const auto deleted = ids->bulk ? persons.DeleteAll(call.ToActor(), ToUserIds(ids->ids), guard)
                                 : persons.Delete(call.ToActor(), UserId{ids->ids.front()}, guard);
  if (deleted) return EmptyResponse();
  if (deleted.error() == Refusal::Kind::kByDialect) return reason;
  return ToProblem(deleted.error());
}

}  // namespace rosterd::bedita

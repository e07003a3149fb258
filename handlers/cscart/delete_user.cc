#include "handlers/cscart/delete_user.h"

#include <utility>
#include <variant>

#include "db/cscart/account_columns.h"
#include "handlers/cscart/account_rules.h"

namespace rosterd::cscart {
namespace {

using db::cscart::AccountColumns;
using db::cscart::AccountColumnStore;
using directory::Outcome;
using directory::Refusal;

// Moves the root's role of a store or vendor to whoever remains of its administrators.
void PromoteNext(db::Session& session, const directory::Actor& actor, UserId leaving,
                 const AccountColumns& account) {
  if (!account.is_root || account.company_id == 0) return;
  AccountColumnStore::LockRoots(session, account.company_id);
  if (AccountColumnStore::HasRoot(session, account.company_id, leaving)) return;
  const auto next = AccountColumnStore::LowestAdmin(session, account.company_id, leaving);
  if (!next) return;

  const db::Time now = db::Now();
  AccountColumnStore::SetRoot(session, *next, true, now);
  AccountColumnStore::SetRoot(session, leaving, false, now);
  directory::Persons::Audit(session, actor, "user.update", *next, "cscart_is_root");
}

}  // namespace

Answer DeleteUser::operator()(const Call& call) const {
  const config::Cscart& settings = services_.settings.cscart;
  const auto number = call.Id("id");
  if (!number) return Problem::Plain(404);

  const directory::Actor actor = call.ToActor();
  Problem reason;
  const auto guard = [&](db::Session& session,
                         const db::Person& person) -> Outcome<std::monostate> {
    const auto account = AccountColumnStore::Find(session, person.id, /*lock=*/true);
    if (!account) return Refusal(Refusal::Kind::kNotFound);
    if (auto problem = RefuseDeleting(call, {person, *account}, settings)) {
      reason = std::move(*problem);
      return Refusal(Refusal::Kind::kByDialect);
    }
    PromoteNext(session, actor, person.id, *account);
    return std::monostate();
  };
  const auto deleted = services_.persons.Delete(actor, UserId{*number}, guard);
  if (deleted) return EmptyResponse(204);
  if (deleted.error() == Refusal::Kind::kByDialect) return reason;
  if (deleted.error() == Refusal::Kind::kNotFound) return MissingUser(settings);
  return ToProblem(deleted.error());
}

}  // namespace rosterd::cscart

#include "handlers/bedita/trash.h"

#include <optional>
#include <string>
#include <variant>

#include "db/bedita/record_store.h"
#include "db/bedita/role_store.h"
#include "handlers/bedita/access.h"
#include "handlers/bedita/id_list.h"
#include "handlers/bedita/list_page.h"
#include "handlers/bedita/single.h"
#include "handlers/bedita/user_change.h"

namespace rosterd::bedita {
namespace {

using db::bedita::UserColumnStore;
using directory::Outcome;
using directory::Refusal;

constexpr int kMostAttempts = 3;

// Unlike elsewhere, only digits name somebody here.
std::optional<uint64_t> PathId(const Call& call) { return ParseId(call.params.Get("id")); }

bool IsPurged(const db::Person& person) { return person.username.empty(); }

/// The first refusal of a restore, before anything is locked: unknown, then another id in the body.
std::optional<Problem> RefuseRestoring(const Services& services, const Call& call, UserId id) {
  using Found = std::optional<db::Person>;
  const auto person = services.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return db::PersonStore::Find(session, id);
  });
  if (!person) return ToProblem(person.error());
  if (!*person || IsPurged(**person)) return Problem::NoRecord("users");
  if (!call.body.IsAbout(id.value)) return Problem::IdsDiffer();
  return std::nullopt;
}

// A unique name that somebody else has got meanwhile is no reason to stay in the trash.
void KeepUnameUnique(db::Session& session, const Call& call, UserId id) {
  const auto uname = UserColumnStore::Uname(session, id.value);
  if (!uname) return;
  const std::string free =
      FreeUname(session, *uname, id.value, call.settings.directory.reserve_deleted_names);
  if (free != *uname) UserColumnStore::SetUname(session, id.value, free);
}

}  // namespace

Answer ListTrash::operator()(const Call& call) const {
  List list{db::bedita::Users()};
  list.base.trash = true;
  return ShowList(services_, call, list);
}

Answer GetTrashed::operator()(const Call& call) const {
  Single single{db::bedita::Users()};
  single.ident.id = PathId(call).value_or(0);
  single.trash = true;
  return ShowSingle(services_, call, single);
}

Answer RestoreUser::operator()(const Call& call) const {
  const UserId id{PathId(call).value_or(0)};
  if (auto problem = RefuseRestoring(services_, call, id)) return *std::move(problem);
  const auto guard = [&](db::Session& session,
                         const db::Person& person) -> Outcome<std::monostate> {
    if (UserColumnStore::IsLocked(session, person.id.value)) {
      return Refusal(Refusal::Kind::kNotFound);
    }
    KeepUnameUnique(session, call, person.id);
    return std::monostate();
  };
  // The unique name may be taken between the look and the commit: another look finds another one.
  for (int attempt = 1;; ++attempt) {
    const auto restored = services_.persons.Restore(call.ToActor(), id, guard);
    if (restored) return EmptyResponse();
    const bool again = restored.error() == Refusal::Kind::kBusy && attempt < kMostAttempts;
    if (!again) return ToProblem(restored.error());
  }
}

Answer PurgeUsers::operator()(const Call& call) const {
  const bool bulk = call.params.Get("id").empty();
  const auto targets = bulk ? ReadIds(call) : Targets{{PathId(call).value_or(0)}, false};
  if (!targets) return targets.error();
  Problem reason;
  const auto guard = [&](db::Session& session,
                         const db::Person& person) -> Outcome<std::monostate> {
    if (UserColumnStore::IsLocked(session, person.id.value)) {
      return Refusal(Refusal::Kind::kNotFound);
    }
    const auto lowest = db::bedita::RoleLinkStore::LowestPriority(session, person.id.value);
    const bool may = MayGovern(call.caller, lowest.value_or(Caller::kNoPriority));
    if (may && person.id != kAdminUser) return std::monostate();
    reason = may ? Problem::Protected("User", person.id.value) : Problem::Forbidden();
    return Refusal(Refusal::Kind::kByDialect);
  };
  directory::Persons& persons = services_.persons;
  const auto purged = bulk ? persons.PurgeAll(call.ToActor(), ToUserIds(targets->ids), guard)
                           : persons.Purge(call.ToActor(), UserId{targets->ids.front()}, guard);
  if (purged) return EmptyResponse();
  if (purged.error() == Refusal::Kind::kByDialect) return reason;
  return ToProblem(purged.error());
}

}  // namespace rosterd::bedita

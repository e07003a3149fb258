#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "db/bedita/record_store.h"
#include "handlers/bedita/password_policy.h"
#include "handlers/bedita/record_view.h"
#include "handlers/bedita/sight.h"
#include "handlers/bedita/user_change.h"
#include "handlers/bedita/user_document.h"
#include "handlers/bedita/users.h"

namespace rosterd::bedita {
namespace {

using db::bedita::Record;
using directory::Refusal;

constexpr int kMostAttempts = 3;

Result<Record, Problem> FindUser(const Services& services, const Call& call,
                                 const db::bedita::Ident& ident) {
  using Found = std::optional<Record>;
  auto found = services.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return db::bedita::RecordStore::Find(session, db::bedita::Users(), ident, Present(call),
                                         db::bedita::Users().All());
  });
  if (!found) return ToProblem(found.error());
  if (!*found) return Problem::NoRecord("users");
  return **std::move(found);
}

Result<std::optional<db::StoredPassword>, Problem> NewPassword(const Services& services,
                                                               const UserFields& fields) {
  if (!fields.password) return std::optional<db::StoredPassword>();
  auto stored = HashPassword(services.passwords, *fields.password);
  if (!stored) return stored.error();
  return std::optional<db::StoredPassword>(*std::move(stored));
}

// A unique name that was free may be taken before the commit: another one is chosen then.
std::optional<Problem> Change(const Services& services, const Call& call, UserId id,
                              UserEdit& edit) {
  for (int attempt = 1;; ++attempt) {
    const auto updated = services.persons.Update(call.ToActor(), id, std::ref(edit));
    if (updated) return std::nullopt;
    if (updated.error() == Refusal::Kind::kByDialect) return edit.Reason();
    if (!(updated.error() == Refusal::Kind::kBusy) || attempt == kMostAttempts) {
      return ToProblem(updated.error());
    }
  }
}

}  // namespace

Answer UpdateUser::operator()(const Call& call) const {
  if (const auto query = ReadIncludes(call, db::bedita::Users()); !query) return query.error();
  const auto stored =
      FindUser(services_, call, ReadIdent(db::bedita::Users(), call.params.Get("id")));
  if (!stored) return stored.error();
  if (!call.body.IsAbout(stored->id)) return Problem::IdsDiffer();

  const fcgi::Value& attributes = call.body.attributes;
  auto fields = ReadUserFields(attributes, {call.settings, /*creating=*/false, &*stored});
  if (!fields) return WithTaken(services_.connection, attributes, stored->id, fields.error());
  if (call.caller.IsAdmin()) {
    if (auto problem = ReadUserMeta(call.body.meta, *fields)) return *std::move(problem);
  }
  const auto password = NewPassword(services_, *fields);
  if (!password) return password.error();

  UserEdit edit(call, *fields, *password);
  const UserId id{stored->id};
  if (auto problem = Change(services_, call, id, edit)) {
    return WithTaken(services_.connection, attributes, id.value, *std::move(problem));
  }
  return ShowUser(services_, call, id);
}

Result<void, Problem> ChangeOwnProfile(const Services& services, const Call& call,
                                       const fcgi::Value& fields) {
  if (const auto query = ReadIncludes(call, db::bedita::Users()); !query) return query.error();
  db::bedita::Ident self;
  self.id = call.caller.id.value;
  const auto stored = FindUser(services, call, self);
  if (!stored) return stored.error();
  FieldRules rules{call.settings, /*creating=*/false, &*stored, {"username", "status", "uname"}};
  if (!stored->Text(db::bedita::user::kEmail).empty()) rules.ignored.emplace_back("email");

  const auto read = ReadUserFields(fields, rules);
  if (!read) return WithTaken(services.connection, fields, stored->id, read.error());
  const auto password = NewPassword(services, *read);
  if (!password) return password.error();
  UserEdit edit(call, *read, *password);
  edit.OwnProfile();
  if (auto problem = Change(services, call, call.caller.id, edit)) {
    return WithTaken(services.connection, fields, stored->id, *std::move(problem));
  }
  return {};
}

}  // namespace rosterd::bedita

#include "handlers/brightact/update_user.h"

#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "db/brightact/org_store.h"
#include "handlers/brightact/user_fields.h"
#include "handlers/brightact/views.h"

namespace rosterd::brightact {
namespace {

using db::brightact::AccountColumns;
using db::brightact::AccountColumnStore;
using db::brightact::OrgStore;
using db::brightact::User;
using db::brightact::UserStore;
using directory::EditExtras;
using directory::Outcome;
using directory::Refusal;

/// Why a key may not make this change, if it may not: see sections 2 and 6.2.
bool IsForbidden(const Call& call, const UserFields& fields, const User& stored) {
  if (!call.caller.admin) return AsksForAdminsFields(fields, stored);
  return fields.is_deleted == 1 && call.User() == call.caller.id;
}

/// One PUT inside its unit of work. It may run several times: everything that it leaves behind is
/// overwritten by the last run.
class Edit {
 public:
  Edit(const Call& call, const UserFields& fields,
       const std::optional<db::StoredPassword>& password)
      : call_(call), fields_(fields), password_(password) {}

  Outcome<std::monostate> operator()(db::Session& session, db::Person& person, EditExtras& extras);

  /// Why it refused with kByDialect.
  const Problem& Reason() const { return reason_; }
  /// The columns as they are now.
  const AccountColumns& Columns() const { return columns_; }

 private:
  Refusal Refuse(Problem problem);

  const Call& call_;
  const UserFields& fields_;
  const std::optional<db::StoredPassword>& password_;
  Problem reason_;
  AccountColumns columns_;
};

Refusal Edit::Refuse(Problem problem) {
  reason_ = std::move(problem);
  return Refusal::Kind::kByDialect;
}

Outcome<std::monostate> Edit::operator()(db::Session& session, db::Person& person,
                                         EditExtras& extras) {
  const AccountColumns before = AccountColumnStore::FindLocked(session, person.id);
  if (person.deleted_at && !call_.caller.admin) return Refuse(Problem::Of(404));
  if (IsForbidden(call_, fields_, {person, before})) return Refuse(Problem::Of(403));

  columns_ = before;
  Apply(fields_, person, columns_);
  if (password_) person.password = *password_;
  const bool joins = columns_.org_id != before.org_id && columns_.org_id != 0;
  if (joins && !OrgStore::Find(session, columns_.org_id, OrgStore::Lock::kShared)) {
    return Refuse(Problem::OfFields({{"org_id", "Org ID is invalid."}}));
  }
  extras.values = AccountColumnStore::Differences(before, columns_);
  if (fields_.is_deleted) extras.deleted = *fields_.is_deleted == 1;
  // A known field moves updated_at, also when it brings what is there already.
  if (fields_.any) extras.more_fields.emplace_back("updated_at");
  return std::monostate();
}

std::string ToJson(const User& user, const Zone& zone) {
  JsonWriter json;
  WriteUser(json, user, zone, ShowDeleted::kNo);
  return json.Take();
}

/// The username as far as it is to change: what is shown already belongs to the user.
UserFields Changing(UserFields fields, const User& stored) {
  if (fields.username == ShownUsername(stored.person)) fields.username.reset();
  return fields;
}

}  // namespace

Answer UpdateUser::operator()(const Call& call) const {
  using Found = std::optional<User>;
  const auto stored =
      services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
        return UserStore::Find(session, call.User());
      });
  if (!stored) return ToProblem(stored.error());
  if (!*stored) return Problem::Of(404);
  const auto body = ReadBody(call.request, services_.settings.brightact.max_body);
  if (!body) return body.error();
  const UserFields fields = ReadUserFields(*body, Purpose::kUpdate);
  if (IsForbidden(call, fields, **stored)) return Problem::Of(403);

  const bool was_deleted = (*stored)->person.deleted_at.has_value();
  const Target target{call.User(), fields.is_deleted.value_or(was_deleted ? 1 : 0) == 0};
  const auto errors = services_.connection.Read([&](db::Session& session) {
    return CheckInDirectory(session, Changing(fields, **stored), target);
  });
  if (!errors) return ToProblem(errors.error());
  if (!errors->empty()) return Problem::OfFields(*errors);
  return Write(call, fields);
}

Answer UpdateUser::Write(const Call& call, const UserFields& fields) const {
  std::optional<db::StoredPassword> password;
  if (fields.password) {
    password = services_.passwords.Hash(*fields.password);
    if (!password) return Problem::Later(503, std::chrono::seconds(1));
  }
  Edit edit(call, fields, password);
  const auto person = services_.persons.Amend(call.ToActor(), call.User(), std::ref(edit));
  if (person) return JsonResponse(200, ToJson({*person, edit.Columns()}, zone_));
  if (person.error() == Refusal::Kind::kByDialect) return edit.Reason();
  return ToProblem(person.error());
}

}  // namespace rosterd::brightact

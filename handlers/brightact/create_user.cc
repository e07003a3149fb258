#include "handlers/brightact/create_user.h"

#include <chrono>
#include <utility>
#include <vector>

#include "handlers/brightact/user_fields.h"
#include "handlers/brightact/views.h"

namespace rosterd::brightact {
namespace {

using db::brightact::AccountColumns;
using db::brightact::AccountColumnStore;

directory::NewPerson ToPerson(const UserFields& fields, db::StoredPassword password) {
  directory::NewPerson wanted;
  AccountColumns columns;
  Apply(fields, wanted.person, columns);
  wanted.person.password = std::move(password);
  wanted.person.created_at = db::Now();
  wanted.person.updated_at = wanted.person.created_at;
  wanted.person.last_login_at = wanted.person.created_at;
  if (fields.is_deleted == 1) wanted.person.deleted_at = wanted.person.created_at;
  wanted.values = AccountColumnStore::Differences({}, columns);
  return wanted;
}

}  // namespace

Answer CreateUser::operator()(const Call& call) const {
  const auto body = ReadBody(call.request, services_.settings.brightact.max_body);
  if (!body) return body.error();
  const UserFields fields = ReadUserFields(*body, Purpose::kCreate);
  const Target target{UserId{}, fields.is_deleted != 1};
  const auto errors = services_.connection.Read(
      [&](db::Session& session) { return CheckInDirectory(session, fields, target); });
  if (!errors) return ToProblem(errors.error());
  if (!errors->empty()) return Problem::OfFields(*errors);

  auto password = services_.passwords.Hash(*fields.password);
  if (!password) return Problem::Later(503, std::chrono::seconds(1));
  const auto id = services_.persons.Create(call.ToActor(), ToPerson(fields, *std::move(password)));
  if (id) return JsonResponse(200, NewId(id->value));
  // The foreign key: the organisation was deleted meanwhile.
  if (id.error() == directory::Refusal::Kind::kNotFound) {
    return Problem::OfFields({{"org_id", "Org ID is invalid."}});
  }
  return ToProblem(id.error());
}

}  // namespace rosterd::brightact

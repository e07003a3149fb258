#include "handlers/brightact/list_users.h"

#include <optional>
#include <string>
#include <vector>

#include "db/brightact/org_store.h"
#include "db/brightact/user_store.h"
#include "handlers/brightact/array_answer.h"
#include "handlers/brightact/field_reader.h"
#include "handlers/brightact/views.h"

namespace rosterd::brightact {
namespace {

using db::brightact::OrgStore;
using db::brightact::User;
using db::brightact::UserStore;
using UserArray = ArrayAnswer<User>;

/// The number behind org_id, which is 0 for users without an organisation.
Result<uint64_t, Problem> ReadOrgId(std::string_view query) {
  constexpr FieldName kOrgId{"org_id", "Org ID"};
  const auto text = FirstParameter(query, kOrgId.name);
  if (!text || Trim(*text).empty()) {
    return Problem::OfFields({{kOrgId.name, "Org ID cannot be blank."}});
  }
  const Body parameters({{std::string(kOrgId.name), *text}});
  FieldReader reader(parameters, Purpose::kUpdate);
  const auto org_id = reader.Number(kOrgId, kIdLimit - 1);
  if (!org_id) return Problem::OfFields(reader.Errors());
  return *org_id;
}

}  // namespace

Answer ListUsers::operator()(const Call& call) const {
  const auto org_id = ReadOrgId(call.request.query);
  if (!org_id) return org_id.error();
  if (*org_id != 0) {
    const auto known =
        services_.connection.Read([&](db::Session& session) -> db::StoreResult<bool> {
          return OrgStore::Find(session, *org_id).has_value();
        });
    if (!known) return ToProblem(known.error());
    if (!*known) return Problem::Of(404);
  }

  const auto fetch = [&connection = services_.connection, org = *org_id](uint64_t after) {
    return connection.Read([&](db::Session& session) -> db::StoreResult<std::vector<User>> {
      return UserStore::List(session, org, after, UserArray::kBatch);
    });
  };
  return UserArray::Make(
      fetch, [](const User& user) { return user.person.id.value; },
      [zone = zone_](JsonWriter& json, const User& user) {
        WriteUser(json, user, zone, ShowDeleted::kNo);
      });
}

}  // namespace rosterd::brightact

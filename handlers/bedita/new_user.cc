#include "handlers/bedita/new_user.h"

#include <utility>

#include "db/bedita/record_store.h"
#include "handlers/bedita/password_policy.h"
#include "handlers/bedita/sight.h"
#include "handlers/bedita/unique_name.h"
#include "handlers/bedita/user_change.h"

namespace rosterd::bedita {
namespace {

using directory::Refusal;
namespace user = db::bedita::user;

constexpr int kMostAttempts = 4;

db::Status DefaultStatus(const config::Bedita& settings) {
  if (settings.status_level == "on" || settings.new_user_status == "on") {
    return db::Status::kActive;
  }
  return settings.new_user_status == "off" ? db::Status::kDisabled : db::Status::kPending;
}

std::optional<Problem> RefuseStatus(const config::Bedita& settings, const NewUser& wish) {
  const std::string status = wish.fields.Text(user::kStatus);
  if (status.empty() || IsShown(LevelOf(settings), status)) return std::nullopt;
  Problem problem;
  problem.status = 400;
  problem.title = "Status \"" + status + "\" is not consistent with configured Status.level \"" +
                  settings.status_level + "\"";
  return problem;
}

directory::NewPerson ToPerson(const Call& call, const NewUser& wish) {
  directory::NewPerson person;
  person.person.status = DefaultStatus(call.Settings());
  db::bedita::Record nothing;
  nothing.values.resize(user::kCount);
  nothing.values[user::kCompany] = std::string(1, '0');
  ApplyFields(wish.fields, nothing, person.person, person.values);
  if (wish.status) person.person.status = *wish.status;

  const std::string& lang = call.Settings().default_lang;
  if (!wish.fields.Sent(user::kLang) && !lang.empty()) {
    person.values.emplace_back(db::DialectColumn("bedita_lang"), db::Parameter(lang));
  }
  person.values.emplace_back(db::DialectColumn("bedita_created_by"), db::Parameter(wish.creator));
  person.values.emplace_back(db::DialectColumn("bedita_modified_by"), db::Parameter(wish.creator));
  return person;
}

db::StoreResult<std::string> ChooseUname(const Services& services, const std::string& wanted) {
  return services.connection.Read([&](db::Session& session) -> db::StoreResult<std::string> {
    return FreeUname(session, wanted, 0, services.settings.directory.reserve_deleted_names);
  });
}

// The unique index knows the names of the living, but for those that are made of an id: another one
// is looked for when it refuses. Somebody may take that meanwhile, too.
Result<UserId, Problem> CreateNamed(const Services& services, const Call& call,
                                    const directory::NewPerson& person, const NewUser& wish) {
  const std::string wanted =
      MakeUname(wish.fields.Text(user::kUname), wish.fields.Text(user::kUsername));
  std::string uname = wanted;
  bool looks = services.settings.directory.reserve_deleted_names || IsMadeOfAnId(wanted);
  for (int attempt = 1;; ++attempt) {
    if (std::exchange(looks, true)) {
      auto free = ChooseUname(services, wanted);
      if (!free) return ToProblem(free.error());
      uname = *std::move(free);
    }
    directory::NewPerson named = person;
    named.values.emplace_back(db::DialectColumn("bedita_uname"), db::Parameter(uname));
    const auto id = services.persons.Create(call.ToActor(), std::move(named), wish.after_insert);
    if (id) return *id;
    if (!(id.error() == Refusal::Kind::kBusy) || attempt == kMostAttempts) {
      return ToProblem(id.error());
    }
  }
}

}  // namespace

Result<UserId, Problem> MakeUser(const Services& services, const Call& call, const NewUser& wish) {
  if (auto problem = RefuseStatus(call.Settings(), wish)) return *std::move(problem);
  directory::NewPerson person = ToPerson(call, wish);
  if (wish.fields.password) {
    auto password = HashPassword(services.passwords, *wish.fields.password);
    if (!password) return password.error();
    person.person.password = *std::move(password);
  }
  return CreateNamed(services, call, person, wish);
}

}  // namespace rosterd::bedita

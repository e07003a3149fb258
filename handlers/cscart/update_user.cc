#include "handlers/cscart/update_user.h"

#include <string>
#include <utility>
#include <variant>

#include "db/cscart/account_columns.h"
#include "db/cscart/profile_store.h"
#include "db/cscart/usergroup_store.h"
#include "handlers/cscart/account_rules.h"
#include "handlers/cscart/user_fields.h"
#include "handlers/json_writer.h"

namespace rosterd::cscart {
namespace {

using db::cscart::AccountColumnStore;
using db::cscart::Profile;
using db::cscart::ProfileStore;
using directory::EditExtras;
using directory::Outcome;
using directory::Refusal;

/// One PUT inside its unit of work. It may run several times: everything that it leaves behind is
/// overwritten by the last run.
class Edit {
 public:
  Edit(const Call& call, const config::Cscart& settings, const UserFields& wish,
       const std::optional<db::StoredPassword>& password)
      : call_(call), settings_(settings), wish_(wish), password_(password) {}

  Outcome<std::monostate> operator()(db::Session& session, db::Person& person, EditExtras& extras);

  /// Why it refused with kByDialect.
  const Problem& Reason() const { return reason_; }
  /// The profile that the request was about.
  const std::optional<uint64_t>& ProfileId() const { return profile_id_; }

 private:
  static void DecideRoot(db::Session& session, const Target& before, Target& after);
  void FollowType(db::Session& session, const Target& before, const Target& after,
                  EditExtras& extras) const;
  Outcome<std::monostate> WriteProfile(db::Session& session, UserId user, EditExtras& extras);
  std::optional<Profile> PickProfile(db::Session& session, UserId user) const;
  Refusal Refuse(Problem problem);

  const Call& call_;
  const config::Cscart& settings_;
  const UserFields& wish_;
  const std::optional<db::StoredPassword>& password_;
  db::Time now_ = db::Now();
  Problem reason_;
  std::optional<uint64_t> profile_id_;
};

Refusal Edit::Refuse(Problem problem) {
  reason_ = std::move(problem);
  return Refusal::Kind::kByDialect;
}

Outcome<std::monostate> Edit::operator()(db::Session& session, db::Person& person,
                                         EditExtras& extras) {
  const auto account = AccountColumnStore::Find(session, person.id, /*lock=*/true);
  if (!account) return Refusal(Refusal::Kind::kNotFound);
  const Target before{person, *account};
  if (auto problem = RefuseEditing(call_, before, settings_)) return Refuse(std::move(*problem));

  Target after = before;
  Apply(wish_.account, after.person, after.account);
  if (password_) after.person.password = *password_;
  if (auto problem = RefuseChange(call_, before, after, settings_))
    return Refuse(std::move(*problem));

  DecideRoot(session, before, after);
  FollowType(session, before, after, extras);
  extras.values = AccountColumnStore::Differences(before.account, after.account);
  if (wish_.api_key && Apply(*wish_.api_key, session, call_.ToActor(), person.id, now_)) {
    extras.more_fields.emplace_back("api_key");
    extras.rights_changed = true;
  }
  person = after.person;
  return WriteProfile(session, person.id, extras);
}

void Edit::DecideRoot(db::Session& session, const Target& before, Target& after) {
  if (before.account.user_type == after.account.user_type &&
      before.account.company_id == after.account.company_id) {
    return;
  }
  after.account.is_root = false;
  if (after.account.user_type == "C") return;
  AccountColumnStore::LockRoots(session, after.account.company_id);
  after.account.is_root =
      !AccountColumnStore::HasRoot(session, after.account.company_id, after.person.id);
}

// What else moves when type, company, status or e-mail address do.
void Edit::FollowType(db::Session& session, const Target& before, const Target& after,
                      EditExtras& extras) const {
  const std::string_view left = GroupTypeOf(before.account.user_type);
  if (left != GroupTypeOf(after.account.user_type) &&
      db::cscart::UsergroupStore::RemoveActiveLinks(session, after.person.id, left) != 0) {
    extras.more_fields.emplace_back("usergroups");
  }
  const bool moved = before.account.user_type != after.account.user_type ||
                     before.account.company_id != after.account.company_id;
  if (moved || before.person.status != after.person.status) extras.rights_changed = true;
  if (!settings_.share_users && (moved || before.person.email != after.person.email)) {
    extras.realm = RealmOf(after.account, settings_.share_users);
  }
}

// Nothing when the id is another person's; a profile of id 0 is to be added. The person's row is
// locked, so that nobody else writes its profiles.
std::optional<Profile> Edit::PickProfile(db::Session& session, UserId user) const {
  Profile fresh;
  fresh.user = user;
  if (!wish_.profile.profile_id) return ProfileStore::Main(session, user).value_or(fresh);
  if (*wish_.profile.profile_id != 0) {
    return ProfileStore::Find(session, user, *wish_.profile.profile_id);
  }
  fresh.main = !ProfileStore::Main(session, user).has_value();
  return fresh;
}

Outcome<std::monostate> Edit::WriteProfile(db::Session& session, UserId user, EditExtras& extras) {
  if (!wish_.profile.sent) return std::monostate();
  auto profile = PickProfile(session, user);
  if (!profile) return Refuse(Problem::Error("profile_id is not one of this user's"));

  const Profile before = *profile;
  Apply(wish_.profile, *profile);
  if (profile->id == 0) {
    profile->id = ProfileStore::Insert(session, *profile, now_);
  } else if (before.values != profile->values || before.name != profile->name ||
             !wish_.profile.fields.empty()) {
    ProfileStore::Update(session, *profile, now_);
  } else {
    profile_id_ = profile->id;
    return std::monostate();
  }
  ProfileStore::SetFields(session, profile->id, wish_.profile.fields);
  extras.more_fields.emplace_back("profile");
  profile_id_ = profile->id;
  return std::monostate();
}

std::string ToJson(UserId user, const std::optional<uint64_t>& profile) {
  JsonWriter json;
  json.StartObject();
  Field(json, "user_id", std::to_string(user.value));
  json.Key("profile_id");
  if (profile) {
    json.Text(std::to_string(*profile));
  } else {
    json.Boolean(false);
  }
  json.EndObject();
  return json.Take();
}

// Before a password is hashed, which costs time: whether the request would be refused anyway.
std::optional<Problem> RefuseEarly(const Services& services, const Call& call, UserId id) {
  const config::Cscart& settings = services.settings.cscart;
  using Found = std::optional<Problem>;
  const auto refused =
      services.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
        const auto person = db::PersonStore::Find(session, id);
        const auto account = AccountColumnStore::Find(session, id);
        if (!person || !account) return Found(MissingUser(settings));
        return RefuseEditing(call, {*person, *account}, settings);
      });
  if (!refused) return ToProblem(refused.error());
  return *refused;
}

}  // namespace

Answer UpdateUser::operator()(const Call& call) const {
  const config::Cscart& settings = services_.settings.cscart;
  const auto number = call.Id("id");
  if (!number) return Problem::Plain(404);
  const UserId id{*number};
  if (call.fields.Empty()) return Problem::Message("no data");
  const auto wish = ReadUserFields(call, settings);
  if (!wish) return wish.error();

  if (wish->password.plain) {
    if (auto problem = RefuseEarly(services_, call, id)) return *problem;
  }
  const auto password = ToStored(wish->password, services_.passwords);
  if (!password) return password.error();

  Edit edit(call, settings, *wish, *password);
  const auto updated = services_.persons.Update(call.ToActor(), id, std::ref(edit));
  if (updated) return JsonResponse(200, ToJson(id, edit.ProfileId()));
  if (updated.error() == Refusal::Kind::kByDialect) return edit.Reason();
  if (updated.error() == Refusal::Kind::kNotFound) return MissingUser(settings);
  return ToProblem(updated.error());
}

}  // namespace rosterd::cscart

#include "handlers/cscart/create_user.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "db/cscart/account_columns.h"
#include "db/cscart/profile_store.h"
#include "handlers/cscart/user_fields.h"
#include "handlers/json_writer.h"

namespace rosterd::cscart {
namespace {

using db::cscart::AccountColumns;
using db::cscart::AccountColumnStore;
using db::cscart::ProfileStore;

bool IsSent(const Fields& fields, std::string_view name) {
  const auto text = fields.Text(name);
  return !text || (*text && !(*text)->empty());
}

// What §12 calls missing: absent or empty. A list or map is there, and refused later.
std::optional<Problem> RefuseMissing(const Call& call, bool company_required) {
  std::vector<std::string_view> required = {"email", "user_type"};
  if (company_required && !call.scope) required.emplace_back("company_id");

  Problem problem;
  for (const std::string_view name : required) {
    if (!IsSent(call.fields, name)) problem.messages.push_back(std::string(name) + " is required");
  }
  if (problem.messages.empty()) return std::nullopt;
  return problem;
}

// A caller that is bound to a company creates there, whatever it sent; behind the path of a company
// nobody may name another one.
std::optional<Problem> SettleCompany(const Call& call, AccountFields& account) {
  if (!call.scope) return std::nullopt;
  const bool names_another = IsSent(call.fields, "company_id") && account.company_id != call.scope;
  if (call.scope_in_path && names_another) return Problem::Error("company_id is another company's");
  account.company_id = call.scope;
  return std::nullopt;
}

std::optional<Problem> RefuseType(const Call& call, const AccountFields& account, bool ultimate) {
  if (call.caller.restricted && account.user_type != "C") {
    return Problem::Error("user_type is not allowed");
  }
  if (ultimate && account.user_type == "C" && account.company_id.value_or(0) == 0) {
    return Problem::Error("a customer needs a company_id");
  }
  return std::nullopt;
}

// Empty names and phone numbers of the account are taken from the address.
void FillFromProfile(std::string& target, const ProfileFields& profile, std::string_view billing,
                     std::string_view shipping) {
  if (target.empty()) target = profile.Sent(billing);
  if (target.empty()) target = profile.Sent(shipping);
}

directory::NewPerson ToPerson(const UserFields& wish, std::optional<db::StoredPassword> password,
                              bool share_users) {
  directory::NewPerson person;
  AccountColumns account;
  Apply(wish.account, person.person, account);
  FillFromProfile(person.person.first_name, wish.profile, "b_firstname", "s_firstname");
  FillFromProfile(person.person.last_name, wish.profile, "b_lastname", "s_lastname");
  FillFromProfile(person.person.phone, wish.profile, "b_phone", "s_phone");
  if (password) person.person.password = std::move(*password);
  person.values = AccountColumnStore::Differences(AccountColumns{}, account);
  person.realm = RealmOf(account, share_users);
  person.more_fields.emplace_back("profile");
  return person;
}

// The first account of a company that is no customer is its root.
void DecideRoot(db::Session& session, UserId id, const AccountFields& account) {
  if (account.user_type == "C") return;
  const uint64_t company = account.company_id.value_or(0);
  AccountColumnStore::LockRoots(session, company);
  if (!AccountColumnStore::HasRoot(session, company, id)) {
    AccountColumnStore::SetRoot(session, id, true, db::Now());
  }
}

std::string ToJson(UserId user, uint64_t profile) {
  JsonWriter json;
  json.StartObject();
  NumberField(json, "user_id", user.value);
  Field(json, "profile_id", std::to_string(profile));
  json.EndObject();
  return json.Take();
}

}  // namespace

Answer CreateUser::operator()(const Call& call) const {
  const config::Cscart& settings = services_.settings.cscart;
  const bool ultimate = settings.edition == "ultimate";
  if (call.fields.Empty()) return Problem::Message("no data");
  if (auto problem = RefuseMissing(call, ultimate)) return *problem;
  auto wish = ReadUserFields(call, settings);
  if (!wish) return wish.error();
  if (auto problem = SettleCompany(call, wish->account)) return *problem;
  if (auto problem = RefuseType(call, wish->account, ultimate)) return *problem;

  auto password = ToStored(wish->password, services_.passwords);
  if (!password) return password.error();

  const directory::Actor actor = call.ToActor();
  uint64_t profile_id = 0;
  const auto add_rest = [&](db::Session& session, UserId id) -> directory::Outcome<std::monostate> {
    const db::Time now = db::Now();
    profile_id = ProfileStore::Insert(session, NewMainProfile(wish->profile, id), now);
    ProfileStore::SetFields(session, profile_id, wish->profile.fields);
    DecideRoot(session, id, wish->account);
    if (wish->api_key) Apply(*wish->api_key, session, actor, id, now);
    return std::monostate();
  };
  const auto id = services_.persons.Create(
      actor, ToPerson(*wish, std::move(*password), settings.share_users), add_rest);
  if (!id) return ToProblem(id.error());
  return JsonResponse(201, ToJson(*id, profile_id));
}

}  // namespace rosterd::cscart

#include "handlers/cscart/login_key.h"

#include <chrono>
#include <string>
#include <utility>
#include <variant>

#include "db/credentials.h"
#include "db/cscart/account_columns.h"
#include "directory/mail.h"
#include "directory/secrets.h"
#include "fcgi/form.h"
#include "handlers/cscart/account_rules.h"
#include "handlers/cscart/credential_kinds.h"
#include "handlers/cscart/field_reader.h"
#include "handlers/json_writer.h"

namespace rosterd::cscart {
namespace {

using db::cscart::AccountColumnStore;

constexpr size_t kMostKeys = 3;
constexpr size_t kKeyLength = 32;

/// What the body asked for.
struct Wish {
  std::string email;
  bool notify = false;
  std::string redirect_url;
};

Result<Wish, Problem> ReadWish(const Call& call) {
  FieldReader reader(call.fields);
  Wish wish;
  wish.email = reader.Text("email", 128).value_or("");
  const std::string notify = reader.Text("notify", 255).value_or("");
  wish.notify = notify == "1" || notify == "Y" || notify == "true";
  wish.redirect_url = reader.Text("redirect_url", 2048).value_or("");
  if (wish.email.empty()) reader.Refuse(Problem::Message("email is required"));
  if (reader.FirstProblem()) return *reader.FirstProblem();
  return wish;
}

bool IsStaffOf(const Target& target, uint64_t company) {
  return target.account.company_id == company && target.account.user_type != "C" &&
         target.account.user_type != "P";
}

// The root of a store or vendor may sign in as its own staff.
bool IsOwner(db::Session& session, const Caller& caller) {
  const auto account = AccountColumnStore::Find(session, caller.id);
  return account && account->is_root && account->company_id != 0;
}

bool MaySignInAs(db::Session& session, const Call& call, const Target& target) {
  const Caller& caller = call.caller;
  switch (caller.kind) {
    case Caller::Kind::kRootAdmin:
      return true;
    case Caller::Kind::kAdmin:
      return !IsPlatformRoot(target.account) &&
             (!caller.restricted || target.account.user_type == "C" ||
              caller.id == target.person.id);
    case Caller::Kind::kStoreAdmin:
    case Caller::Kind::kVendor:
      return IsStaffOf(target, caller.company_id) && IsOwner(session, caller);
    case Caller::Kind::kCustomer:
    case Caller::Kind::kNobody:
      break;
  }
  return false;
}

std::string Link(std::string base, std::string_view key, uint64_t company,
                 std::string_view redirect_url) {
  while (base.ends_with('/')) base.pop_back();
  base.append("/index.php?dispatch=auth.ekey_login&ekey=").append(key);
  base.append("&company_id=").append(std::to_string(company));
  if (!redirect_url.empty())
    base.append("&redirect_url=").append(fcgi::PercentEncode(redirect_url));
  return base;
}

/// Queues the mail with the link.
void Notify(db::Session& session, const Services& services, const db::Person& person,
            const std::string& link) {
  constexpr std::string_view kTemplate = "cscart.login_key";
  const auto lifetime = services.settings.cscart.login_key_ttl;
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(lifetime).count();
  const directory::MailTemplates templates(services.settings.mail.templates);
  directory::QueueMail(
      session, kTemplate, person.id,
      templates.Render(kTemplate, {{"link", link}, {"minutes", std::to_string(minutes)}},
                       person.email.value_or("")));
}

/// What the unit of work gives back: the company of the link, or why there is none.
using Issued = Result<uint64_t, Problem>;

Result<Issued, directory::Refusal> IssueKey(db::Session& session, const Services& services,
                                            const Call& call, const Wish& wish,
                                            const std::string& key) {
  const auto found = AccountColumnStore::FindByEmail(session, wish.email);
  if (!found) return Issued(Problem::Plain(404));
  const auto person = db::PersonStore::Find(session, found->id, /*lock=*/true);
  const auto account = AccountColumnStore::Find(session, found->id);
  if (!person || !account) return Issued(Problem::Plain(404));
  if (!directory::MaySignIn(*person)) return Issued(Problem::Error("the account is disabled"));
  if (!MaySignInAs(session, call, {*person, *account})) return Issued(Problem::Plain(403));

  const db::Time now = db::Now();
  const auto live = db::CredentialStore::OfUser(session, person->id, "cscart", kLoginKeyKind, now);
  if (live.size() >= kMostKeys) return Issued(Problem::Error("too many unused login keys"));
  const directory::Credentials::Request request{.dialect = "cscart",
                                                .kind = std::string(kLoginKeyKind),
                                                .user = person->id,
                                                .role = "",
                                                .label = "",
                                                .lifetime = services.settings.cscart.login_key_ttl};
  directory::Credentials::Issue(session, call.ToActor(), request, key, now);
  if (wish.notify) {
    const std::string link =
        Link(services.settings.cscart.storefront_url, key, account->company_id, wish.redirect_url);
    Notify(session, services, *person, link);
    directory::Persons::Audit(session, call.ToActor(), "login_key.notify", person->id, "",
                              directory::Persons::Shown::kNowhere);
  }
  return Issued(account->company_id);
}

fcgi::Response NotifiedResponse() {
  JsonWriter json;
  json.StartObject();
  Field(json, "message", "The login link was sent to the user");
  json.EndObject();
  return JsonResponse(201, json.Take());
}

fcgi::Response LinkResponse(std::string_view key, std::string_view link) {
  JsonWriter json;
  json.StartObject();
  Field(json, "key", key);
  Field(json, "link", link);
  json.EndObject();
  return JsonResponse(201, json.Take());
}

}  // namespace

Answer CreateLoginKey::operator()(const Call& call) const {
  const auto wish = ReadWish(call);
  if (!wish) return wish.error();

  const std::string key = directory::RandomAlphanumeric(kKeyLength);
  const auto issued = services_.connection.Transaction(
      [&](db::Session& session) { return IssueKey(session, services_, call, *wish, key); });
  if (!issued) return ToProblem(issued.error());
  if (!*issued) return issued->error();
  if (wish->notify) return NotifiedResponse();
  const std::string& base = services_.settings.cscart.storefront_url;
  return LinkResponse(key, Link(base, key, **issued, wish->redirect_url));
}

}  // namespace rosterd::cscart

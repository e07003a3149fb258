#include "handlers/bedita/change.h"

#include <optional>
#include <string>
#include <variant>

#include "db/person.h"
#include "directory/persons.h"
#include "fcgi/ascii.h"
#include "handlers/bedita/account_mail.h"
#include "handlers/bedita/fields.h"
#include "handlers/bedita/link_rules.h"
#include "handlers/bedita/one_time_codes.h"
#include "handlers/bedita/password_policy.h"
#include "handlers/bedita/record_view.h"
#include "handlers/bedita/request_limits.h"
#include "handlers/bedita/session_tokens.h"
#include "handlers/bedita/text_rules.h"
#include "handlers/bedita/user_document.h"

namespace rosterd::bedita {
namespace {

using Done = std::monostate;
using directory::Outcome;
using directory::Refusal;

/// The text of a field; an absent or empty one is a violation.
std::string Demand(const fcgi::Value& fields, std::string_view name, Violations& broken) {
  const auto text = ScalarText(fields, name);
  if (!text) broken.Add(name, "_required");
  if (text && text->empty()) broken.Add(name, "_empty");
  return text.value_or("");
}

/// What POST asks for.
struct Wish {
  std::string contact;
  std::string url;
};

Result<Wish, Problem> ReadWish(const Call& call) {
  Violations broken;
  Wish wish;
  wish.contact = Demand(call.body.fields, "contact", broken);
  if (!wish.contact.empty() && !IsEmailAddress(wish.contact)) broken.Add("contact", "email");
  wish.url = Demand(call.body.fields, "change_url", broken);
  if (!wish.url.empty() && !IsAllowedLink(wish.url, call)) broken.Add("change_url", "customUrl");
  if (!broken.Empty()) return broken.ToProblem();
  return wish;
}

/// Makes a code for whoever has this address, and queues its mail; false when nobody has it.
Outcome<bool> Queue(db::Session& session, const Call& call, const Wish& wish,
                    const std::string& uuid) {
  const auto found = db::PersonStore::FindByEmail(session, wish.contact);
  if (!found) return false;
  // Locked: whoever blocks or deletes this user meanwhile ends the new code too.
  const auto person = db::PersonStore::Find(session, found->id, /*lock=*/true);
  if (!person || person->deleted_at || person->blocked) return false;
  IssueCode(session, call, kChangeCode, person->id, uuid);
  QueueAccountMail(session, call,
                   {.kind = "change",
                    .user = person->id,
                    .email = person->email,
                    .link = WithParameter(wish.url, "uuid", uuid)});
  return true;
}

/// What PATCH brings.
struct NewPassword {
  std::string uuid;
  std::string password;
  bool login = false;
};

Result<NewPassword, Problem> ReadNewPassword(const Call& call) {
  const fcgi::Value& fields = call.body.fields;
  Violations broken;
  NewPassword change;
  change.uuid = Demand(fields, "uuid", broken);
  change.password = Demand(fields, "password", broken);
  if (!broken.Empty()) return broken.ToProblem();
  const std::string login = ScalarText(fields, "login").value_or("");
  change.login = login == "1" || fcgi::EqualsIgnoringCase(login, "true");
  if (auto refused = RefusePassword(call.settings, change.password)) return *std::move(refused);
  return change;
}

/// Sets the password of the code's user and uses the code up. All sessions end with the old
/// password; a sign-up that waits for its activation goes on.
Result<void, Problem> SetPassword(const Services& services, const Call& call, const Code& code,
                                  const db::StoredPassword& password) {
  bool was_used = false;
  const auto updated =
      services.persons.Update(call.ToActor(), code.user,
                              [&](db::Session& session, db::Person& person,
                                  directory::EditExtras& extras) -> Outcome<Done> {
                                was_used = !TakeCode(session, code);
                                if (was_used) return Refusal(Refusal::Kind::kByDialect);
                                person.password = password;
                                extras.kept_kinds.emplace_back(kSignupCode);
                                extras.values.emplace_back(db::DialectColumn("bedita_modified_by"),
                                                           db::Parameter(person.id));
                                return Done();
                              });
  if (updated) return {};
  if (was_used) return Problem::NoRecord("async_jobs");
  return ToProblem(updated.error());
}

}  // namespace

Answer RequestChange::operator()(const Call& call) const {
  const auto wish = ReadWish(call);
  if (!wish) return wish.error();
  if (auto refused = CountRequest(services_, call, "change", wish->contact)) return *refused;

  const std::string uuid = NewUuid();
  const auto known = services_.connection.Transaction(
      [&](db::Session& session) { return Queue(session, call, *wish, uuid); });
  if (!known) return ToProblem(known.error());
  if (!*known && !call.Settings().change_hides_unknown) return Problem::NoRecord("users");
  return EmptyResponse();
}

Answer ChangePassword::operator()(const Call& call) const {
  if (const auto query = ReadIncludes(call, db::bedita::Users()); !query) return query.error();
  const auto change = ReadNewPassword(call);
  if (!change) return change.error();
  const auto code = FindCode(services_.connection, kChangeCode, change->uuid);
  if (!code) return code.error();
  const auto password = HashPassword(services_.passwords, change->password);
  if (!password) return password.error();
  if (const auto set = SetPassword(services_, call, *code, *password); !set) return set.error();

  // Whoever has the code is the user.
  Call own = call;
  own.caller = Caller();
  own.caller.id = code->user;
  UserDocument how;
  how.with_roles = true;
  if (change->login) {
    if (auto tokens = OpenSession(services_, own, code->user)) how.tokens = *std::move(tokens);
  }
  return ShowUser(services_, own, code->user, how);
}

}  // namespace rosterd::bedita

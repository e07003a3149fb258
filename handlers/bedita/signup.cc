#include "handlers/bedita/signup.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "config/log.h"
#include "db/bedita/record_store.h"
#include "db/bedita/role_store.h"
#include "db/person.h"
#include "directory/persons.h"
#include "handlers/bedita/account_mail.h"
#include "handlers/bedita/fields.h"
#include "handlers/bedita/link_rules.h"
#include "handlers/bedita/new_user.h"
#include "handlers/bedita/one_time_codes.h"
#include "handlers/bedita/record_view.h"
#include "handlers/bedita/request_limits.h"
#include "handlers/bedita/signup_fields.h"
#include "handlers/bedita/user_document.h"

namespace rosterd::bedita {
namespace {

using Done = std::monostate;
using directory::Outcome;
using directory::Refusal;
namespace user = db::bedita::user;

Problem BadRequest(std::string title) { return {400, std::move(title)}; }

/// The ids of the roles that a new user gets, never the administrators'. A role of the settings
/// that there is not gives nothing.
std::vector<uint64_t> RoleIds(db::Session& session, const std::vector<std::string>& names) {
  std::vector<uint64_t> ids;
  for (const std::string& name : names) {
    const auto role = db::bedita::RoleStore::LockByName(session, name);
    const bool known = role && role->id != kAdminRole;
    if (!known) Log(Priority::kWarning, "bedita.signup: no role \"" + name + "\" can be given");
    if (known && std::ranges::find(ids, role->id) == ids.end()) ids.push_back(role->id);
  }
  return ids;
}

/// The roles of the settings may name the administrators', or one that there is not.
std::optional<Problem> RefuseRoles(const Services& services, const SignupFields& signup) {
  using Names = std::vector<std::string>;
  const auto refused =
      services.connection.Read([&](db::Session& session) -> db::StoreResult<Names> {
        Names names;
        for (const std::string& name : signup.roles) {
          const auto role = db::bedita::RoleStore::LockByName(session, name);
          if (!role || role->id == kAdminRole) names.push_back(name);
        }
        return names;
      });
  if (!refused) return ToProblem(refused.error());
  if (refused->empty()) return std::nullopt;
  return RefusedRoles(*refused);
}

/// What belongs to a sign-up beside the user.
class SignupRest {
 public:
  SignupRest(const Call& call, const SignupFields& signup)
      : call_(call), signup_(signup), uuid_(NewUuid()) {}

  Outcome<Done> operator()(db::Session& session, UserId id) const {
    const auto& names =
        signup_.roles.empty() ? call_.Settings().signup_default_roles : signup_.roles;
    for (const uint64_t role : RoleIds(session, names)) {
      db::bedita::RoleLinkStore::Insert(session, {id.value, role});
    }
    const std::string email = signup_.user.Text(user::kEmail);
    if (signup_.activation_url.empty()) {
      QueueAccountMail(session, call_, {.kind = "welcome", .user = id, .email = email});
      return Done();
    }
    IssueCode(session, call_, kSignupCode, id, uuid_);
    QueueAccountMail(session, call_,
                     {.kind = "signup", .user = id, .email = email, .link = Link()});
    return Done();
  }

 private:
  std::string Link() const {
    std::string link = WithParameter(signup_.activation_url, "uuid", uuid_);
    if (signup_.redirect_url.empty()) return link;
    return WithParameter(link, "redirect_url", signup_.redirect_url);
  }

  const Call& call_;
  const SignupFields& signup_;
  std::string uuid_;
};

/// A taken username has words of its own here.
Problem Refuse(const SignupFields& signup, Problem problem) {
  if (problem.detail.find("[username.unique]") == std::string::npos) return problem;
  Problem taken =
      BadRequest("User \"" + signup.user.Text(user::kUsername) + "\" already registered");
  taken.code = "be_user_exists";
  return taken;
}

/// One activation inside its unit of work; may run several times.
class Activation {
 public:
  Activation(const Call& call, const Code& code) : call_(call), code_(code) {}

  Outcome<Done> operator()(db::Session& session, db::Person& person,
                           directory::EditExtras& extras) {
    refusal_.reset();
    const auto record = db::bedita::RecordStore::Find(
        session, db::bedita::Users(), {person.id.value, {}}, {}, db::bedita::Users().All());
    if (!record) return Refusal(Refusal::Kind::kNotFound);
    const bool verified = !record->Text(user::kVerified).empty();
    if (verified && person.status == db::Status::kActive) {
      return Refuse({409, "User already active"});
    }
    if (!TakeCode(session, code_)) return Refuse(Problem::NoRecord("async_jobs"));
    person.status = db::Status::kActive;
    extras.values.emplace_back(db::DialectColumn("bedita_verified"), db::Parameter(db::Now()));
    extras.values.emplace_back(db::DialectColumn("bedita_created_by"), db::Parameter(person.id));
    extras.values.emplace_back(db::DialectColumn("bedita_modified_by"), db::Parameter(person.id));
    QueueAccountMail(session, call_, {.kind = "welcome", .user = person.id, .email = person.email});
    return Done();
  }

  /// Why it refused, when it did so itself.
  const std::optional<Problem>& Reason() const { return refusal_; }

 private:
  Refusal Refuse(Problem problem) {
    refusal_ = std::move(problem);
    return Refusal::Kind::kByDialect;
  }

  const Call& call_;
  const Code& code_;
  std::optional<Problem> refusal_;
};

}  // namespace

Answer SignUp::operator()(const Call& call) const {
  if (const auto query = ReadIncludes(call, db::bedita::Users()); !query) return query.error();
  const auto signup = ReadSignup(call);
  if (!signup) return signup.error();
  if (auto refused = RefuseRoles(services_, *signup)) return *refused;
  const std::string email = signup->user.Text(user::kEmail);
  if (auto refused = CountRequest(services_, call, "signup", email)) return *refused;

  NewUser wish;
  wish.fields = signup->user;
  wish.creator = kAdminUser;
  wish.status =
      call.Settings().signup_require_activation ? db::Status::kPending : db::Status::kActive;
  wish.after_insert = SignupRest(call, *signup);
  const auto id = MakeUser(services_, call, wish);
  if (!id) return Refuse(*signup, id.error());

  // Whoever has signed up sees the whole of the own record.
  Call own = call;
  own.caller = Caller();
  own.caller.id = *id;
  UserDocument how;
  how.status = 202;
  how.with_roles = true;
  return ShowUser(services_, own, *id, how);
}

Answer Activate::operator()(const Call& call) const {
  const auto uuid = ScalarText(call.body.fields, "uuid");
  if (!uuid || uuid->empty()) return BadRequest("Parameter \"uuid\" missing");
  const auto code = FindCode(services_.connection, kSignupCode, *uuid);
  if (!code) return code.error();

  Activation activation(call, *code);
  const auto updated = services_.persons.Update(call.ToActor(), code->user, std::ref(activation));
  if (updated) return EmptyResponse();
  if (updated.error() == Refusal::Kind::kByDialect && activation.Reason()) {
    return *activation.Reason();
  }
  return ToProblem(updated.error());
}

}  // namespace rosterd::bedita

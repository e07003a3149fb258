#include "handlers/timeslot/update_user.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "db/timeslot/image_store.h"
#include "db/timeslot/phone_login.h"
#include "db/timeslot/profile_store.h"
#include "directory/picture.h"
#include "handlers/timeslot/get_user.h"
#include "handlers/timeslot/validation.h"
#include "handlers/timeslot/views.h"

namespace rosterd::timeslot {
namespace {

using db::timeslot::PhoneLogin;
using db::timeslot::ProfileStore;
using directory::EditExtras;
using directory::Outcome;
using directory::Refusal;

constexpr int kShortestPassword = 5;

bool IsText(const Scalar& scalar) { return scalar.state == Scalar::State::kText; }

/// What the rules need to know beside the wish.
struct Present {
  db::Person person;
  bool email_taken = false;
  bool phone_taken = false;
  int shortest_password = kShortestPassword;
};

// What the client sends back as it got it is no change, and may be what another dialect allows.
bool IsNew(const Scalar& scalar, const std::string& shown) {
  return scalar.IsSent() && (!IsText(scalar) || scalar.text != shown);
}

std::optional<Problem> RefuseWish(const UserWish& wish, const Present& present) {
  const db::Person& person = present.person;
  Violations violations;
  if (IsNew(wish.username, DisplayName(person))) CheckUsername(wish.username.text, violations);
  if (LosesAllAddresses(wish, person)) violations.Add("email", kCannotBeBlank);
  if (IsText(wish.email) && wish.email.text != person.email) {
    CheckEmail(wish.email.text, present.email_taken, violations);
  }
  if (wish.password) CheckPassword(*wish.password, present.shortest_password, violations);
  if (!wish.slot_default_duration.text.empty()) {
    CheckDuration(wish.slot_default_duration.text, violations);
  }
  if (IsNew(wish.phone, person.phone)) CheckPhone(wish.phone.text, present.phone_taken, violations);
  if (violations.Empty()) return std::nullopt;
  return violations.ToProblem();
}

Problem Taken(std::string_view attribute) {
  Violations violations;
  violations.Add(attribute, kTaken);
  return violations.ToProblem();
}

/// One PATCH inside its unit of work. It may run several times.
class Edit {
 public:
  Edit(const Services& services, const Call& call, const UserWish& wish,
       std::optional<db::StoredPassword> password)
      : settings_(services.settings), call_(call), wish_(wish), password_(std::move(password)) {}

  Outcome<std::monostate> operator()(db::Session& session, db::Person& person, EditExtras& extras);
  /// Why it refused with kByDialect.
  const Problem& Reason() const { return reason_; }

 private:
  Outcome<std::monostate> Refuse(Problem problem) {
    reason_ = std::move(problem);
    return Refusal(Refusal::Kind::kByDialect);
  }
  bool SetImage(db::Session& session, db::Person& person) const;

  const config::Settings& settings_;
  const Call& call_;
  const UserWish& wish_;
  std::optional<db::StoredPassword> password_;
  Problem reason_;
};

Outcome<std::monostate> Edit::operator()(db::Session& session, db::Person& person,
                                         EditExtras& extras) {
  const auto before = ProfileStore::FindLocked(session, person.id);
  if (!before) return Refusal(Refusal::Kind::kNotFound);
  if (LosesAllAddresses(wish_, person)) {
    Violations violations;
    violations.Add("email", kCannotBeBlank);
    return Refuse(violations.ToProblem());
  }
  const db::Person old = person;
  db::timeslot::Profile after = *before;
  Apply(wish_, person, after);
  if (person.phone != old.phone && !PhoneLogin::Take(session, person.id, person.phone,
                                                     settings_.directory.reserve_deleted_names)) {
    return Refuse(Taken("phone"));
  }
  if (password_) person.password = *password_;
  // Whoever proved the old password keeps the token (6.6).
  if (wish_.old_password) extras.kept_credential = call_.caller.credential;
  extras.values = ProfileStore::Differences(*before, after);
  const bool same_person = person.display_name == old.display_name && person.email == old.email &&
                           person.phone == old.phone && person.password == old.password;
  // An image alone does not move updatedAt (5.4).
  extras.keep_updated_at = same_person && extras.values.empty();
  if (SetImage(session, person)) extras.more_fields.emplace_back("timeslot_images");
  return std::monostate();
}

bool Edit::SetImage(db::Session& session, db::Person& person) const {
  using directory::Picture;
  if (!wish_.image) return false;
  // A picture of another dialect that the client sends back as it got it stays what it is.
  const Picture present = Picture::FromColumn(person.picture);
  if (present.kind != Picture::Kind::kPublicId && Image(person, call_.BaseUrl()) == wish_.image) {
    return false;
  }
  const db::Time now = db::Now();
  using db::timeslot::ImageStore;
  ImageStore::Supersede(session, person.id, now, settings_.timeslot.tag_replaced_images);
  ImageStore::Add(session, person.id, *wish_.image, now);
  person.picture = Picture{Picture::Kind::kPublicId, *wish_.image}.ToColumn();
  return true;
}

}  // namespace

Answer UpdateUser::operator()(const Call& call) const {
  const auto wish = ReadUserWish(call.body, services_.settings.timeslot.require_old_password);
  if (!wish) return wish.error();
  if (auto problem = CheckOldPassword(call, *wish)) return *problem;
  if (auto problem = Validate(call, *wish)) return *problem;
  if (auto problem = RefuseUnstorable(*wish)) return *problem;
  if (auto problem = Store(call, *wish)) return *problem;
  return OwnUserAnswer(services_, call);
}

std::optional<Problem> UpdateUser::CheckOldPassword(const Call& call, const UserWish& wish) const {
  if (!wish.old_password) return std::nullopt;
  const std::string account = "user " + std::to_string(call.caller.id.value);
  const directory::SignIn::Attempt attempt{
      .actor = call.ToActor(),
      .password = *wish.old_password,
      .limits = directory::SignInLimits(services_.settings.throttle, "timeslot", account,
                                        call.request.remote_address)};
  const auto verified = services_.sign_in(attempt, [&](db::Session& session) {
    return db::PersonStore::Find(session, call.caller.id);
  });
  if (verified) return std::nullopt;
  const auto kind = verified.error().kind;
  if (kind == Refusal::Kind::kWrongPassword || kind == Refusal::Kind::kNotAllowed) {
    return Problem::OneSpace(401);
  }
  return ToProblem(verified.error());
}

std::optional<Problem> UpdateUser::Validate(const Call& call, const UserWish& wish) const {
  const UserId id = call.caller.id;
  const config::Directory& settings = services_.settings.directory;
  using Found = std::optional<Present>;
  const auto found = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    const auto user = ProfileStore::Find(session, id);
    if (!user) return Found();
    Present present{.person = user->person};
    present.email_taken =
        IsText(wish.email) && ProfileStore::IsEmailTaken(session, wish.email.text, id);
    present.phone_taken =
        !wish.phone.text.empty() &&
        PhoneLogin::IsTaken(session, wish.phone.text, id, settings.reserve_deleted_names);
    present.shortest_password = std::max(kShortestPassword, settings.min_password_length);
    return Found(present);
  });
  if (!found) return ToProblem(Refusal(found.error()));
  if (!*found) return Problem::BadCredentials();
  return RefuseWish(wish, **found);
}

std::optional<Problem> UpdateUser::Store(const Call& call, const UserWish& wish) const {
  std::optional<db::StoredPassword> password;
  if (wish.password) {
    password = services_.passwords.Hash(*wish.password);
    if (!password) return Problem::Unavailable(std::chrono::seconds(1));
  }
  Edit edit(services_, call, wish, std::move(password));
  const auto updated = services_.persons.Update(call.ToActor(), call.caller.id, std::ref(edit));
  if (updated) return std::nullopt;
  if (updated.error() == Refusal::Kind::kByDialect) return edit.Reason();
  return ToCallersProblem(updated.error());
}

}  // namespace rosterd::timeslot

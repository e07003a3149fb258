#include "handlers/timeslot/user_wish.h"

#include <algorithm>
#include <utility>

#include "handlers/timeslot/text.h"
#include "handlers/timeslot/validation.h"
#include "handlers/timeslot/views.h"

namespace rosterd::timeslot {
namespace {

using db::timeslot::kAlertKinds;
using db::timeslot::Profile;

constexpr size_t kLongestText = 255;
constexpr size_t kAlertBits = 10;
constexpr int kShort = 32;
constexpr int kLong = 64;

constexpr auto kTexts = std::to_array<std::pair<std::string_view, Scalar UserWish::*>>({
    {"username", &UserWish::username},
    {"email", &UserWish::email},
    {"phone", &UserWish::phone},
    {"publicUrl", &UserWish::public_url},
    {"locationId", &UserWish::location_id},
    {"slotDefaultDuration", &UserWish::slot_default_duration},
    {"slotDefaultLocationId", &UserWish::slot_default_location_id},
    {"slotDefaultTypeId", &UserWish::slot_default_type_id},
    {"push", &UserWish::push},
});

using Number = std::optional<int64_t> Profile::*;

/// A parameter that is an integer.
struct NumberParameter {
  std::string_view name;
  Scalar UserWish::*wish;
  Number column;
  int bits;
};

constexpr auto kNumbers = std::to_array<NumberParameter>({
    {"locationId", &UserWish::location_id, &Profile::location_id, kLong},
    {"slotDefaultDuration", &UserWish::slot_default_duration, &Profile::slot_default_duration,
     kShort},
    {"slotDefaultLocationId", &UserWish::slot_default_location_id,
     &Profile::slot_default_location_id, kLong},
    {"slotDefaultTypeId", &UserWish::slot_default_type_id, &Profile::slot_default_type_id, kShort},
});

bool IsText(const Scalar& scalar) { return scalar.state == Scalar::State::kText; }

/// Reads `image`; true when it was sent.
Result<bool, Problem> ReadImage(const Body& body, UserWish& wish) {
  const fcgi::Value* image = body.Find("image");
  if (image == nullptr) return false;
  if (IsBlank(*image)) return Problem::Missing("image");
  if (const std::string* text = image->AsText()) {
    wish.image = *text;
    return true;
  }
  if (image->AsObject() == nullptr) {
    wish.image_is_invalid = true;
    return true;
  }
  const fcgi::Value* public_id = image->Find("publicId");
  if (public_id == nullptr || IsBlank(*public_id)) return Problem::Missing("publicId");
  if (const std::string* text = public_id->AsText()) {
    wish.image = *text;
  } else if (const auto* number = public_id->AsNumber()) {
    wish.image = number->text;
  } else {
    wish.image_is_invalid = true;
  }
  return true;
}

// "oldPassword" is taken, too.
std::optional<std::string> OldPassword(const Body& body) {
  for (const std::string_view name : {"old_password", "oldPassword"}) {
    const Scalar scalar = body.Get(name);
    if (IsText(scalar)) return scalar.text;
  }
  return std::nullopt;
}

bool IsAlerts(const Scalar& scalar) {
  return scalar.is_string && scalar.text.size() == kAlertBits &&
         scalar.text.find_first_not_of("01") == std::string::npos;
}

bool IsNull(const Scalar& scalar) {
  return scalar.IsNull() || (IsText(scalar) && scalar.text.empty());
}

std::optional<Problem> RefuseText(const UserWish& wish, std::string_view name,
                                  const Scalar& scalar) {
  if (!IsText(scalar)) return std::nullopt;
  const bool is_line = name == "email";
  const bool is_clean = is_line ? IsStorableLine(scalar.text) : IsStorable(scalar.text);
  if (!is_clean) return Problem::Invalid(name);
  if (name == "publicUrl" && Length(scalar.text) > kLongestText) return Problem::Invalid(name);
  const auto* const number =
      std::find_if(kNumbers.begin(), kNumbers.end(),
                   [&](const NumberParameter& candidate) { return candidate.name == name; });
  if (number == kNumbers.end() || IsNull(wish.*(number->wish))) return std::nullopt;
  if (ToInteger(scalar.text, number->bits)) return std::nullopt;
  return Problem::Invalid(name);
}

bool IsTrue(const Scalar& push) {
  constexpr std::array<std::string_view, 7> kTrue = {"1", "t", "T", "true", "TRUE", "on", "ON"};
  return std::find(kTrue.begin(), kTrue.end(), push.text) != kTrue.end();
}

// An absent parameter leaves what is there; null and "" have no text.
std::string TextOr(const Scalar& scalar, const std::string& present) {
  return scalar.IsSent() ? scalar.text : present;
}

std::optional<std::string> EmailAfter(const UserWish& wish, const db::Person& person) {
  if (!wish.email.IsSent()) return person.email;
  return wish.email.IsNull() ? std::nullopt : std::optional(wish.email.text);
}

void ApplyProfile(const UserWish& wish, Profile& profile) {
  if (wish.public_url.IsNull()) profile.public_url.reset();
  if (IsText(wish.public_url)) profile.public_url = wish.public_url.text;
  for (const NumberParameter& number : kNumbers) {
    const Scalar& scalar = wish.*(number.wish);
    if (scalar.IsSent()) profile.*(number.column) = ToInteger(scalar.text, number.bits);
  }
  for (size_t kind = 0; kind < kAlertKinds; ++kind) {
    const Scalar& alerts = wish.alerts.at(kind);
    if (!alerts.IsSent()) continue;
    profile.alerts.at(kind) = alerts.IsNull() ? db::timeslot::kNoAlerts : alerts.text;
  }
  if (wish.push.IsSent()) profile.push = IsNull(wish.push) || IsTrue(wish.push);
}

}  // namespace

Result<UserWish, Problem> ReadUserWish(const Body& body, bool require_old_password) {
  UserWish wish;
  const Scalar password = body.Get("password");
  bool is_sent = password.IsSent();
  for (const auto& [name, member] : kTexts) {
    wish.*member = body.Get(name);
    is_sent = is_sent || (wish.*member).IsSent();
  }
  for (size_t kind = 0; kind < kAlertKinds; ++kind) {
    wish.alerts.at(kind) = body.Get(kAlertNames.at(kind));
    is_sent = is_sent || wish.alerts.at(kind).IsSent();
  }
  const auto image = ReadImage(body, wish);
  if (!image) return image.error();
  if (!is_sent && !*image) return Problem::Missing("user");

  if (!IsText(password) || body.IsBlank("password")) return wish;
  wish.password = password.text;
  wish.old_password = OldPassword(body);
  const bool is_missing = !wish.old_password || IsBlank(*wish.old_password);
  if (require_old_password && is_missing) return Problem::Missing("old_password");
  return wish;
}

std::optional<Problem> RefuseUnstorable(const UserWish& wish) {
  for (const auto& [name, member] : kTexts) {
    if (auto problem = RefuseText(wish, name, wish.*member)) return problem;
  }
  for (size_t kind = 0; kind < kAlertKinds; ++kind) {
    const Scalar& alerts = wish.alerts.at(kind);
    if (IsText(alerts) && !IsAlerts(alerts)) return Problem::Invalid(kAlertNames.at(kind));
  }
  const bool is_image =
      !wish.image || (IsStorable(*wish.image) && Length(*wish.image) <= kLongestText);
  if (wish.image_is_invalid || !is_image) return Problem::Invalid("publicId");
  if (wish.password && wish.password->find('\0') != std::string::npos) {
    return Problem::Invalid("password");
  }
  return std::nullopt;
}

void Apply(const UserWish& wish, db::Person& person, Profile& profile) {
  // A person without a display name of its own keeps being named after its other names.
  if (wish.username.IsSent() && wish.username.text != DisplayName(person)) {
    person.display_name = wish.username.text;
  }
  const std::optional<std::string> email = EmailAfter(wish, person);
  if (email != person.email) profile.email_verified = false;
  person.email = email;
  const std::string phone = TextOr(wish.phone, person.phone);
  if (phone != person.phone) profile.phone_verified = false;
  person.phone = phone;
  ApplyProfile(wish, profile);
}

bool LosesAllAddresses(const UserWish& wish, const db::Person& person) {
  if (!person.email && person.phone.empty()) return false;
  return !EmailAfter(wish, person) && TextOr(wish.phone, person.phone).empty();
}

}  // namespace rosterd::timeslot

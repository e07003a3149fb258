#include "handlers/timeslot/validation.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <string>

#include "directory/persons.h"
#include "handlers/timeslot/text.h"
#include "handlers/timeslot/views.h"

namespace rosterd::timeslot {
namespace {

constexpr size_t kEmailLength = 254;
constexpr size_t kPasswordLength = 72;
constexpr size_t kPhoneLength = 35;

std::string TooLong(size_t most) {
  return "is too long (maximum is " + std::to_string(most) + " characters)";
}

// One or more characters, "@", one or more, ".", one or more: the first "@" that has something in
// front of it and the last "." that has something behind it leave the most room between them.
bool IsEmailLine(std::string_view line) {
  const size_t at = line.find('@', 1);
  if (at == std::string_view::npos || line.size() < 2) return false;
  const size_t dot = line.rfind('.', line.size() - 2);
  return dot != std::string_view::npos && dot >= at + 2;
}

bool IsEmail(std::string_view text) {
  while (true) {
    const size_t end = text.find('\n');
    if (IsEmailLine(text.substr(0, end))) return true;
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + 1);
  }
}

std::string_view WithoutSign(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return text;
}

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// A decimal number with a fraction or an exponent, beyond the range of a double or not.
bool IsNumber(std::string_view text) {
  text = WithoutSign(text);
  const size_t exponent = text.find_first_of("eE");
  if (exponent != std::string_view::npos) {
    if (!IsDigits(WithoutSign(text.substr(exponent + 1)))) return false;
    text = text.substr(0, exponent);
  }
  const size_t dot = text.find('.');
  if (dot == std::string_view::npos) return IsDigits(text);
  return IsDigits(text.substr(0, dot)) && IsDigits(text.substr(dot + 1));
}

}  // namespace

void CheckUsername(std::string_view username, Violations& violations) {
  if (IsBlank(username)) violations.Add("username", kCannotBeBlank);
  if (Length(username) > kUsernameLength) violations.Add("username", TooLong(kUsernameLength));
}

void CheckEmail(std::string_view email, bool is_taken, Violations& violations) {
  if (Length(email) > kEmailLength) violations.Add("email", TooLong(kEmailLength));
  if (is_taken) violations.Add("email", kTaken);
  if (!IsEmail(email)) violations.Add("email", "invalid email address");
}

void CheckPassword(std::string_view password, int least, Violations& violations) {
  const size_t length = Length(password);
  if (length < static_cast<size_t>(least)) {
    violations.Add("password",
                   "is too short (minimum is " + std::to_string(least) + " characters)");
  }
  if (length > kPasswordLength) violations.Add("password", TooLong(kPasswordLength));
}

void CheckDuration(std::string_view duration, Violations& violations) {
  if (!IsNumber(duration)) {
    violations.Add("slot_default_duration", "is not a number");
  } else if (!IsDigits(WithoutSign(duration))) {
    violations.Add("slot_default_duration", "must be an integer");
  }
}

void CheckPhone(std::string_view phone, bool is_taken, Violations& violations) {
  if (is_taken) violations.Add("phone", kTaken);
  if (Length(phone) > kPhoneLength) violations.Add("phone", TooLong(kPhoneLength));
}

std::optional<int64_t> ToInteger(std::string_view text, int bits) {
  constexpr int kShort = 32;
  if (!IsDigits(WithoutSign(text))) return std::nullopt;
  if (text.starts_with('+')) text.remove_prefix(1);
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const bool fits = bits != kShort || (number >= std::numeric_limits<int32_t>::min() &&
                                       number <= std::numeric_limits<int32_t>::max());
  return fits ? std::optional(number) : std::nullopt;
}

bool IsStorable(std::string_view text) { return directory::IsCleanText(text); }

bool IsStorableLine(std::string_view text) {
  return IsStorable(text) && text.find_first_of("\t\r\n") == std::string_view::npos;
}

}  // namespace rosterd::timeslot

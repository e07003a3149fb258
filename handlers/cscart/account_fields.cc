#include "handlers/cscart/account_fields.h"

#include <array>
#include <charconv>
#include <chrono>
#include <utility>

namespace rosterd::cscart {
namespace {

using TextMember = std::optional<std::string> AccountFields::*;
struct TextField {
  std::string_view name;
  size_t width;
  TextMember member;
};

constexpr std::array<TextField, 9> kTexts = {{
    {"user_login", 255, &AccountFields::user_login},
    {"firstname", 128, &AccountFields::firstname},
    {"lastname", 128, &AccountFields::lastname},
    {"company", 255, &AccountFields::company},
    {"phone", 128, &AccountFields::phone},
    {"url", 128, &AccountFields::url},
    {"fax", 128, &AccountFields::fax},
    {"lang_code", 2, &AccountFields::lang_code},
    {"referer", 255, &AccountFields::referer},
}};

// The last second that DATETIME holds, 9999-12-31 23:59:59.
constexpr uint64_t kLastSecond = 253402300799;

bool IsEmail(std::string_view text) {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; };
  for (const char c : text) {
    if (blank(c)) return false;
  }
  return text.find('@') != std::string_view::npos;
}

std::optional<std::string> ReadEmail(FieldReader& reader) {
  auto email = reader.Text("email", 128);
  if (!email) return std::nullopt;
  if (email->empty()) {
    reader.Refuse(Problem::Message("email is required"));
  } else if (!IsEmail(*email)) {
    reader.Refuse(Problem::Error("email is not valid"));
  }
  return email;
}

std::optional<db::Status> ReadStatus(FieldReader& reader) {
  const auto letter = reader.Letter("status", "ADHP");
  if (!letter) return std::nullopt;
  return StatusFromLetter(*letter);
}

std::optional<int64_t> ReadBirthday(FieldReader& reader) {
  const auto text = reader.Text("birthday", 20);
  if (!text) return std::nullopt;
  if (text->empty()) return 0;
  int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (error != std::errc() || end != text->data() + text->size()) {
    reader.Refuse(Problem::Error("birthday is not a number"));
  }
  return seconds;
}

std::optional<std::string> ReadTaxExempt(FieldReader& reader) {
  auto text = reader.Text("tax_exempt", 255);
  if (!text) return std::nullopt;
  if (text->empty()) return "N";
  if (*text != "Y" && *text != "N") reader.Refuse(Problem::Error("tax_exempt is not valid"));
  return text;
}

// What is no number of seconds means "now" on creation, and changes nothing later.
std::optional<db::Time> ReadTimestamp(FieldReader& reader) {
  const auto text = reader.Text("timestamp", 255);
  if (!text) return std::nullopt;
  if (text->empty() || text->find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  const uint64_t seconds = ParseId(*text).value_or(kIdLimit);
  if (seconds > kLastSecond) {
    reader.Refuse(Problem::Error("timestamp is too large"));
    return std::nullopt;
  }
  return db::Time(std::chrono::seconds(seconds));
}

void Set(std::string& target, const std::optional<std::string>& value) {
  if (value) target = *value;
}

}  // namespace

AccountFields ReadAccountFields(FieldReader& reader) {
  AccountFields fields;
  fields.email = ReadEmail(reader);
  fields.user_type = reader.Letter("user_type", "ACVP");
  for (const TextField& text : kTexts) fields.*text.member = reader.Text(text.name, text.width);
  fields.tax_exempt = ReadTaxExempt(reader);
  fields.company_id = reader.Number("company_id");
  fields.birthday = ReadBirthday(reader);
  fields.status = ReadStatus(reader);
  fields.created_at = ReadTimestamp(reader);
  return fields;
}

void Apply(const AccountFields& fields, db::Person& person, db::cscart::AccountColumns& account) {
  if (fields.email) person.email = fields.email;
  Set(person.username, fields.user_login);
  if (person.username.empty() && person.id.value != 0)
    person.username = "user_" + std::to_string(person.id.value);
  Set(person.first_name, fields.firstname);
  Set(person.last_name, fields.lastname);
  Set(person.company, fields.company);
  Set(person.phone, fields.phone);
  if (fields.status) person.status = *fields.status;
  if (fields.created_at) person.created_at = *fields.created_at;

  Set(account.user_type, fields.user_type);
  Set(account.url, fields.url);
  Set(account.fax, fields.fax);
  Set(account.lang_code, fields.lang_code);
  Set(account.tax_exempt, fields.tax_exempt);
  Set(account.referer, fields.referer);
  if (fields.company_id) account.company_id = *fields.company_id;
  if (fields.birthday) account.birthday = *fields.birthday;
}

std::optional<db::Status> StatusFromLetter(std::string_view letter) {
  if (letter == "A") return db::Status::kActive;
  if (letter == "D") return db::Status::kDisabled;
  if (letter == "H") return db::Status::kHidden;
  if (letter == "P") return db::Status::kPending;
  return std::nullopt;
}

std::string_view GroupTypeOf(std::string_view user_type) {
  return user_type == "A" || user_type == "V" ? "A" : "C";
}

}  // namespace rosterd::cscart

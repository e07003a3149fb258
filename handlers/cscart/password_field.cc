#include "handlers/cscart/password_field.h"

#include <chrono>
#include <utility>

namespace rosterd::cscart {
namespace {

// What bcrypt looks at, which other programs on the same database may still use.
constexpr size_t kMostBytes = 72;
constexpr size_t kSaltWidth = 10;
constexpr size_t kFieldWidth = 4096;

void CheckPlain(FieldReader& reader, const std::string& password, int min_length) {
  if (CountCharacters(password) < static_cast<size_t>(min_length)) {
    reader.Refuse(Problem::Error("password is too short"));
  }
  if (password.size() > kMostBytes) reader.Refuse(Problem::Error("password is too long"));
}

// Only the md5 forms have a salt beside them.
db::StoredPassword ReadyHash(FieldReader& reader, std::string hash) {
  const std::string salt = reader.Text("salt", kSaltWidth).value_or("");
  if (hash.starts_with('$')) return {.hash = std::move(hash), .salt = ""};
  return {.hash = std::move(hash), .salt = salt};
}

}  // namespace

PasswordField ReadPassword(FieldReader& reader, Version version, int min_length) {
  const auto first = reader.Text("password1", kFieldWidth);
  const auto second = reader.Text("password2", kFieldWidth);
  auto single = reader.Text("password", kFieldWidth);
  if (first.value_or("") != second.value_or("")) {
    reader.Refuse(Problem::Error("password1 and password2 differ"));
  }

  PasswordField field;
  const bool twice = first && !first->empty();
  if (twice) single = first;
  if (!single || single->empty()) return field;

  if (!twice && version != Version::kFour && directory::IsKnownHashForm(*single)) {
    field.ready = ReadyHash(reader, std::move(*single));
  } else {
    CheckPlain(reader, *single, min_length);
    field.plain = std::move(single);
  }
  return field;
}

Result<std::optional<db::StoredPassword>, Problem> ToStored(const PasswordField& field,
                                                            const directory::Passwords& passwords) {
  if (!field.plain) return field.ready;
  auto stored = passwords.Hash(*field.plain);
  if (!stored) return Problem::Later(503, std::chrono::seconds(1));
  return stored;
}

}  // namespace rosterd::cscart

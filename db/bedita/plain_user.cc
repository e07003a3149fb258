#include "db/bedita/plain_user.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "db/bedita/attributes.h"
#include "db/person.h"

namespace rosterd::db::bedita {
namespace {

// The id, the attributes in their order, external_auth excepted, which is none, and the display
// name. Times as text, which the server writes faster than the client library.
#define ROSTERD_PLAIN_USER                                                                        \
  "SELECT u.id, u.status, u.bedita_uname, u.bedita_title, u.bedita_description, u.bedita_body,"   \
  " u.bedita_extra, u.bedita_lang, u.first_name, u.last_name, u.email, u.bedita_person_title,"    \
  " u.bedita_gender, u.bedita_birthdate, u.bedita_deathdate, u.bedita_company, u.company,"        \
  " u.bedita_company_kind, u.bedita_street_address, u.bedita_city, u.bedita_zipcode,"             \
  " u.bedita_country, u.bedita_state_name, u.phone, u.bedita_website,"                            \
  " u.bedita_national_id_number, u.bedita_vat_number, u.bedita_publish_start,"                    \
  " u.bedita_publish_end, u.username, u.bedita_pseudonym, u.bedita_user_preferences,"             \
  " u.bedita_locked, CAST(u.created_at AS CHAR), CAST(u.updated_at AS CHAR), u.bedita_published," \
  " u.bedita_created_by, u.bedita_modified_by, u.blocked, CAST(u.last_login_at AS CHAR),"         \
  " u.bedita_last_login_err, u.bedita_num_login_err, u.bedita_verified, u.password_changed_at,"   \
  " u.display_name"
constexpr std::string_view kFind =
    ROSTERD_PLAIN_USER ", u.deleted_at FROM users u FORCE INDEX (PRIMARY) WHERE u.id = ?";

constexpr int kOwnId = 0;
constexpr int kAttributes = 1;
constexpr int kDisplayName = kAttributes + user::kExternalAuth;
constexpr int kDeletedAt = kDisplayName + 1;

constexpr size_t kDisplayNameSize = 255;  // characters

constexpr std::array<user::Index, 4> kEmptyIsNull = {user::kName, user::kSurname,
                                                     user::kCompanyName, user::kPhone};

struct Range {
  char32_t first;
  char32_t last;
};
// Letters alone, of Latin, Greek, Cyrillic, Hebrew, Arabic, Kana, Han and Hangul: none of them
// equals nothing in the collation of our columns.
constexpr std::array<Range, 11> kLetters = {{{0xC0, 0x24F},
                                             {0x388, 0x3CE},
                                             {0x400, 0x481},
                                             {0x48A, 0x4FF},
                                             {0x5D0, 0x5EA},
                                             {0x621, 0x63A},
                                             {0x641, 0x64A},
                                             {0x3041, 0x3094},
                                             {0x30A1, 0x30FA},
                                             {0x4E00, 0x9FA5},
                                             {0xAC00, 0xD7A3}}};

/// Takes the first character of a text that is valid UTF-8.
char32_t TakeCharacter(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const size_t size = first < 0x80U ? 1 : (first < 0xE0U ? 2 : (first < 0xF0U ? 3 : 4));
  char32_t character = size == 1 ? first : first & (0x7FU >> size);
  for (size_t i = 1; i < std::min(size, text.size()); ++i) {
    character = character << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  text.remove_prefix(std::min(size, text.size()));
  return character;
}

bool IsLetterOrDigit(char32_t character) {
  if (character < 0x80) {
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
           (character >= 'A' && character <= 'Z');
  }
  return std::ranges::any_of(kLetters, [&](const Range& range) {
    return character >= range.first && character <= range.last;
  });
}

enum class Emptiness { kEmpty, kFilled, kUnclear };

Emptiness EmptinessOf(std::string_view text) {
  if (text.empty()) return Emptiness::kEmpty;
  while (!text.empty()) {
    if (IsLetterOrDigit(TakeCharacter(text))) return Emptiness::kFilled;
  }
  return Emptiness::kUnclear;
}

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// The first `count` characters.
std::string_view Left(std::string_view text, size_t count) {
  std::string_view rest = text;
  for (size_t i = 0; i < count && !rest.empty(); ++i) TakeCharacter(rest);
  return text.substr(0, text.size() - rest.size());
}

using Shown = std::optional<std::string>;

/// The same with an empty text as none.
Result<Shown, Unclear> NullIfEmpty(std::string_view text) {
  const Emptiness emptiness = EmptinessOf(text);
  if (emptiness == Emptiness::kUnclear) return Unclear();
  return emptiness == Emptiness::kEmpty ? Shown() : Shown(text);
}

// What the expression of the attribute says: see attributes.cc.
Result<Shown, Unclear> TitleOf(const Record& record, const std::string& display_name) {
  const Shown& title = record.values[user::kTitle];
  if (title && display_name == Left(*title, kDisplayNameSize)) return title;
  auto shared = NullIfEmpty(display_name);
  if (!shared || *shared || record.values[user::kUname]) return shared;
  const auto text = [&](user::Index index) { return record.Text(index); };
  std::string names(text(user::kName));
  names.append(" ").append(text(user::kSurname));
  auto full = NullIfEmpty(Trimmed(names));
  if (!full || *full) return full;
  return NullIfEmpty(text(user::kCompanyName));
}

std::string_view StatusOf(std::string_view stored) {
  if (stored == ToText(Status::kActive)) return "on";
  return stored == ToText(Status::kPending) ? "draft" : "off";
}

}  // namespace

PlainColumns PlainUserColumns() {
  PlainColumns columns;
  columns.select.Add(ROSTERD_PLAIN_USER);
  columns.count = kDisplayName + 1;
  return columns;
}

#undef ROSTERD_PLAIN_USER

Result<Record, Unclear> ReadPlainUser(const Rows& rows) {
  Record record;
  record.id = rows.Number(kOwnId);
  record.values.reserve(user::kCount);
  for (int column = kAttributes; column < kDisplayName; ++column) {
    record.values.push_back(rows.OptionalText(column));
  }
  record.values.resize(user::kCount);

  auto title = TitleOf(record, rows.Text(kDisplayName));
  if (!title) return Unclear();
  record.values[user::kTitle] = *std::move(title);
  for (const user::Index index : kEmptyIsNull) {
    const Emptiness emptiness = EmptinessOf(record.Text(index));
    if (emptiness == Emptiness::kUnclear) return Unclear();
    if (emptiness == Emptiness::kEmpty) record.values[index].reset();
  }
  Shown& uname = record.values[user::kUname];
  if (!uname) uname = "user-" + std::to_string(record.id);
  record.values[user::kStatus] = StatusOf(record.Text(user::kStatus));
  return record;
}

Result<std::optional<Record>, Unclear> FindPlainUser(Session& session, uint64_t id) {
  Rows rows = session.Query(kFind, id);
  if (!rows.Next() || !rows.IsNull(kDeletedAt)) return std::optional<Record>();
  auto record = ReadPlainUser(rows);
  if (!record) return Unclear();
  return std::optional<Record>(*std::move(record));
}

}  // namespace rosterd::db::bedita

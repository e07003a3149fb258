#include "directory/person_rules.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "directory/persons.h"

namespace rosterd::directory {

namespace {

struct TextField {
  std::string_view name;
  std::string db::Person::*member;
};

constexpr std::array kTextFields = {
    TextField{"username", &db::Person::username},
    TextField{"phone", &db::Person::phone},
    TextField{"first_name", &db::Person::first_name},
    TextField{"last_name", &db::Person::last_name},
    TextField{"display_name", &db::Person::display_name},
    TextField{"company", &db::Person::company},
    TextField{"position", &db::Person::position},
    TextField{"picture", &db::Person::picture},
};

bool IsControl(unsigned char byte) { return byte < 0x20 || byte == 0x7F; }

bool IsOneLine(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return IsControl(static_cast<unsigned char>(c)); });
}

/// What may begin a character of more than one byte: overlong forms, surrogates and what lies above
/// U+10FFFF are left out.
struct Beginning {
  unsigned char least_first;
  unsigned char most_first;
  unsigned char least_second;
  unsigned char most_second;
  size_t size;
};

constexpr std::array kBeginnings = {
    Beginning{0xC2, 0xDF, 0x80, 0xBF, 2}, Beginning{0xE0, 0xE0, 0xA0, 0xBF, 3},
    Beginning{0xE1, 0xEC, 0x80, 0xBF, 3}, Beginning{0xED, 0xED, 0x80, 0x9F, 3},
    Beginning{0xEE, 0xEF, 0x80, 0xBF, 3}, Beginning{0xF0, 0xF0, 0x90, 0xBF, 4},
    Beginning{0xF1, 0xF3, 0x80, 0xBF, 4}, Beginning{0xF4, 0xF4, 0x80, 0x8F, 4},
};

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// How many bytes the first character of a text takes in UTF-8; 0 when it is none.
size_t CharacterSize(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return 1;
  if (text.size() < 2) return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  const auto* const found =
      std::find_if(kBeginnings.begin(), kBeginnings.end(), [=](const Beginning& beginning) {
        return beginning.least_first <= first && first <= beginning.most_first &&
               beginning.least_second <= second && second <= beginning.most_second;
      });
  if (found == kBeginnings.end() || text.size() < found->size) return 0;
  const std::string_view rest = text.substr(2, found->size - 2);
  return std::all_of(rest.begin(), rest.end(), IsContinuation) ? found->size : 0;
}

bool IsCleanName(std::string_view name) { return IsOneLine(name) && IsCleanText(name); }

}  // namespace

bool MaySignIn(const db::Person& person) {
  return person.status == db::Status::kActive && !person.blocked && !person.deleted_at;
}

bool IsCleanText(std::string_view text) {
  while (!text.empty()) {
    const char first = text.front();
    const bool layout = first == '\t' || first == '\n' || first == '\r';
    if (!layout && IsControl(static_cast<unsigned char>(first))) return false;
    const size_t size = CharacterSize(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

void Normalise(db::Person& person) {
  if (person.email && person.email->empty()) person.email.reset();
}

bool HasCleanTexts(const db::Person& before, const db::Person& after,
                   const db::DialectValues& values) {
  if (after.username != before.username && !IsCleanName(after.username)) return false;
  if (after.email != before.email && after.email && !IsCleanName(*after.email)) return false;
  const bool texts =
      std::all_of(kTextFields.begin(), kTextFields.end(), [&](const TextField& field) {
        const std::string& text = after.*field.member;
        return text == before.*field.member || IsCleanText(text);
      });
  return texts && std::all_of(values.begin(), values.end(),
                              [](const auto& value) { return IsCleanText(value.second.Text()); });
}

std::vector<std::string> ChangedFields(const db::Person& before, const db::Person& after) {
  std::vector<std::string> fields;
  for (const TextField& field : kTextFields) {
    if (before.*field.member != after.*field.member) fields.emplace_back(field.name);
  }
  if (before.email != after.email) fields.emplace_back("email");
  if (before.password != after.password) fields.emplace_back("password");
  if (before.status != after.status) fields.emplace_back("status");
  if (before.blocked != after.blocked) fields.emplace_back("blocked");
  if (before.created_at != after.created_at) fields.emplace_back("created_at");
  if (before.last_login_at != after.last_login_at) fields.emplace_back("last_login_at");
  return fields;
}

std::string JoinFields(std::vector<std::string> fields, const db::DialectValues& values,
                       const std::vector<std::string>& more) {
  for (const auto& value : values) fields.emplace_back(value.first.name);
  fields.insert(fields.end(), more.begin(), more.end());
  std::string joined;
  for (auto field = fields.begin(); field != fields.end(); ++field) {
    if (std::find(fields.begin(), field, *field) != field) continue;
    if (!joined.empty()) joined += ',';
    joined += *field;
  }
  return joined;
}

}  // namespace rosterd::directory

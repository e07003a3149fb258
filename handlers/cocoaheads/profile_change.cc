#include "handlers/cocoaheads/profile_change.h"

#include <array>
#include <utility>
#include <variant>

#include "directory/picture.h"
#include "directory/picture_files.h"
#include "fcgi/ascii.h"
#include "handlers/cocoaheads/staged_photo.h"
#include "handlers/cocoaheads/text_rules.h"

namespace rosterd::cocoaheads {
namespace {

using directory::Outcome;
using directory::Picture;
using Found = std::optional<std::string>;

struct Rule {
  std::string name;
  Found ProfileChange::*member;
  bool filled;  ///< may not be blank
};

std::optional<Problem> Check(const Rule& rule, const std::string& text) {
  if (Characters(text) > kMostCharacters) {
    return Problem::Bad(rule.name + " is longer than 255 characters");
  }
  if (rule.filled && Trim(text).empty()) return Problem::Bad(rule.name + " must not be blank");
  return std::nullopt;
}

/// The file that a picture stands for; empty when it is none.
std::string FileOf(const std::string& picture) {
  Picture read = Picture::FromColumn(picture);
  return read.kind == Picture::Kind::kFile ? std::move(read.value) : std::string();
}

}  // namespace

Result<ProfileChange, Problem> ReadProfile(const Fields& fields,
                                           const std::string& lastname_field) {
  const std::array<Rule, 6> rules = {{
      {"name", &ProfileChange::name, true},
      {lastname_field, &ProfileChange::lastname, true},
      {"email", &ProfileChange::email, true},
      {"phone", &ProfileChange::phone, false},
      {"company", &ProfileChange::company, false},
      {"position", &ProfileChange::position, false},
  }};
  ProfileChange change;
  for (const Rule& rule : rules) {
    auto text = fields.Text(rule.name);
    if (!text) return text.error();
    if (!*text) continue;
    if (auto problem = Check(rule, **text)) return *problem;
    change.*rule.member = **std::move(text);
  }
  if (change.email) {
    change.email = std::string(Trim(*change.email));
    if (!IsEmail(*change.email)) return Problem::Bad("email is no e-mail address");
  }
  return change;
}

void Apply(const ProfileChange& change, db::Person& person) {
  if (change.email) {
    const bool named_after =
        person.email && fcgi::EqualsIgnoringCase(person.username, *person.email);
    if (named_after) person.username = *change.email;
    person.email = *change.email;
  }
  if (change.name) person.first_name = *change.name;
  if (change.lastname) person.last_name = *change.lastname;
  if (change.phone) person.phone = *change.phone;
  if (change.company) person.company = *change.company;
  if (change.position) person.position = *change.position;
}

Result<db::Person, Problem> ChangeProfile(const Services& services, const directory::Actor& actor,
                                          UserId id, const ProfileChange& change) {
  StagedPhoto photo(services.settings.server, change.photo);
  std::string before;
  const auto edit = [&](db::Session&, db::Person& person,
                        directory::EditExtras&) -> Outcome<std::monostate> {
    before = person.picture;
    Apply(change, person);
    if (const auto picture = photo.PictureFor(id)) person.picture = *picture;
    return std::monostate();
  };
  auto changed = services.persons.Update(actor, id, edit);
  photo.Settle(changed);
  if (!changed) return ToProblem(changed.error());
  if (changed->picture != before) photo.Remove(FileOf(before));
  return *std::move(changed);
}

}  // namespace rosterd::cocoaheads

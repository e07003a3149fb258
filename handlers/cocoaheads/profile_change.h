#pragma once

#include <optional>
#include <string>

#include "db/person.h"
#include "db/result.h"
#include "directory/actor.h"
#include "handlers/cocoaheads/fields.h"
#include "handlers/cocoaheads/photo.h"
#include "handlers/cocoaheads/problem.h"
#include "handlers/dialect.h"

namespace rosterd::cocoaheads {

/// What a request says about a profile; what it does not name stays. Checked. Contract: section 5.
struct ProfileChange {
  std::optional<std::string> name;
  std::optional<std::string> lastname;
  std::optional<std::string> email;
  std::optional<std::string> phone;
  std::optional<std::string> company;
  std::optional<std::string> position;
  PhotoWish photo;
};

/// Reads the fields without the photo; the last name is called `lastname_field`. 400 for a bad
/// type, length or e-mail address, and for a name, last name or address that is there but blank.
Result<ProfileChange, Problem> ReadProfile(const Fields& fields,
                                           const std::string& lastname_field = "lastname");

/// Puts the texts into a person. Its username follows the e-mail address when they were the same.
void Apply(const ProfileChange& change, db::Person& person);

/// Changes a person in one unit of work, its photo with it: the new file lies in its place before
/// the commit, the old one goes after it. The person as it is then.
Result<db::Person, Problem> ChangeProfile(const Services& services, const directory::Actor& actor,
                                          UserId id, const ProfileChange& change);

}  // namespace rosterd::cocoaheads

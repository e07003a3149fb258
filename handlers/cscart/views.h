#pragma once

#include <string>
#include <vector>

#include "db/cscart/user_store.h"
#include "handlers/json_writer.h"

namespace rosterd::cscart {

/// Which members follow the twelve. Contract: section 22.
struct Extras {
  bool phone = false;
  bool last_login = false;
  bool points = false;
};

/// The members that a request gets: all with `extended`, else those of the setting extra_fields.
Extras ChooseExtras(bool extended, const std::vector<std::string>& extra_fields);

/// The user object: twelve members in their order, each a string, but company_name, which may be
/// null. Contract: section 9.
void WriteUser(JsonWriter& json, const db::cscart::UserRow& user, const Extras& extras);

/// The same object with everything that `full=Y` adds.
void WriteFullUser(JsonWriter& json, const db::cscart::UserRow& user,
                   const db::cscart::UserDetails& details);

/// The links of a person as an object by group id, each with the type of its group when asked.
void WriteLinks(JsonWriter& json, const std::vector<db::cscart::UsergroupLink>& links,
                bool with_type);

}  // namespace rosterd::cscart

#pragma once

#include <string>

#include "db/brightact/org_store.h"
#include "db/brightact/user_store.h"
#include "handlers/brightact/zone.h"
#include "handlers/json_writer.h"

namespace rosterd::brightact {

/// Whether a user object has the member `is_deleted`: only GET of one user shows it.
enum class ShowDeleted { kNo, kYes };

/// The user object: every value is a string, numbers and flags included. Contract: section 5.
void WriteUser(JsonWriter& json, const db::brightact::User& user, const Zone& zone,
               ShowDeleted show_deleted);
void WriteOrg(JsonWriter& json, const db::brightact::Org& org, const Zone& zone);

/// {"id":"21"}: the answer to what was created.
std::string NewId(uint64_t id);

// How single members are shown, for what writes them back.

/// The username, or the e-mail address in place of one that nobody chose.
std::string ShownUsername(const db::Person& person);
/// True when the person is activated: everything else shows as "0".
bool IsActive(const db::Person& person);

}  // namespace rosterd::brightact

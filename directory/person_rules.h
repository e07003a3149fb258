#pragma once

#include <string>
#include <vector>

#include "db/person.h"

namespace rosterd::directory {

/// Sets what an empty text means: no e-mail address instead of an empty one.
void Normalise(db::Person& person);

/// True when each text in which `after` differs from `before`, and each of the dialect's values,
/// may be stored: clean, and names without line breaks and tabs.
bool HasCleanTexts(const db::Person& before, const db::Person& after,
                   const db::DialectValues& values);

/// The names of the shared fields in which two persons differ, for the audit: "password" for all of
/// a password, nothing for updated_at.
std::vector<std::string> ChangedFields(const db::Person& before, const db::Person& after);

/// Adds the names of a dialect's columns and what it wrote elsewhere; joined by commas, each name
/// once.
std::string JoinFields(std::vector<std::string> fields, const db::DialectValues& values,
                       const std::vector<std::string>& more);

}  // namespace rosterd::directory

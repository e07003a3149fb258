#pragma once

#include <optional>
#include <string>

#include "db/connection.h"
#include "db/ids.h"
#include "db/time.h"
#include "directory/actor.h"
#include "handlers/cscart/field_reader.h"

namespace rosterd::cscart {

/// What a POST or PUT wants with the account's API key. Contract: section 5.
struct ApiKeyChange {
  std::string key;  ///< the new key; empty ends the present one
};

/// Reads `raw_api_key` and `api_key`; problems stay in `reader`. Nothing when none was sent, and
/// for callers who are not root: theirs are ignored.
std::optional<ApiKeyChange> ReadApiKey(FieldReader& reader, const Caller& caller);

/// Does it, within a unit of work; true when a key began or ended.
bool Apply(const ApiKeyChange& change, db::Session& session, const directory::Actor& actor,
           UserId user, db::Time now);

}  // namespace rosterd::cscart

#pragma once

#include <cstdint>

#include "db/bedita/attributes.h"
#include "db/bedita/list_filter.h"
#include "db/bedita/record_store.h"
#include "handlers/bedita/call.h"

namespace rosterd::bedita {

/// The statuses that `status_level` lets through.
db::bedita::Level LevelOf(const config::Bedita& settings);
/// True when users of this status ("on") are shown.
bool IsShown(db::bedita::Level level, std::string_view status);

/// What the caller may see of a resource: everything, unless `anonymous_fields` limits it.
db::bedita::Choice Visible(const Call& call, const db::bedita::Resource& resource);

/// The users (or roles) that are there for requests.
db::bedita::ListFilter Present(const Call& call);
/// True when no `status_level` hides this user.
bool IsPresent(db::Session& session, const Call& call, uint64_t user);

/// What a segment of a path means: digits are an id, anything else a unique name.
db::bedita::Ident ReadIdent(const db::bedita::Resource& resource, std::string_view segment);

}  // namespace rosterd::bedita

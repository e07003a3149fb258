#pragma once

#include <memory>

#include "db/connection.h"
#include "db/ids.h"
#include "handlers/dialect.h"

namespace rosterd::cocoaheads {

/// The CocoaHeads users API, whole. Contract: contracts/cocoaheads.md.
std::unique_ptr<Dialect> MakeCocoaheads(const Services& services);

/// Erases what this dialect keeps of a person beside its row, when the person is purged.
void ErasePerson(db::Session& session, UserId id);

}  // namespace rosterd::cocoaheads

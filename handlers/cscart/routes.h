#pragma once

#include <memory>

#include "db/connection.h"
#include "db/ids.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// The CS-Cart users API, whole. Contract: contracts/cscart.md.
std::unique_ptr<Dialect> MakeCscart(const Services& services);

/// Erases what this dialect keeps of a person beside its row, when the person is purged.
void ErasePerson(db::Session& session, UserId id);

}  // namespace rosterd::cscart

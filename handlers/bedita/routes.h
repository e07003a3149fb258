#pragma once

#include <memory>

#include "db/connection.h"
#include "db/ids.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// The BEdita users API, whole. Contract: contracts/bedita.md.
std::unique_ptr<Dialect> MakeBedita(const Services& services);

/// Erases what this dialect keeps of a person beside its row, when the person is purged.
void ErasePerson(db::Session& session, UserId id);

}  // namespace rosterd::bedita

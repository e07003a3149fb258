#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "config/settings.h"
#include "ctl/output.h"
#include "db/cscart/account_columns.h"
#include "db/person.h"
#include "directory/persons.h"

namespace rosterd::ctl {

/// What the command line says about a person's CS-Cart columns; what is not set stays.
struct CscartOptions {
  std::optional<std::string> type;  ///< A, C, V, P
  std::optional<bool> root;
  std::optional<uint64_t> company;
};

/// Registers what this dialect does when a person is purged.
void RegisterCscart(directory::Persons& persons);

/// The columns after the options were applied.
db::cscart::AccountColumns Apply(const CscartOptions& options, db::cscart::AccountColumns columns);

/// Puts the change of the columns into an edit of a person: values, realm, and what depends on it.
void Change(const db::cscart::AccountColumns& before, const db::cscart::AccountColumns& after,
            const config::Cscart& settings, directory::EditExtras& extras);

/// Appends the columns that the tool shows.
void Append(Record& record, const db::cscart::AccountColumns& columns);

}  // namespace rosterd::ctl

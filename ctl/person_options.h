#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "ctl/cscart_account.h"
#include "ctl/timeslot_counters.h"
#include "ctl/tool.h"
#include "db/person.h"

namespace rosterd::ctl {

/// What the command line says about a person; what is not set stays as it is.
struct PersonOptions {
  std::optional<std::string> username;
  std::optional<std::string> email;
  std::optional<std::string> phone;
  std::optional<std::string> first_name;
  std::optional<std::string> last_name;
  std::optional<std::string> display_name;
  std::optional<std::string> company;
  std::optional<std::string> position;
  std::optional<std::string> picture;
  std::optional<db::Status> status;
  std::optional<bool> blocked;
  std::optional<std::string> password;  ///< "-" = the first line of the standard input
  std::optional<std::string> password_hash;
  std::optional<std::string> salt;
  CscartOptions cscart;
  TimeslotOptions timeslot;
};

/// The options of `user add` and `user set`.
void AddPersonOptions(CLI::App& command, PersonOptions& options);

/// The password to store, hashed where it was given in clear; nothing when none was given. Throws
/// Failure for an empty one and for a hash of an unknown form.
std::optional<db::StoredPassword> PasswordOf(const PersonOptions& options, Tool& tool);

/// Puts the shared texts, status and block into `person`. Throws Failure for an e-mail address that
/// is none.
void Apply(const PersonOptions& options, db::Person& person);

/// All that the tool shows of one person.
Record ToRecord(const db::Person& person);

}  // namespace rosterd::ctl

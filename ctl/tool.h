#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "config/settings.h"
#include "ctl/output.h"
#include "db/connection.h"
#include "directory/actor.h"
#include "directory/credentials.h"
#include "directory/epoch.h"
#include "directory/hash_slots.h"
#include "directory/password.h"
#include "directory/persons.h"
#include "directory/picture_files.h"

namespace rosterd::ctl {

/// Why a command could not be done; `what()` is one line that says what is wrong and what to do.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What stands in front of every command.
struct CommonOptions {
  std::string config = "/etc/rosterd/rosterd.yaml";
  std::string instance;  ///< empty: that of `config`
  std::vector<std::string> overrides;
  bool json = false;
};

/// What the commands share. Nothing is read or opened before it is asked for. Throws Failure, and
/// config::Error for settings that cannot be used.
class Tool {
 public:
  Tool();
  Tool(const Tool&) = delete;
  Tool& operator=(const Tool&) = delete;
  ~Tool();

  CommonOptions& options() { return options_; }
  /// The file of the settings that the options name.
  std::string Config() const { return ConfigOf(options_.instance); }
  /// That of an instance.
  std::string ConfigOf(const std::string& instance) const;
  const config::Settings& settings();
  db::Connection& connection();
  directory::Persons& persons();
  directory::Credentials& credentials();
  const directory::Passwords& passwords();
  const directory::PictureFiles& pictures();
  /// Who runs the tool, for the audit.
  const directory::Actor& actor() const { return actor_; }

  /// Write the answer to stdout, as JSON or for people.
  void Print(const Record& record) const;
  void Print(const std::vector<Record>& records) const;

  /// The exit status when nothing fails; 1 says "no" where the command asks something.
  int exit_status = 0;

 private:
  struct Services;
  Services& services();

  CommonOptions options_;
  directory::Actor actor_;
  std::unique_ptr<config::Settings> settings_;
  std::unique_ptr<Services> services_;
};

/// The value, or a Failure: `what` was wanted of what. "rosterctl: WHAT: reason, remedy".
[[noreturn]] void Fail(const directory::Refusal& refusal, const std::string& what);
[[noreturn]] void Fail(db::StoreError error, const std::string& what);

template <typename T, typename E>
T Require(Result<T, E> result, const std::string& what) {
  if (!result) Fail(result.error(), what);
  return std::move(result).value();
}

}  // namespace rosterd::ctl

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/test_database.h"

namespace rosterd::testing {

/// What a run of the program did.
struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

/// Columns of one thing: texts as they are, the rest as JSON writes it.
using Columns = std::map<std::string, std::string>;

/// The real program with settings of its own, on a database of its own.
class Rosterctl {
 public:
  explicit Rosterctl(TestDatabase::Schema schema = TestDatabase::Schema::kMigrated);
  ~Rosterctl();
  Rosterctl(const Rosterctl&) = delete;
  Rosterctl& operator=(const Rosterctl&) = delete;

  Ran Run(std::vector<std::string> arguments, const std::string& input = "") const;
  /// Runs with --json and expects success: one thing, and a list of things.
  Columns One(std::vector<std::string> arguments) const;
  std::vector<Columns> Many(std::vector<std::string> arguments) const;

  TestDatabase& Database() { return database_; }
  const std::filesystem::path& Folder() const { return folder_; }

 private:
  TestDatabase database_;
  std::filesystem::path folder_;
};

}  // namespace rosterd::testing

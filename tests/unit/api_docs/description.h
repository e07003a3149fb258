#pragma once

#include <set>
#include <string>

namespace rosterd::testing {

/// "GET /users/{id}" for every operation of docs/api/DIALECT.yaml, in the file's own spelling. A
/// path that refers to another one has its operations. Throws when the file cannot be read.
std::set<std::string> DescribedOperations(const std::string& dialect);

}  // namespace rosterd::testing

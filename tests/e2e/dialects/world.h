#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/dialects/callers.h"

namespace rosterd::testing {

/// The stack that these tests share, as shipped but for the throttle, which is off; started at its
/// first use.
const Stack& World();
/// Its callers.
const std::vector<std::unique_ptr<Caller>>& Callers();
/// The one of that dialect.
const Caller& Of(const std::string& dialect);

/// A word that no other call gives, also as a part of one.
std::string NewName();
/// An e-mail address that nobody has.
std::string NewAddress();

/// Makes a person through the dialect and gives its id; throws when it was refused.
std::string Make(const Caller& caller, const Fields& fields);
/// A person that rosterctl made, with this password and status.
std::string MakeWithPassword(const std::string& email, const std::string& password);

/// Names of the dialects that let the person in with that e-mail address, in the order of
/// Callers().
std::vector<std::string> LetIn(const std::string& email, const std::string& password);
/// All that have a sign-in.
extern const std::vector<std::string> kAllSignIns;

}  // namespace rosterd::testing

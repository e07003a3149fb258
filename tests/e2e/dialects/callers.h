#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/http.h"
#include "tests/e2e/json.h"
#include "tests/e2e/stack.h"

namespace rosterd::testing {

/// What all dialects share of a person, by the names of the directory: "email", "username",
/// "phone", "first_name", "last_name", "company", "position", "password". A dialect that has no
/// such field leaves it out.
using Fields = std::map<std::string, std::string>;

/// One dialect as an administrator, or the person itself where there are none, uses it on the
/// origin that all share.
class Caller {
 public:
  virtual ~Caller() = default;

  virtual std::string Name() const = 0;

  /// Makes a person that may sign in where the dialect lets it give a password.
  virtual HttpRequest Create(const Fields& fields) const = 0;
  /// The id in the answer to Create; "" when it was refused.
  virtual std::string IdOf(const HttpResponse& created) const = 0;

  /// What it shows of a person, with "id" and its own "status"; empty when the person is not there.
  virtual Fields Show(const std::string& id) const = 0;
  /// The fields that it can change, of those in Fields.
  virtual std::vector<std::string> Changeable() const = 0;
  virtual HttpResponse Change(const std::string& id, const Fields& fields) const = 0;

  virtual bool CanDelete() const { return true; }
  virtual HttpResponse Delete(const std::string& id) const = 0;

  virtual bool HasSignIn() const { return true; }
  /// Status of the answer to a sign-in with a password.
  virtual HttpResponse SignIn(const std::string& login, const std::string& password) const = 0;
  /// Whether that answer let the person in.
  virtual bool IsIn(const HttpResponse& answer) const = 0;
};

/// All five, in the order of DESIGN.md.
std::vector<std::unique_ptr<Caller>> MakeCallers(const Stack& stack);

/// A request of the CMS's administrator: with the application's key and the token of a sign-in.
HttpRequest BeditaRequest(const Stack& stack, const std::string& method, const std::string& path,
                          const std::string& json = "");

/// A new token of the person, from rosterctl.
std::string TokenOf(const Stack& stack, const std::string& dialect, const std::string& id);

/// A request without credentials; a body goes with that Content-Type.
HttpRequest PlainRequest(const Stack& stack, const std::string& method, const std::string& path,
                         const std::string& type = "", const std::string& body = "");

}  // namespace rosterd::testing

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/http.h"
#include "tests/e2e/json.h"
#include "tests/e2e/stack.h"

namespace rosterd::testing {

/// One caller of the CS-Cart API of a stack. A path beginning with "/" goes from the root; any
/// other is put behind "/api/2.0/".
class Api {
 public:
  /// The root administrator.
  explicit Api(const Stack& stack);
  /// Another caller; `login` is "e-mail:key", "" for nobody.
  Api(const Stack& stack, std::string login);

  HttpResponse Get(const std::string& path, std::vector<std::string> headers = {}) const;
  /// With Content-Type: application/json.
  HttpResponse Post(const std::string& path, const std::string& json) const;
  HttpResponse Put(const std::string& path, const std::string& json) const;
  /// With Content-Type: text/plain.
  HttpResponse PostForm(const std::string& path, const std::string& form) const;
  HttpResponse PutForm(const std::string& path, const std::string& form) const;
  HttpResponse Delete(const std::string& path) const;

  /// Any request of this caller, to be changed before it is sent.
  HttpRequest Request(const std::string& method, const std::string& path) const;
  HttpRequest Request(const std::string& method, const std::string& path, const std::string& type,
                      const std::string& body) const;

  /// POST /users and its id; throws unless it answered 201.
  std::string AddUser(const std::string& json) const;
  /// The user object.
  Json User(const std::string& id) const;
  /// The user object with `full=Y`, as canonical text.
  std::string Full(const std::string& id) const;
  /// The ids in the answer to a list, in order; {"error 400"} or the like when it was refused.
  std::vector<std::string> List(const std::string& query) const;
  /// POST /usergroups and its id; throws unless it answered 201.
  std::string AddGroup(const std::string& json) const;

  const std::string& Login() const { return login_; }
  const Stack& On() const { return stack_; }

 private:
  const Stack& stack_;
  std::string login_;
};

/// The stack with settings as shipped (but for the throttle, which is off), started at its first
/// use.
const Stack& DefaultStack();
/// Ends the stack of DefaultStack(), if there is one.
void EndDefaultStack();
/// The root administrator of DefaultStack().
const Api& Root();

/// An e-mail address that nobody has.
std::string NewEmail(std::string_view prefix = "u");
/// A word that is in no other test's data.
std::string NewWord();

/// The members of a new customer of store 1, as the inside of a JSON object.
std::string Customer(const std::string& email);

/// A person with an API key.
struct Account {
  std::string id;
  std::string email;
  std::string key;
};

/// Makes an account with rosterctl: type A, C, V or P, Y or N, the company's id.
Account AddAccount(const Stack& stack, const std::string& type, const std::string& is_root,
                   const std::string& company);
/// An administrator of company 0 whose group carries exactly these privileges.
Account AddRestrictedAdmin(const Stack& stack, const std::vector<std::string>& privileges);
/// That account as a caller.
Api As(const Stack& stack, const Account& account);

/// An error of the dialect: the status, and a JSON object of "message", the given list ("errors" or
/// "messages") and "status", in this order. The message is the reason phrase with the details of
/// the list. "any" allows no list, one or both.
::testing::AssertionResult IsError(const HttpResponse& response, int status,
                                   const std::string& list = "any");

/// The ids of the answer to a GET of a list.
std::vector<std::string> ListedIds(const HttpResponse& response);

}  // namespace rosterd::testing

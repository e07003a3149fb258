#include "tests/e2e/dialects/world.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "tests/e2e/shared_stack.h"

namespace rosterd::testing {

const std::vector<std::string> kAllSignIns = {"cscart", "bedita", "cocoaheads", "timeslot"};

const Stack& World() { return StackOfProgram({.settings = {"throttle.enabled=off"}}); }

const std::vector<std::unique_ptr<Caller>>& Callers() {
  static const std::vector<std::unique_ptr<Caller>> callers = MakeCallers(World());
  return callers;
}

const Caller& Of(const std::string& dialect) {
  const auto found = std::ranges::find_if(
      Callers(), [&](const auto& caller) { return caller->Name() == dialect; });
  if (found == Callers().end()) throw std::runtime_error("no dialect " + dialect);
  return **found;
}

std::string NewName() {
  static std::atomic<int> last{0};
  std::string word = "N";
  for (int number = ++last; number > 0; number /= 16) {
    word += static_cast<char>('a' + number % 16);
  }
  return word + "z";
}

std::string NewAddress() { return NewName() + "@dialects.example"; }

std::string Make(const Caller& caller, const Fields& fields) {
  const HttpResponse answer = Send(caller.Create(fields));
  std::string id = caller.IdOf(answer);
  if (id.empty()) throw std::runtime_error(caller.Name() + " made nobody: " + answer.body);
  return id;
}

std::string MakeWithPassword(const std::string& email, const std::string& password) {
  // bedita signs in by the username, the others by the e-mail address.
  return World().RosterctlMember(
      {"user", "add", "--email", email, "--username", email, "--first-name", "Ann", "--last-name",
       "Lee", "--password", password},
      "id");
}

std::vector<std::string> LetIn(const std::string& email, const std::string& password) {
  std::vector<std::string> names;
  for (const auto& caller : Callers()) {
    if (caller->HasSignIn() && caller->IsIn(caller->SignIn(email, password))) {
      names.push_back(caller->Name());
    }
  }
  return names;
}

}  // namespace rosterd::testing

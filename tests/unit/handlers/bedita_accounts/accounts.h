#pragma once

#include <functional>
#include <string>

#include "tests/unit/handlers/bedita/world.h"

namespace rosterd::bedita {

/// A world whose mails may lead to https://www.example.org and to myapp://.
class Accounts {
 public:
  /// With the settings that `change` makes of these.
  explicit Accounts(const std::function<void(config::Settings&)>& change = {});
  /// One for all cases with the settings as they are.
  static Accounts& Shared();

  /// Sends a flat JSON body, from an address that nobody else has.
  Reply Send(const std::string& method, const std::string& target, const std::string& body);
  Reply Post(const std::string& target, const std::string& body) {
    return Send("POST", target, body);
  }
  /// The link in the newest mail to this address; "" without one.
  std::string LinkTo(const std::string& email);
  /// The value of `uuid` in it.
  std::string UuidTo(const std::string& email);
  /// "kind user" of the mails to this address, newest first.
  std::string MailsTo(const std::string& email);
  std::string Ask(const std::string& sql) { return world_.AskDatabase(sql); }
  void Execute(const std::string& sql) { world_.Execute(sql); }
  World& Inner() { return world_; }
  /// The status that POST /auth gives for a pair.
  int Login(const std::string& username, const std::string& password);

 private:
  World world_;
};

/// A word that no other test uses.
std::string NewName();

}  // namespace rosterd::bedita

#pragma once

#include <string_view>
#include <utility>

#include "db/person.h"
#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"

namespace rosterd::timeslot {

/// POST /v1/users/reset — a mail for who forgot the password: with a link to a page that sets a new
/// one, or, by the setting reset_mode, with a new one.
///
/// Errors: 422 without an e-mail address, 404 for one that nobody has, 429 for an address or an
/// account that it was asked for too often. Contract: 6.10.
class RequestReset {
 public:
  explicit RequestReset(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  directory::Outcome<db::Person> Find(const Call& call, std::string_view email) const;
  directory::Outcome<std::monostate> SendLink(const Call& call, const db::Person& found) const;
  directory::Outcome<std::monostate> SendPassword(const Call& call, const db::Person& found) const;

  Services services_;
};

}  // namespace rosterd::timeslot

// docs/api/DIALECT.yaml says what the router says: every path and method, and no other.
#include "handlers/bedita/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "config/settings.h"
#include "db/connection.h"
#include "directory/credentials.h"
#include "directory/epoch.h"
#include "directory/hash_slots.h"
#include "directory/password.h"
#include "directory/persons.h"
#include "directory/sign_in.h"
#include "directory/throttle.h"
#include "handlers/brightact/routes.h"
#include "handlers/cocoaheads/address.h"
#include "handlers/cocoaheads/routes.h"
#include "handlers/cscart/routes.h"
#include "handlers/dialect.h"
#include "handlers/timeslot/routes.h"
#include "tests/unit/api_docs/description.h"

namespace rosterd {
namespace {

using ::testing::ContainerEq;
using Operations = std::set<std::string>;

// Everything that can be switched on is described.
config::Settings Everything() {
  config::Settings settings;
  settings.cocoaheads.app_facade = true;
  settings.bedita.signup_enabled = true;
  settings.bedita.manager_support = true;
  settings.timeslot.reset_mode = "link";
  return settings;
}

/// What the dialects are made of. Nothing here asks the database, which is not there.
class Parts {
 public:
  const Services& Get() const { return services_; }

 private:
  config::Settings settings_ = Everything();
  std::string server_key_ = std::string(32, 'k');
  directory::CredentialEpoch epoch_;
  directory::HashSlots slots_;
  db::Connection connection_{settings_.database};
  directory::Persons persons_{connection_, settings_.directory, epoch_};
  directory::Credentials credentials_{connection_, epoch_};
  directory::Passwords passwords_{settings_.password, slots_};
  directory::Throttle throttle_{false};
  directory::SignIn sign_in_{connection_, passwords_, throttle_};
  Services services_{settings_,  connection_, persons_, credentials_, epoch_,
                     passwords_, throttle_,   sign_in_, server_key_,  [](std::string_view) {}};
};

// HEAD is asked like GET wherever there is a GET, and is not described apart.
Operations RoutedOperations(std::unique_ptr<Dialect> (*make)(const Services&)) {
  const Parts parts;
  const std::unique_ptr<Dialect> dialect = make(parts.Get());
  Operations operations;
  for (const auto& [method, pattern] : dialect->RouteLines()) {
    if (method == "HEAD") continue;
    operations.insert(std::string(method) + " " + std::string(pattern));
  }
  return operations;
}

TEST(ApiDocs, TellsWhatTheRouterOfCscartTells) {
  Operations routed = RoutedOperations(cscart::MakeCscart);
  // The banner is no entity, and /api.php names any of the paths in its query.
  routed.insert({"GET /", "GET /api.php", "POST /api.php", "PUT /api.php", "DELETE /api.php"});
  EXPECT_THAT(testing::DescribedOperations("cscart"), ContainerEq(routed));
}

TEST(ApiDocs, TellsWhatTheRouterOfBeditaTells) {
  Operations routed = RoutedOperations(bedita::MakeBedita);
  routed.insert("GET /");  // leads to /home
  EXPECT_THAT(testing::DescribedOperations("bedita"), ContainerEq(routed));
}

TEST(ApiDocs, TellsWhatTheRouterOfBrightactTells) {
  EXPECT_THAT(testing::DescribedOperations("brightact"),
              ContainerEq(RoutedOperations(brightact::MakeBrightact)));
}

// "PATCH /user/{id}" in the spelling of the table.
std::string InCanonicalSpelling(const std::string& operation) {
  fcgi::Request request;
  const size_t blank = operation.find(' ');
  request.raw_path = operation.substr(blank + 1);
  std::string canonical = operation.substr(0, blank + 1);
  const auto address = cocoaheads::ParseAddress(request);
  for (const std::string& segment : address.value().segments) canonical += "/" + segment;
  return canonical;
}

TEST(ApiDocs, TellsWhatTheRouterOfCocoaheadsTells) {
  Operations described;
  for (const std::string& operation : testing::DescribedOperations("cocoaheads")) {
    described.insert(InCanonicalSpelling(operation));
  }
  EXPECT_THAT(described, ContainerEq(RoutedOperations(cocoaheads::MakeCocoaheads)));
}

TEST(ApiDocs, TellsBothSpellingsOfCocoaheads) {
  const Operations described = testing::DescribedOperations("cocoaheads");
  EXPECT_THAT(described, ::testing::IsSupersetOf(
                             {"POST /user", "GET /user/{id}", "PATCH /user/{id}", "POST /user/auth",
                              "POST /user/clients", "DELETE /user/clients/{id}",
                              "POST /user/notification", "DELETE /user/notification/{id}",
                              "POST /users/notification", "DELETE /users/notification/{id}"}));
}

TEST(ApiDocs, TellsWhatTheRouterOfTimeslotTells) {
  EXPECT_THAT(testing::DescribedOperations("timeslot"),
              ContainerEq(RoutedOperations(timeslot::MakeTimeslot)));
}

}  // namespace
}  // namespace rosterd

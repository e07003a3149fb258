#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "db/connection.h"
#include "directory/credentials.h"
#include "directory/epoch.h"
#include "directory/password.h"
#include "directory/persons.h"
#include "directory/sign_in.h"
#include "directory/throttle.h"
#include "fcgi/request.h"
#include "fcgi/response.h"
#include "fcgi/router.h"

namespace rosterd {

/// What a dialect is made of: everything outlives it, and belongs to the one worker that it runs
/// in.
struct Services {
  const config::Settings& settings;
  db::Connection& connection;
  directory::Persons& persons;
  directory::Credentials& credentials;
  directory::CredentialEpoch& epoch;
  const directory::Passwords& passwords;
  const directory::Throttle& throttle;
  const directory::SignIn& sign_in;
  const std::string& server_key;  ///< 32 random bytes or more, the same on all hosts
  /// Counts an event for /metrics: a whole metric name with its labels.
  std::function<void(std::string_view)> count_event;
};

/// One of the APIs that rosterd speaks. main.cc makes one for each, by its short name.
class Dialect {
 public:
  Dialect() = default;
  Dialect(const Dialect&) = delete;
  Dialect& operator=(const Dialect&) = delete;
  virtual ~Dialect() = default;

  /// Answers one request; never throws for bad input.
  virtual fcgi::Response Handle(const fcgi::Request& request) = 0;

  /// An error of the layers below (400, 413, 500, 503) in this dialect's own shape.
  virtual fcgi::Response Failed(const fcgi::Request& request, int status) = 0;

  /// Whether the answer will surely be there in well below a millisecond (fcgi/application.h): what
  /// may take long as a read has its choices in the query.
  virtual bool IsQuick(const fcgi::Request& request) const {
    return request.method == "GET" && request.query.empty();
  }

  /// Every method and path of its tables, with a slash in front ("/users/{id}"), for the test that
  /// holds docs/api against them. They live as long as the dialect.
  virtual std::vector<fcgi::RouteLine> RouteLines() const { return {}; }
};

}  // namespace rosterd

#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "directory/actor.h"
#include "directory/persons.h"
#include "handlers/dialect.h"

namespace rosterd::timeslot {

/// Where the page behind the mailed link is, below the mount's prefix. The link's secret is in the
/// query, and posted in the body: the access log that we ship holds paths without their queries.
inline constexpr std::string_view kResetPagePath = "/v1/users/reset/password";

inline constexpr std::chrono::minutes kResetLinkLifetime{60};

/// A credential of the directory that stands for one reset of one person's password.
struct ResetLink {
  uint64_t credential = 0;
  UserId user;
};

/// The one-time links of a forgotten password. They are credentials: stored as a digest, ended by
/// whatever ends a person's tokens, the use of one of them included. Contract: 6.10.
class ResetLinks {
 public:
  explicit ResetLinks(Services services) : services_(std::move(services)) {}

  /// 256 random bits, in 43 characters of [A-Za-z0-9_-].
  static std::string MakeSecret();
  /// Whether a text could be one, before the database is asked.
  static bool LooksRight(std::string_view secret);

  /// Stores a new link of a person, within the caller's unit of work. Older ones stay: asking once
  /// more must not end the link that somebody is about to open.
  static void Add(db::Session& session, const directory::Actor& actor, UserId user,
                  std::string_view secret);

  /// The live link of this secret. kNotFound when there is none, it was used, or is too old.
  directory::Outcome<ResetLink> Find(std::string_view secret) const;

  /// Sets the password, which ends the link, the person's other links and all its tokens in the
  /// same unit of work. kNotFound when somebody was faster; kBusy when too many passwords are being
  /// hashed.
  directory::Outcome<std::monostate> Use(const directory::Actor& actor, std::string_view secret,
                                         const ResetLink& link, std::string_view password) const;

 private:
  Services services_;
};

}  // namespace rosterd::timeslot

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"
#include "db/ids.h"
#include "db/time.h"

namespace rosterd::db {

/// A mail on its way, as table `mail_outbox` holds it.
struct OutboxMail {
  uint64_t id = 0;
  std::string kind;
  UserId user;  ///< whom it concerns; 0 = nobody of the directory
  std::string recipient;
  std::string subject;
  std::string text;
  std::string html;  ///< empty = plain text alone
  Time created_at;
  uint64_t tries = 0;  ///< the one that is being made included
};

/// SQL of table `mail_outbox`.
class Outbox {
 public:
  /// Queues a mail that is due at its created_at.
  static void Add(Session& session, const OutboxMail& mail);

  /// Ids of mails that are due at `now`, the longest waiting first. Locks nothing.
  static std::vector<uint64_t> Due(Session& session, Time now, int limit);
  /// Takes a mail that is still due at `now`, counts a try, and keeps it from others until `until`;
  /// nothing when somebody else has it.
  static std::optional<OutboxMail> Claim(Session& session, uint64_t id, Time now, Time until);
  /// It was sent: nothing of it stays.
  static void Remove(Session& session, uint64_t id);
  /// It was not sent, and is due again at `next_try`.
  static void Fail(Session& session, uint64_t id, std::string_view failure, Time now,
                   Time next_try);
  /// It will not be sent: its text is erased.
  static void GiveUp(Session& session, uint64_t id, std::string_view failure, Time now);

  static void RemoveOfUser(Session& session, UserId user);
  /// Removes mails that were given up before `before`, at most `limit`.
  static uint64_t Sweep(Session& session, Time before, int limit);

  /// How the outbox stands.
  struct State {
    uint64_t waiting = 0;
    std::optional<Time> oldest;  ///< of those
    uint64_t given_up = 0;
    std::string last_failure;
  };
  static State Look(Session& session);
};

}  // namespace rosterd::db

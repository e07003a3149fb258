#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "config/settings.h"
#include "db/connection.h"
#include "db/outbox.h"
#include "directory/mail_carrier.h"

namespace rosterd::directory {

/// Sends what QueueMail put into the outbox. One process of a host runs it; several hosts share the
/// outbox without sending a mail twice. A mail is removed once it was sent, tried again with a
/// pause that doubles when it was not, and given up, its text erased, when that lasted for
/// `mail.give_up_after`.
class Mailer {
 public:
  /// Waits so long; false when the process is to end.
  using Wait = std::function<bool(std::chrono::milliseconds)>;
  using CountEvent = std::function<void(std::string_view)>;
  /// What it counts.
  static constexpr std::array<std::string_view, 2> kEvents = {"rosterd_mails_sent_total",
                                                              "rosterd_mails_failed_total"};

  /// Counts kEvents by `count_event`; of failures, each try.
  Mailer(config::Mail settings, db::Connection& connection, CountEvent count_event);

  /// Sends until `wait` gives false. A database that does not answer, or has no schema yet, is
  /// waited for.
  void Run(const Wait& wait);

  /// Makes one try with the mail that is due for longest; false when there is nothing to do now.
  bool SendNext();

 private:
  /// A try that was made, on its way into the database.
  struct Outcome {
    db::OutboxMail mail;
    std::optional<std::string> failure;
    bool hopeless = false;  // no further try would help
  };

  std::optional<db::OutboxMail> Take();
  Outcome Try(const db::OutboxMail& mail);
  bool Settle();
  void Record(db::Session& session, const Outcome& outcome, db::Time now) const;
  bool IsOver(const Outcome& outcome, db::Time now) const;
  db::Time NextTry(const db::OutboxMail& mail, db::Time now) const;

  config::Mail settings_;
  db::Connection& connection_;
  CountEvent count_event_;
  std::unique_ptr<MailCarrier> carrier_;
  // The database may be lost while a mail is sent: what came of it is written as soon as it is
  // back, or the mail would go out again.
  std::optional<Outcome> unwritten_;
};

}  // namespace rosterd::directory

#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "config/settings.h"

namespace rosterd::directory {

/// A message ready to go, its addresses as MailAddress gives them.
struct Letter {
  std::string from;
  std::string to;
  std::string message;  ///< with "\n" at the end of lines
};

/// Hands messages to whoever delivers them.
class MailCarrier {
 public:
  MailCarrier() = default;
  MailCarrier(const MailCarrier&) = delete;
  MailCarrier& operator=(const MailCarrier&) = delete;
  virtual ~MailCarrier() = default;

  /// Gives nothing when the message was taken, else why it was not: for people, perhaps of several
  /// lines. Takes not much longer than `limit`.
  virtual std::optional<std::string> Send(const Letter& letter, std::chrono::seconds limit) = 0;
};

/// SMTP to `mail.smtp` when it is set, else the program `mail.sendmail` with -t -i. SIGPIPE must be
/// ignored.
std::unique_ptr<MailCarrier> MakeMailCarrier(const config::Mail& settings);

}  // namespace rosterd::directory

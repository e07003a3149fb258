#pragma once

#include <optional>
#include <string>
#include <utility>

#include "directory/mail_carrier.h"

namespace rosterd::directory {

/// Runs a program as `sendmail -t -i` with the message on its standard input, without a shell. It
/// has taken the message when it ends with status 0. One that takes too long is killed.
class SendmailCarrier final : public MailCarrier {
 public:
  explicit SendmailCarrier(std::string program) : program_(std::move(program)) {}

  std::optional<std::string> Send(const Letter& letter, std::chrono::seconds limit) override;

 private:
  std::string program_;
};

}  // namespace rosterd::directory

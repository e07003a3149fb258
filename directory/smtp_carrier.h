#pragma once

#include <optional>
#include <string>

#include "directory/mail_carrier.h"

namespace rosterd::directory {

/// Speaks SMTP to one server, with STARTTLS when that offers it: as between mail servers, the
/// certificate is not looked at.
class SmtpCarrier final : public MailCarrier {
 public:
  /// `server` is HOST:PORT. Throws std::runtime_error when libcurl cannot be used.
  explicit SmtpCarrier(const std::string& server);

  std::optional<std::string> Send(const Letter& letter, std::chrono::seconds limit) override;

 private:
  std::string url_;
};

}  // namespace rosterd::directory

#include "directory/mail_carrier.h"

#include "directory/sendmail_carrier.h"
#include "directory/smtp_carrier.h"

namespace rosterd::directory {

std::unique_ptr<MailCarrier> MakeMailCarrier(const config::Mail& settings) {
  if (!settings.smtp.empty()) return std::make_unique<SmtpCarrier>(settings.smtp);
  return std::make_unique<SendmailCarrier>(settings.sendmail);
}

}  // namespace rosterd::directory

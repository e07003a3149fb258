#include "handlers/bedita/account_mail.h"

#include "directory/mail.h"

namespace rosterd::bedita {

void QueueAccountMail(db::Session& session, const Call& call, const AccountMail& mail) {
  if (!mail.email || mail.email->empty()) return;
  const std::string name = "bedita." + std::string(mail.kind);
  directory::MailTemplates::Values values = {{"project", call.Settings().project_name}};
  if (!mail.link.empty()) values.emplace_back("link", mail.link);
  const directory::MailTemplates templates(call.settings.mail.templates);
  directory::QueueMail(session, name, mail.user, templates.Render(name, values, *mail.email));
}

}  // namespace rosterd::bedita

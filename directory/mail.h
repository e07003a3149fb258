#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::directory {

/// One mail, ready but for its sender: UTF-8 throughout. `subject` and `to` hold no line breaks.
struct Mail {
  std::string to;
  std::string subject;
  std::string text;
  std::string html;  ///< empty = plain text alone
};

/// A text as HTML shows it, between tags or in an attribute with quotes.
std::string EscapeHtml(std::string_view text);

/// The texts of mails, from files that an operator may change (setting mail.templates):
/// NAME.txt begins with "Subject: …" and an empty line; NAME.html, if there is one, is the same in
/// HTML. "{{key}}" stands for a value, which is escaped in HTML and loses its line breaks in the
/// subject.
class MailTemplates {
 public:
  using Values = std::vector<std::pair<std::string_view, std::string>>;

  explicit MailTemplates(std::string folder) : folder_(std::move(folder)) {}

  /// Reads the files anew each time: mails are rare. Throws std::runtime_error with the file's name
  /// when it is missing, has no subject, or names a value that is not there.
  Mail Render(std::string_view name, const Values& values, std::string_view to) const;

 private:
  std::string folder_;
};

/// The same in one line: control characters become blanks, and what is beyond `size` bytes is cut
/// off between two characters.
std::string OneLine(std::string_view text, size_t size);

/// Puts a mail into the outbox within the caller's unit of work: it leaves when that is committed,
/// through the mailer process, and never in the request (DESIGN.md section 2, rule 10). `kind` is
/// the template's name and `user` whom it concerns, for `rosterctl status` and the audit of
/// failures.
void QueueMail(db::Session& session, std::string_view kind, UserId user, const Mail& mail);

}  // namespace rosterd::directory

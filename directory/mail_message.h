#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/outbox.h"

namespace rosterd::directory {

/// An address as it stands in a header and in an SMTP command: what is before its last "@" is
/// quoted where it holds more than letters, digits and marks of a plain address, so that one
/// address never becomes two. Nothing when no mail can go there: no "@", a domain of other
/// characters, control characters.
std::optional<std::string> MailAddress(std::string_view address);

/// A text as the value of a header: as it is when it is plain ASCII, else as RFC 2047 says. The
/// name of the header takes at most 10 characters of its first line.
std::string HeaderText(std::string_view text);

/// The whole message (RFC 5322, RFC 2045) with "\n" at the end of lines. The same mail has the same
/// Message-ID at each try. `from` and `to` are what MailAddress gives.
std::string MailMessage(const db::OutboxMail& mail, std::string_view from, std::string_view to,
                        db::Time now);

}  // namespace rosterd::directory

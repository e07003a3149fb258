#include "directory/mail_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace rosterd::directory {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

constexpr db::Time kNow = std::chrono::sys_days(std::chrono::year(2026) / 11 / 2) +
                          std::chrono::hours(8) + std::chrono::minutes(5);

db::OutboxMail SomeMail() {
  db::OutboxMail mail;
  mail.id = 7;
  mail.subject = "Hello";
  mail.text = "Dear Ann,\nbye\n";
  mail.created_at = db::Time(std::chrono::microseconds(1234567));
  return mail;
}

std::string Message(const db::OutboxMail& mail) {
  return MailMessage(mail, "rosterd@example.org", "ann@example.com", kNow);
}

TEST(MailMessage, OfPlainTextCanBeReadAsItIs) {
  EXPECT_EQ(Message(SomeMail()),
            "From: rosterd@example.org\n"
            "To: ann@example.com\n"
            "Subject: Hello\n"
            "Date: Mon, 2 Nov 2026 08:05:00 +0000\n"
            "Message-ID: <1234567.7@example.org>\n"
            "MIME-Version: 1.0\n"
            "Auto-Submitted: auto-generated\n"
            "Content-Type: text/plain; charset=utf-8\n"
            "Content-Transfer-Encoding: 7bit\n"
            "\n"
            "Dear Ann,\nbye\n");
}

TEST(MailMessage, EncodesWhatIsNotAscii) {
  db::OutboxMail mail = SomeMail();
  mail.subject = "Grüße";
  mail.text = "Привет\n";

  const std::string message = Message(mail);

  EXPECT_THAT(message, HasSubstr("\nSubject: =?UTF-8?B?R3LDvMOfZQ==?=\n"));
  EXPECT_THAT(message, HasSubstr("\nContent-Transfer-Encoding: base64\n\n0J/RgNC40LLQtdGCCg==\n"));
}

TEST(MailMessage, EncodesLinesThatAreTooLong) {
  db::OutboxMail mail = SomeMail();
  mail.text = std::string(2000, 'x');

  const std::string message = Message(mail);

  EXPECT_THAT(message, HasSubstr("\nContent-Transfer-Encoding: base64\n\n"));
  EXPECT_THAT(message,
              HasSubstr("\neHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4\n"));
}

TEST(MailMessage, OffersHtmlBesideTheText) {
  db::OutboxMail mail = SomeMail();
  mail.html = "<p>Dear Ann</p>";

  const std::string message = Message(mail);

  const size_t start = message.find("boundary=\"") + 10;
  const std::string boundary = message.substr(start, message.find('"', start) - start);
  EXPECT_THAT(boundary, MatchesRegex("=_[A-Za-z0-9]{24}"));
  EXPECT_THAT(message, HasSubstr("\nContent-Type: multipart/alternative; boundary=\"" + boundary +
                                 "\"\n\n--" + boundary +
                                 "\nContent-Type: text/plain; charset=utf-8\n"
                                 "Content-Transfer-Encoding: 7bit\n\nDear Ann,\nbye\n\n--" +
                                 boundary +
                                 "\nContent-Type: text/html; charset=utf-8\n"
                                 "Content-Transfer-Encoding: 7bit\n\n<p>Dear Ann</p>\n\n--" +
                                 boundary + "--\n"));
}

TEST(MailMessage, KeepsItsIdOverAllTries) {
  const db::OutboxMail mail = SomeMail();
  const auto id = [](const std::string& message) {
    const size_t start = message.find("Message-ID: ");
    return message.substr(start, message.find('\n', start) - start);
  };

  EXPECT_EQ(id(MailMessage(mail, "a@b", "c@d", kNow)),
            id(MailMessage(mail, "a@b", "c@d", kNow + std::chrono::hours(1))));
}

TEST(HeaderText, IsAsItIsWhenItIsPlain) {
  EXPECT_EQ(HeaderText("Your password, please: 50% \"off\""), "Your password, please: 50% \"off\"");
  EXPECT_EQ(HeaderText(""), "");
}

TEST(HeaderText, NeverBecomesASecondHeader) {
  EXPECT_EQ(HeaderText("a\r\nBcc: eve@example.org"),
            "=?UTF-8?B?YQ0KQmNjOiBldmVAZXhhbXBsZS5vcmc=?=");
  EXPECT_EQ(HeaderText("=?UTF-8?B?YQ==?="), "=?UTF-8?B?PT9VVEYtOD9CP1lRPT0/PQ==?=");
}

TEST(HeaderText, IsFoldedBetweenCharacters) {
  // 30 characters of two bytes: 19 of them fit into the first word's 39 bytes.
  const std::string text =
      "ääääääääääääääääääää"
      "öööööööööö";
  EXPECT_EQ(HeaderText(text),
            "=?UTF-8?B?w6TDpMOkw6TDpMOkw6TDpMOkw6TDpMOkw6TDpMOkw6TDpMOkw6Q=?=\n"
            " =?UTF-8?B?w6TDtsO2w7bDtsO2w7bDtsO2w7bDtg==?=");
}

TEST(MailAddress, TakesWhatIsPlain) {
  for (const char* address : {"ann@example.org", "a.b+c@x", "o'neil@example.org", "ann@[127.0.0.1]",
                              "käthe@müller.example", "a%b!c@example.org"}) {
    EXPECT_EQ(MailAddress(address), address);
  }
}

TEST(MailAddress, QuotesWhatWouldBecomeASecondRecipient) {
  EXPECT_EQ(MailAddress("eve@x,ann@example.org"), "\"eve@x,ann\"@example.org");
  EXPECT_EQ(MailAddress("<eve>@example.org"), "\"<eve>\"@example.org");
  EXPECT_EQ(MailAddress("a;b:c(d)@example.org"), "\"a;b:c(d)\"@example.org");
  EXPECT_EQ(MailAddress("a\"b\\c@example.org"), "\"a\\\"b\\\\c\"@example.org");
  EXPECT_EQ(MailAddress(".a@example.org"), "\".a\"@example.org");
  EXPECT_EQ(MailAddress("a..b@example.org"), "\"a..b\"@example.org");
}

TEST(MailAddress, RefusesWhereNoMailCanGo) {
  for (const char* address : {"", "ann", "@example.org", "ann@", "ann@exa mple.org", "ann@a,b",
                              "ann@a>", "a\nb@c", "a\rb@c", "ann@x\nBcc: eve"}) {
    EXPECT_EQ(MailAddress(address), std::nullopt) << address;
  }
}

}  // namespace
}  // namespace rosterd::directory

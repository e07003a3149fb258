#include "directory/mail_carrier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <optional>
#include <string>

#include "tests/support/smtp_server.h"
#include "tests/unit/directory/scripts.h"

namespace rosterd::directory {
namespace {

using ::rosterd::testing::SmtpServer;
using ::testing::HasSubstr;

constexpr std::chrono::seconds kPatience{20};

Letter SomeLetter(std::string message = "Subject: x\n\nDear Ann,\n.\nbye\n") {
  return {"rosterd@example.org", "ann@example.org", std::move(message)};
}

std::optional<std::string> SendBy(const std::string& program, const Letter& letter = SomeLetter(),
                                  std::chrono::seconds limit = kPatience) {
  config::Mail settings;
  settings.sendmail = program;
  return MakeMailCarrier(settings)->Send(letter, limit);
}

TEST(Sendmail, GetsTheMessageAndItsTwoOptions) {
  const Scripts scripts;
  const std::string program = scripts.Make("send", "echo \"$#: $*\" >args; cat >message");

  EXPECT_EQ(SendBy(program), std::nullopt);

  EXPECT_EQ(scripts.Read("args"), "2: -t -i\n");
  EXPECT_EQ(scripts.Read("message"), "Subject: x\n\nDear Ann,\n.\nbye\n");
}

TEST(Sendmail, GetsLongMessagesWhole) {
  const Scripts scripts;
  const std::string program = scripts.Make("send", "echo starting; cat >message; echo done");
  const std::string message(3 << 20, 'x');

  EXPECT_EQ(SendBy(program, SomeLetter(message)), std::nullopt);

  EXPECT_EQ(scripts.Read("message"), message);
}

TEST(Sendmail, SaysWhyItFailed) {
  const Scripts scripts;
  const std::string program = scripts.Make("send", "echo 'no such host' >&2; exit 75");

  EXPECT_EQ(SendBy(program), program + ": ended with status 75: no such host\n");
}

TEST(Sendmail, MayEndWithoutReading) {
  const Scripts scripts;

  EXPECT_EQ(SendBy(scripts.Make("send", "exit 0"), SomeLetter(std::string(1 << 20, 'x'))),
            std::nullopt);
  const std::string program = scripts.Make("refuse", "exec <&-; exit 1");
  EXPECT_EQ(SendBy(program, SomeLetter(std::string(1 << 20, 'x'))),
            program + ": ended with status 1");
}

TEST(Sendmail, MayLeaveAChildThatKeepsItsOutput) {
  const Scripts scripts;
  const std::string program = scripts.Make("send", "cat >message; sleep 600 & echo $! >child");

  EXPECT_EQ(SendBy(program), std::nullopt);

  ::kill(std::stoi(scripts.Read("child")), SIGKILL);
}

TEST(Sendmail, IsKilledWithItsChildrenWhenItTakesTooLong) {
  const Scripts scripts;
  const std::string program = scripts.Make("send", "sleep 600; echo late >late");

  EXPECT_EQ(SendBy(program, SomeLetter(), std::chrono::seconds(1)),
            program + ": it takes too long");
}

TEST(Sendmail, HasNothingOfOursOpen) {
  const Scripts scripts;
  const std::string program = scripts.Make("send", "ls /proc/self/fd >open; cat >message");

  EXPECT_EQ(SendBy(program), std::nullopt);

  // Of the shell and of ls themselves: input, output, errors, and the folder that ls reads.
  EXPECT_EQ(scripts.Read("open"), "0\n1\n2\n3\n");
}

TEST(Sendmail, IsNoShellCommand) {
  const Scripts scripts;

  EXPECT_EQ(SendBy("/bin/true; touch " + scripts.Path("made")),
            "/bin/true; touch " + scripts.Path("made") + ": No such file or directory");
  EXPECT_EQ(scripts.Read("made"), "");
}

std::optional<std::string> SendTo(const SmtpServer& server, const Letter& letter = SomeLetter()) {
  config::Mail settings;
  settings.smtp = "127.0.0.1:" + std::to_string(server.Port());
  settings.sendmail = "/bin/false";
  return MakeMailCarrier(settings)->Send(letter, kPatience);
}

TEST(Smtp, TellsSenderRecipientAndMessage) {
  SmtpServer server;

  EXPECT_EQ(SendTo(server), std::nullopt);

  const std::string said = server.Said();
  EXPECT_THAT(said, HasSubstr("MAIL FROM:<rosterd@example.org>\r\n"));
  EXPECT_THAT(said, HasSubstr("RCPT TO:<ann@example.org>\r\n"));
  EXPECT_THAT(said, HasSubstr("DATA\r\nSubject: x\r\n\r\nDear Ann,\r\n..\r\nbye\r\n.\r\n"));
}

TEST(Smtp, SaysWhyItFailed) {
  SmtpServer server("550 nobody is here");

  const auto failure = SendTo(server);

  ASSERT_TRUE(failure);
  EXPECT_THAT(*failure, HasSubstr("smtp://127.0.0.1:"));
  EXPECT_THAT(*failure, HasSubstr("550"));
}

TEST(Smtp, FailsWhenNobodyListens) {
  int port = 0;
  {
    const SmtpServer server;
    port = server.Port();
  }
  config::Mail settings;
  settings.smtp = "127.0.0.1:" + std::to_string(port);

  EXPECT_TRUE(MakeMailCarrier(settings)->Send(SomeLetter(), kPatience));
}

}  // namespace
}  // namespace rosterd::directory

// DESIGN.md section 2, rule 10: mail leaves through an outbox, and never in the request.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "tests/e2e/http.h"
#include "tests/e2e/json.h"
#include "tests/e2e/stack.h"
#include "tests/fcgi/waiting.h"
#include "tests/support/smtp_server.h"

namespace rosterd::testing {
namespace {

using fcgi::testing::Eventually;
using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr std::chrono::seconds kPatience{60};

std::string Read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  // Inserted as a whole, for iterators throw when a process ends while its file is read.
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// One stack for all; each test sets what mails go by and asks for one of its own.
class MailOut : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { stack = std::make_unique<Stack>(StackOptions{}); }
  static void TearDownTestSuite() { stack.reset(); }

  /// Replaces section `mail` of the settings by these lines, beside what ./run has set.
  static void Configure(const std::string& lines) {
    const std::string before = Mailer();
    std::ofstream(stack->State() / "conf.d/50-test.yaml") << "mail:\n  retry_delay: 1s\n" << lines;
    ::kill(stack->MasterPid(), SIGHUP);
    ASSERT_TRUE(Eventually([&] { return Mailer() != before && !Mailer().empty(); }, kPatience));
  }
  /// The id of the process that sends; "" when there is none.
  static std::string Mailer() {
    const std::string master = std::to_string(stack->MasterPid());
    std::istringstream children(Read("/proc/" + master + "/task/" + master + "/children"));
    for (std::string pid; children >> pid;) {
      if (Read("/proc/" + pid + "/comm") == "mailer\n") return pid;
    }
    return "";
  }
  static std::string Script(const std::string& name, const std::string& lines) {
    const std::filesystem::path path = stack->State() / name;
    std::ofstream(path) << "#!/bin/sh\ncd \"${0%/*}\"\n" << lines << '\n';
    ::chmod(path.c_str(), 0700);
    return path;
  }
  /// A new person to whom a mail is sent by the shop's API.
  static std::string AskForMail(const std::string& name) {
    const std::string email = name + "@example.org";
    stack->RosterctlMember({"user", "add", "--email", email}, "id");
    HttpRequest request;
    request.method = "POST";
    request.url = stack->Http() + "/api/2.0/auth";
    request.login = stack->AdminEmail() + ":" + stack->AdminKey();
    request.headers = {"Content-Type: application/json"};
    request.body = R"({"email":")" + email + R"(","notify":true})";
    const HttpResponse response = Send(request);
    EXPECT_EQ(response.status, 201) << response.body;
    return email;
  }
  static std::vector<std::string> MailsTo(const std::string& email) {
    std::vector<std::string> mails;
    for (const auto& entry : std::filesystem::directory_iterator(stack->State() / "mail")) {
      if (entry.path().extension() != ".eml") continue;
      std::string mail = Read(entry.path());
      if (mail.find("\nTo: " + email + "\n") != std::string::npos) mails.push_back(std::move(mail));
    }
    return mails;
  }
  static Json Status() { return ParseJson(stack->Rosterctl({"status"}).out); }
  static std::string Metrics() {
    HttpRequest request;
    request.url = stack->Ops() + "/metrics";
    return Send(request).body;
  }

  static std::unique_ptr<Stack> stack;
};

std::unique_ptr<Stack> MailOut::stack;

TEST_F(MailOut, BecomesAFileOfTheStateFolder) {
  const std::string email = AskForMail("file");

  ASSERT_TRUE(Eventually([&] { return !MailsTo(email).empty(); }, kPatience));

  const std::string mail = MailsTo(email).at(0);
  EXPECT_THAT(mail, HasSubstr("From: rosterd@localhost\n"));
  EXPECT_THAT(mail, HasSubstr("\nSubject: Your sign-in link\n"));
  EXPECT_THAT(mail, HasSubstr("/index.php?dispatch=auth.ekey_login&ekey="));
  EXPECT_THAT(mail, EndsWith("--\n"));
  ASSERT_TRUE(Eventually([] { return Status()["mails_waiting"].text == "0"; }, kPatience));
  EXPECT_TRUE(Status()["mails_oldest"].IsNull());
  EXPECT_THAT(Metrics(), HasSubstr("rosterd_mails_sent_total "));
}

TEST_F(MailOut, IsTriedAgainUntilItIsTaken) {
  const std::string program = Script(
      "sometimes",
      "if [ -e mended ]; then exec ./keep-mail; fi; cat >/dev/null; echo 'no route' >&2; exit 75");
  Configure("  sendmail: " + program + "\n");

  const std::string email = AskForMail("again");

  const auto failed = [] {
    return Status()["mails_last_failure"].text.find("status 75: no route") != std::string::npos;
  };
  ASSERT_TRUE(Eventually(failed, kPatience));
  EXPECT_EQ(Status()["mails_waiting"].text, "1");
  EXPECT_TRUE(Status()["mails_oldest"].IsString());
  EXPECT_EQ(Status()["mails_given_up"].text, "0");
  EXPECT_THAT(Metrics(), HasSubstr("rosterd_mails_failed_total "));
  EXPECT_TRUE(MailsTo(email).empty());
  std::ofstream(stack->State() / "mended") << "\n";
  EXPECT_TRUE(Eventually([&] { return MailsTo(email).size() == 1; }, kPatience));
  EXPECT_TRUE(Eventually([] { return Status()["mails_waiting"].text == "0"; }, kPatience));
}

TEST_F(MailOut, IsGivenUpAfterATime) {
  Configure("  sendmail: /bin/false\n  give_up_after: 2s\n");

  const std::string email = AskForMail("never");

  EXPECT_TRUE(Eventually([] { return Status()["mails_given_up"].text == "1"; }, kPatience));
  EXPECT_EQ(Status()["mails_waiting"].text, "0");
  EXPECT_EQ(
      stack->Sql("SELECT text_body, html_body FROM mail_outbox WHERE recipient = '" + email + "'"),
      "\t\n");
  EXPECT_THAT(Read(stack->State() / "log/rosterd.log"), HasSubstr(" is given up after try "));
  EXPECT_THAT(stack->Rosterctl({"audit"}).out, HasSubstr("\"mail.give_up\""));
}

TEST_F(MailOut, SurvivesTheMailersEnd) {
  const std::string program =
      Script("hanging", "if [ -e hangs ]; then exec ./keep-mail; fi; echo $$ >hangs; sleep 600");
  Configure("  sendmail: " + program + "\n");
  const std::string email = AskForMail("killed");
  ASSERT_TRUE(Eventually([] { return !Read(stack->State() / "hangs").empty(); }, kPatience));

  ::kill(std::stoi(Mailer()), SIGKILL);
  ::kill(-std::stoi(Read(stack->State() / "hangs")), SIGKILL);
  // What the killed one had taken is nobody's for some minutes.
  stack->Sql("UPDATE mail_outbox SET next_try_at = UTC_TIMESTAMP(6) WHERE given_up_at IS NULL");

  EXPECT_TRUE(Eventually([&] { return MailsTo(email).size() == 1; }, kPatience));
}

TEST_F(MailOut, GoesToAMailServer) {
  SmtpServer server;
  Configure("  smtp: 127.0.0.1:" + std::to_string(server.Port()) + "\n");

  const std::string email = AskForMail("smtp");

  EXPECT_TRUE(
      Eventually([&] { return server.Said().find("\r\n.\r\n") != std::string::npos; }, kPatience));
  EXPECT_THAT(server.Said(), HasSubstr("RCPT TO:<" + email + ">\r\n"));
  EXPECT_TRUE(MailsTo(email).empty());
}

}  // namespace
}  // namespace rosterd::testing

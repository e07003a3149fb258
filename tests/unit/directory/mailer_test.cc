#include "directory/mailer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "directory/housekeeping.h"
#include "directory/mail.h"
#include "tests/unit/directory/scripts.h"
#include "tests/unit/directory/world.h"

namespace rosterd::directory {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// One file "sent" in which every mail that went out stands.
class MailerSuite : public ::testing::Test {
 protected:
  void Queue(UserId user = {5}, const std::string& to = "ann@example.org") {
    const Mail mail{to, "Hello", "Dear Ann", ""};
    const auto queued =
        world_.connection.Transaction([&](db::Session& session) -> db::StoreResult<std::monostate> {
          QueueMail(session, "test.hello", user, mail);
          return std::monostate();
        });
    ASSERT_TRUE(queued);
  }
  config::Mail Good() const {
    config::Mail settings;
    settings.sendmail = scripts_.Make("good", "cat >>sent");
    return settings;
  }
  config::Mail Bad() const {
    config::Mail settings;
    settings.sendmail = scripts_.Make("bad", "cat >/dev/null; echo 'no\nroute'; exit 75");
    return settings;
  }
  Mailer MakeMailer(const config::Mail& settings) {
    return {settings, world_.connection,
            [this](std::string_view name) { events_.emplace_back(name); }};
  }
  std::string Ask(const std::string& sql) const { return world_.database.Ask(sql); }
  void MakeDue() const { world_.database.Execute("UPDATE mail_outbox SET next_try_at = NOW()"); }
  /// How many mails went out.
  std::ptrdiff_t Sent() const {
    const std::string sent = scripts_.Read("sent");
    std::ptrdiff_t count = 0;
    for (size_t at = 0; (at = sent.find("Message-ID", at)) != std::string::npos; ++at) ++count;
    return count;
  }

  World world_;
  Scripts scripts_;
  std::vector<std::string> events_;
};

TEST_F(MailerSuite, SendsWhatIsQueuedAndForgetsIt) {
  Queue();
  Mailer mailer = MakeMailer(Good());

  EXPECT_TRUE(mailer.SendNext());
  EXPECT_FALSE(mailer.SendNext());

  EXPECT_THAT(scripts_.Read("sent"), HasSubstr("To: ann@example.org\nSubject: Hello\n"));
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM mail_outbox"), "0");
  EXPECT_THAT(events_, ElementsAre("rosterd_mails_sent_total"));
}

TEST_F(MailerSuite, SendsNothingOfAUnitOfWorkThatFailed) {
  const auto outcome =
      world_.connection.Transaction([](db::Session& session) -> db::StoreResult<std::monostate> {
        QueueMail(session, "test.hello", {5}, {"ann@example.org", "Hello", "x", ""});
        return db::StoreError::kUnavailable;
      });
  EXPECT_FALSE(outcome);
  Mailer mailer = MakeMailer(Good());

  EXPECT_FALSE(mailer.SendNext());
}

TEST_F(MailerSuite, TriesAgainWithPausesThatDouble) {
  Queue();
  config::Mail settings = Bad();
  settings.retry_delay = 100s;
  Mailer mailer = MakeMailer(settings);

  for (const char* pause : {"100", "200", "400"}) {
    EXPECT_TRUE(mailer.SendNext());
    EXPECT_FALSE(mailer.SendNext());
    EXPECT_EQ(Ask("SELECT ROUND(TIMESTAMPDIFF(MICROSECOND, failed_at, next_try_at) / 1000000)"
                  " FROM mail_outbox"),
              pause);
    MakeDue();
  }

  EXPECT_EQ(Ask("SELECT tries FROM mail_outbox"), "3");
  EXPECT_EQ(Ask("SELECT failure FROM mail_outbox"),
            settings.sendmail + ": ended with status 75: no route");
  EXPECT_EQ(Ask("SELECT text_body FROM mail_outbox"), "Dear Ann");
  EXPECT_THAT(events_, ElementsAre("rosterd_mails_failed_total", "rosterd_mails_failed_total",
                                   "rosterd_mails_failed_total"));
}

TEST_F(MailerSuite, SucceedsAtALaterTry) {
  Queue();
  MakeMailer(Bad()).SendNext();
  MakeDue();

  EXPECT_TRUE(MakeMailer(Good()).SendNext());

  EXPECT_EQ(Sent(), 1);
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM mail_outbox"), "0");
}

TEST_F(MailerSuite, GivesUpInTheEnd) {
  Queue();
  config::Mail settings = Bad();
  settings.give_up_after = 3600s;
  Mailer mailer = MakeMailer(settings);
  mailer.SendNext();
  EXPECT_EQ(Ask("SELECT given_up_at IS NULL FROM mail_outbox"), "1");
  world_.database.Execute(
      "UPDATE mail_outbox SET created_at = created_at - INTERVAL 3601 SECOND, next_try_at = NOW()");

  EXPECT_TRUE(mailer.SendNext());

  EXPECT_EQ(Ask("SELECT CONCAT(given_up_at IS NOT NULL, text_body, html_body) FROM mail_outbox"),
            "1");
  const auto audit = world_.AuditRows({5});
  ASSERT_EQ(audit.size(), 1U);
  EXPECT_EQ(audit[0].action, "mail.give_up");
  EXPECT_EQ(audit[0].fields, "test.hello");
  MakeDue();
  EXPECT_FALSE(mailer.SendNext());
}

TEST_F(MailerSuite, MakesALastTryWhenTheTimeIsOver) {
  Queue();
  config::Mail settings = Bad();
  settings.retry_delay = 3000s;
  settings.give_up_after = 3600s;
  Mailer mailer = MakeMailer(settings);
  mailer.SendNext();
  MakeDue();

  mailer.SendNext();

  EXPECT_EQ(Ask("SELECT TIMESTAMPDIFF(SECOND, created_at, next_try_at) FROM mail_outbox"), "3600");
}

TEST_F(MailerSuite, GivesUpAtOnceWhereNoMailCanGo) {
  Queue({5}, "ann@a,eve@b>");
  Mailer mailer = MakeMailer(Good());

  EXPECT_TRUE(mailer.SendNext());

  EXPECT_EQ(Sent(), 0);
  EXPECT_EQ(Ask("SELECT failure FROM mail_outbox WHERE given_up_at IS NOT NULL"),
            "no mail can go to this address");
}

TEST_F(MailerSuite, LeavesToOthersWhatTheyHaveTaken) {
  Queue();
  const uint64_t id = std::stoull(Ask("SELECT id FROM mail_outbox"));
  const db::Time now = db::Now();
  const auto claim = [&] {
    return world_.connection
        .Transaction([&](db::Session& session) -> db::StoreResult<std::optional<db::OutboxMail>> {
          return db::Outbox::Claim(session, id, now, now + 60s);
        })
        .value();
  };

  EXPECT_EQ(claim().value().tries, 1U);
  EXPECT_EQ(claim(), std::nullopt);
}

// The mailers of two hosts at the same time.
TEST_F(MailerSuite, NeverSendsOneTwice) {
  constexpr int kMails = 40;
  for (int i = 0; i < kMails; ++i) Queue();
  const config::Mail settings = Good();
  std::vector<std::thread> hosts;
  for (int host = 0; host < 3; ++host) {
    hosts.emplace_back([&] {
      db::Connection connection(world_.database.Settings());
      Mailer mailer(settings, connection, [](std::string_view) {});
      int idle = 0;
      while (idle < 3) idle = mailer.SendNext() ? 0 : idle + 1;
    });
  }
  for (std::thread& host : hosts) host.join();

  EXPECT_EQ(Sent(), kMails);
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM mail_outbox"), "0");
}

TEST_F(MailerSuite, SendsWhatAKilledOneHadTaken) {
  Queue();
  config::Mail stuck;
  stuck.sendmail =
      scripts_.Make("stuck", "echo $$ >started.new; mv started.new started; sleep 600");
  const pid_t pid = ::fork();
  if (pid == 0) {
    db::Connection connection(world_.database.Settings());
    Mailer(stuck, connection, [](std::string_view) {}).SendNext();
    ::_exit(0);
  }
  const auto deadline = std::chrono::steady_clock::now() + 30s;
  while (scripts_.Read("started").empty() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(10ms);
  }
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
  ASSERT_NE(scripts_.Read("started"), "");
  ::kill(-std::stoi(scripts_.Read("started")), SIGKILL);
  Mailer mailer = MakeMailer(Good());

  EXPECT_FALSE(mailer.SendNext());
  EXPECT_EQ(Ask("SELECT next_try_at BETWEEN UTC_TIMESTAMP() + INTERVAL 60 SECOND AND"
                " UTC_TIMESTAMP() + INTERVAL 300 SECOND FROM mail_outbox"),
            "1");
  MakeDue();
  EXPECT_TRUE(mailer.SendNext());
  EXPECT_EQ(Sent(), 1);
}

TEST_F(MailerSuite, RemembersWhatItSentWhileTheDatabaseIsAway) {
  Queue();
  config::Mail settings;
  settings.sendmail =
      scripts_.Make("slow", "cat >>sent; echo >started; until [ -e go ]; do sleep 0.01; done");
  Mailer mailer = MakeMailer(settings);
  std::thread outage([this] {
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (scripts_.Read("started").empty() && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(10ms);
    }
    world_.database.Server().Stop();
    scripts_.Make("go", "");
  });
  const bool settled = mailer.SendNext();
  outage.join();
  EXPECT_FALSE(settled);
  EXPECT_FALSE(mailer.SendNext());
  world_.database.Server().Start();

  const auto deadline = std::chrono::steady_clock::now() + 30s;
  while (Ask("SELECT COUNT(*) FROM mail_outbox") != "0" &&
         std::chrono::steady_clock::now() < deadline) {
    mailer.SendNext();
  }

  EXPECT_EQ(Ask("SELECT COUNT(*) FROM mail_outbox"), "0");
  EXPECT_EQ(Sent(), 1);
}

TEST_F(MailerSuite, RunsUntilItIsToldToEnd) {
  Queue();
  Queue();
  int waits = 0;
  MakeMailer(Good()).Run([&](std::chrono::milliseconds) { return ++waits < 4; });

  EXPECT_EQ(Sent(), 2);
  EXPECT_EQ(waits, 4);
}

TEST_F(MailerSuite, LosesNothingWithAPurgedPersonButItsMails) {
  const UserId ann = world_.Add("ann", "ann@example.org");
  Queue(ann);
  Queue({999});
  ASSERT_TRUE(world_.persons.Delete(world_.actor, ann));
  ASSERT_TRUE(world_.persons.Purge(world_.actor, ann));

  EXPECT_EQ(Ask("SELECT GROUP_CONCAT(user_id) FROM mail_outbox"), "999");
}

TEST_F(MailerSuite, IsSweptOfWhatWasGivenUpLongAgo) {
  Queue({1});
  Queue({2});
  Queue({3});
  world_.database.Execute(
      "UPDATE mail_outbox SET given_up_at = NOW() - INTERVAL 31 DAY WHERE user_id = 1");
  world_.database.Execute("UPDATE mail_outbox SET given_up_at = NOW() WHERE user_id = 2");

  const auto swept = Sweep(world_.connection, world_.persons, world_.actor);

  EXPECT_EQ(swept.value().mails, 1U);
  EXPECT_EQ(Ask("SELECT GROUP_CONCAT(user_id ORDER BY user_id) FROM mail_outbox"), "2,3");
}

TEST_F(MailerSuite, TellsHowTheOutboxStands) {
  const auto look = [this] {
    return world_.connection
        .Read([](db::Session& session) -> db::StoreResult<db::Outbox::State> {
          return db::Outbox::Look(session);
        })
        .value();
  };
  EXPECT_EQ(look().waiting, 0U);
  EXPECT_EQ(look().oldest, std::nullopt);
  Queue({1});
  Queue({2});
  MakeMailer(Bad()).SendNext();
  Queue({3}, "nowhere");
  world_.database.Execute("UPDATE mail_outbox SET created_at = '2020-01-01' WHERE user_id = 2");
  world_.database.Execute(
      "UPDATE mail_outbox SET next_try_at = NOW() + INTERVAL 1 DAY"
      " WHERE user_id = 2");
  MakeMailer(Bad()).SendNext();

  EXPECT_EQ(look().waiting, 2U);
  EXPECT_EQ(look().given_up, 1U);
  EXPECT_EQ(db::ToSql(look().oldest.value()), "2020-01-01 00:00:00.000000");
  EXPECT_EQ(look().last_failure, "no mail can go to this address");
}

}  // namespace
}  // namespace rosterd::directory

#include "directory/persons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/unit/directory/world.h"

namespace rosterd::directory {
namespace {

using ::testing::ElementsAre;
using Kind = Refusal::Kind;

constexpr db::DialectColumn kFax("cscart_fax");

NewPerson Named(std::string username, std::optional<std::string> email = std::nullopt) {
  NewPerson person;
  person.person.username = std::move(username);
  person.person.email = std::move(email);
  return person;
}

TEST(CreatePerson, StoresIt) {
  World world;
  NewPerson ann = Named("ann", "Ann@Example.org");
  ann.person.first_name = "Ann \xF0\x9F\x98\x80";
  ann.person.status = db::Status::kPending;
  ann.values.emplace_back(kFax, "12");

  const auto id = world.persons.Create(world.actor, ann);

  ASSERT_TRUE(id);
  const db::Person stored = world.Find(*id);
  EXPECT_EQ(stored.username, "ann");
  EXPECT_EQ(stored.email, "Ann@Example.org");
  EXPECT_EQ(stored.first_name, "Ann \xF0\x9F\x98\x80");
  EXPECT_EQ(stored.status, db::Status::kPending);
  EXPECT_EQ(stored.created_at, stored.updated_at);
  EXPECT_EQ(world.database.Ask("SELECT cscart_fax FROM users"), "12");
}

TEST(CreatePerson, IsAudited) {
  World world;
  NewPerson ann = Named("ann", "ann@example.org");
  ann.person.password = {std::string(kBcryptOfSecret1), ""};
  ann.values.emplace_back(kFax, "12");
  ann.more_fields = {"b_city"};
  world.actor.user = {7};

  const auto id = world.persons.Create(world.actor, ann);

  const auto rows = world.AuditRows(id.value());
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].action, "user.create");
  EXPECT_EQ(rows[0].fields, "username,email,password,cscart_fax,b_city");
  EXPECT_EQ(rows[0].dialect, "test");
  EXPECT_EQ(rows[0].actor, UserId{7});
  EXPECT_EQ(rows[0].credential, "key:17");
  EXPECT_EQ(rows[0].address, "127.0.0.1");
  EXPECT_EQ(rows[0].request_id, "request-1");
}

TEST(CreatePerson, MakesUpAUsernameOfTheId) {
  World world;

  const UserId id = world.Add("");

  EXPECT_EQ(world.Find(id).username, "user_" + std::to_string(id.value));
}

TEST(CreatePerson, TakesFourStatementsBesideBeginAndCommit) {
  World world;
  world.Add("");  // prepares them
  const uint64_t before = world.connection.Statements();

  world.Add("");

  // BEGIN, the id, the person, the audit, the tallies, COMMIT.
  EXPECT_EQ(world.connection.Statements() - before, 6U);
}

TEST(CreatePerson, PassesOverIdsThatAnOlderProgramGave) {
  World world;
  const uint64_t id = world.Add("").value;
  for (const uint64_t taken : {id + 1, id + 40}) {
    world.database.Execute("INSERT INTO users (id, username, created_at, updated_at) VALUES (" +
                           std::to_string(taken) + ", 'x', NOW(6), NOW(6))");
  }
  EXPECT_EQ(world.Add("").value, id + 41);
  EXPECT_EQ(world.Add("").value, id + 42);
}

TEST(CreatePerson, GoesOnBehindAnIdThatWasAskedFor) {
  World world;
  NewPerson imported = Named("ann");
  imported.person.id = {4711};
  ASSERT_TRUE(world.persons.Create(world.actor, imported));
  EXPECT_EQ(world.Add("").value, 4712U);
}

TEST(CreatePerson, MakesUpAnotherUsernameWhenThatIsTaken) {
  World world;
  const UserId first = world.Add("ann");
  for (uint64_t ahead = 1; ahead < 9; ++ahead) {
    world.Add("user_" + std::to_string(first.value + ahead + 8));
  }

  const UserId id = world.Add("");

  const std::string wanted = "user_" + std::to_string(id.value) + "_";
  EXPECT_TRUE(world.Find(id).username.starts_with(wanted)) << world.Find(id).username;
}

TEST(CreatePerson, TakesTheIdOfAnImport) {
  World world;
  NewPerson ann = Named("");
  ann.person.id = {4711};

  EXPECT_EQ(world.persons.Create(world.actor, ann).value(), UserId{4711});
  EXPECT_EQ(world.Find({4711}).username, "user_4711");
}

TEST(CreatePerson, RefusesTakenNamesInAnyCaseOfLetters) {
  World world;
  world.Add("Özil", "Öz@Example.org");

  EXPECT_TRUE(IsRefusal(world.persons.Create(world.actor, Named("öZIL")), Kind::kUsernameTaken));
  EXPECT_TRUE(IsRefusal(world.persons.Create(world.actor, Named("oe", "öz@example.ORG")),
                        Kind::kEmailTaken));
}

TEST(CreatePerson, TellsAccentsApart) {
  World world;
  world.Add("rene", "rene@example.org");

  EXPECT_TRUE(world.persons.Create(world.actor, Named("rené", "rené@example.org")));
}

TEST(CreatePerson, LetsAnyNumberHaveNoEmail) {
  World world;
  world.Add("ann");

  EXPECT_TRUE(world.persons.Create(world.actor, Named("bob", "")));
}

TEST(CreatePerson, TellsRealmsApart) {
  World world;
  NewPerson first = Named("one", "ann@example.org");
  first.realm = {"1"};
  NewPerson second = Named("two", "ANN@example.org");
  second.realm = {"2"};
  NewPerson third = Named("three", "ann@EXAMPLE.org");
  third.realm = {"2"};

  EXPECT_TRUE(world.persons.Create(world.actor, first));
  EXPECT_TRUE(world.persons.Create(world.actor, second));
  EXPECT_TRUE(IsRefusal(world.persons.Create(world.actor, third), Kind::kEmailTaken));
}

TEST(CreatePerson, RefusesBadTexts) {
  World world;
  EXPECT_TRUE(IsRefusal(world.persons.Create(world.actor, Named("a\xFF")), Kind::kBadText));
  EXPECT_TRUE(IsRefusal(world.persons.Create(world.actor, Named("a", "a\nb")), Kind::kBadText));
  EXPECT_TRUE(
      IsRefusal(world.persons.Create(world.actor, Named(std::string(256, 'a'))), Kind::kTooLong));
}

TEST(CreatePerson, ChangesNothingWhenTheDialectRefuses) {
  World world;
  const auto outcome = world.persons.Create(
      world.actor, Named("ann"),
      [](db::Session&, UserId) -> Outcome<std::monostate> { return Refusal::Kind::kByDialect; });

  EXPECT_TRUE(IsRefusal(outcome, Kind::kByDialect));
  EXPECT_EQ(world.database.Ask("SELECT COUNT(*) FROM users"), "0");
  EXPECT_EQ(world.database.Ask("SELECT COUNT(*) FROM audit"), "0");
}

TEST(CreatePerson, LetsOneOfTwentyWinAnEmail) {
  World world;
  std::atomic<int> winners = 0;
  std::atomic<int> losers = 0;
  std::vector<std::thread> racers;
  for (int racer = 0; racer < 20; ++racer) {
    racers.emplace_back([&, racer] {
      db::Connection connection(world.database.Settings());
      Persons persons(connection, {}, world.epoch);
      const auto outcome = persons.Create(
          world.actor, Named("ann" + std::to_string(racer), racer % 2 ? "ann@a.org" : "ANN@a.org"));
      if (outcome) ++winners;
      if (!outcome && outcome.error() == Kind::kEmailTaken) ++losers;
    });
  }
  for (std::thread& racer : racers) racer.join();

  EXPECT_EQ(winners, 1);
  EXPECT_EQ(losers, 19);
  EXPECT_EQ(world.database.Ask("SELECT COUNT(*) FROM users"), "1");
}

TEST(UpdatePerson, WritesWhatChangedAndAuditsItsNames) {
  World world;
  const UserId id = world.Add("ann", "ann@example.org");

  const auto outcome = world.Edit(id, [](db::Person& person, EditExtras& extras) {
    person.company = "Ann Ltd";
    person.email = "new@example.org";
    extras.values.emplace_back(kFax, "12");
    extras.more_fields = {"b_city"};
  });

  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->company, "Ann Ltd");
  EXPECT_EQ(world.Find(id).email, "new@example.org");
  EXPECT_GT(world.Find(id).updated_at, world.Find(id).created_at);
  EXPECT_EQ(outcome->updated_at, world.Find(id).updated_at);
  EXPECT_THAT(world.AuditOf(id), ElementsAre("user.create username,email",
                                             "user.update company,email,cscart_fax,b_city"));
}

TEST(UpdatePerson, OfNothingWritesNothing) {
  World world;
  const UserId id = world.Add("ann");
  const uint64_t epoch = world.epoch.Get();

  EXPECT_TRUE(world.Edit(id, [](db::Person&, EditExtras&) {}));

  EXPECT_EQ(world.Find(id).updated_at, world.Find(id).created_at);
  EXPECT_EQ(world.AuditOf(id).size(), 1U);
  EXPECT_EQ(world.epoch.Get(), epoch);
}

TEST(UpdatePerson, MovesUpdatedAtWhenOnlyTheDialectsTablesChanged) {
  World world;
  const UserId id = world.Add("ann");

  EXPECT_TRUE(
      world.Edit(id, [](db::Person&, EditExtras& extras) { extras.more_fields = {"b_city"}; }));

  EXPECT_GT(world.Find(id).updated_at, world.Find(id).created_at);
}

TEST(UpdatePerson, MayChangeTheCaseOfItsOwnNames) {
  World world;
  const UserId id = world.Add("ann", "ann@example.org");

  EXPECT_TRUE(world.Edit(id, [](db::Person& person, EditExtras&) {
    person.username = "Ann";
    person.email = "Ann@example.org";
  }));
  EXPECT_EQ(world.Find(id).username, "Ann");
}

TEST(UpdatePerson, RefusesTakenNames) {
  World world;
  world.Add("ann", "ann@example.org");
  const UserId bob = world.Add("bob", "bob@example.org");

  EXPECT_TRUE(
      IsRefusal(world.Edit(bob, [](db::Person& person, EditExtras&) { person.username = "ANN"; }),
                Kind::kUsernameTaken));
  EXPECT_TRUE(IsRefusal(
      world.Edit(bob, [](db::Person& person, EditExtras&) { person.email = "Ann@example.org"; }),
      Kind::kEmailTaken));
  EXPECT_EQ(world.Find(bob).username, "bob");
  EXPECT_EQ(world.AuditOf(bob).size(), 1U);
}

TEST(UpdatePerson, FindsOnlyTheLiving) {
  World world;
  const UserId id = world.Add("ann");
  ASSERT_TRUE(world.persons.Delete(world.actor, id));
  const auto edit = [](db::Person& person, EditExtras&) { person.phone = "1"; };

  EXPECT_TRUE(IsRefusal(world.Edit(id, edit), Kind::kNotFound));
  EXPECT_TRUE(IsRefusal(world.Edit({999}, edit), Kind::kNotFound));
}

TEST(UpdatePerson, DoesNotChangeWhatOtherCallsChange) {
  World world;
  const UserId id = world.Add("ann");

  EXPECT_TRUE(world.Edit(id, [](db::Person& person, EditExtras&) {
    person.id = {999};
    person.deleted_at = db::Now();
    person.username = "";
  }));

  EXPECT_EQ(world.Find(id).deleted_at, std::nullopt);
  EXPECT_EQ(world.Find(id).username, "user_" + std::to_string(id.value));
}

TEST(UpdatePerson, ChangesNothingWhenTheEditRefuses) {
  World world;
  const UserId id = world.Add("ann");

  const auto outcome = world.persons.Update(
      world.actor, id,
      [](db::Session& session, db::Person& person, EditExtras&) -> Outcome<std::monostate> {
        session.Execute("UPDATE users SET cscart_fax = ? WHERE id = ?", "12", person.id);
        return Refusal::Kind::kByDialect;
      });

  EXPECT_TRUE(IsRefusal(outcome, Kind::kByDialect));
  EXPECT_EQ(world.database.Ask("SELECT cscart_fax FROM users"), "");
}

TEST(UpdatePerson, KeepsTheRealmOfItsEmail) {
  World world;
  NewPerson ann = Named("ann", "ann@example.org");
  ann.realm = {"1"};
  const UserId id = world.persons.Create(world.actor, ann).value();
  world.Add("bob", "shared@example.org");

  EXPECT_TRUE(
      world.Edit(id, [](db::Person& person, EditExtras&) { person.email = "shared@example.org"; }));
}

TEST(PersonsUpdate, LeavesUpdatedAtWhereAContractWantsIt) {
  World world;
  const UserId id = world.Add("ann", "ann@x.example");
  const db::Time before = world.Find(id).updated_at;

  ASSERT_TRUE(world.persons.Update(world.actor, id,
                                   [](db::Session&, db::Person& person, EditExtras& extras) {
                                     person.picture = "id:one";
                                     extras.keep_updated_at = true;
                                     return Outcome<std::monostate>(std::monostate());
                                   }));

  EXPECT_EQ(world.Find(id).picture, "id:one");
  EXPECT_EQ(world.Find(id).updated_at, before);
}

}  // namespace
}  // namespace rosterd::directory

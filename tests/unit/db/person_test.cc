#include "db/person.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/db/database_fixture.h"

namespace rosterd::db {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Time kCreated{std::chrono::seconds{1'000'000'000}};
constexpr Time kLater{std::chrono::seconds{1'000'000'060}};

Person Ann() {
  Person person;
  person.username = "ann";
  person.email = "Ann@Example.org";
  person.phone = "+48 1";
  person.first_name = "Ann";
  person.last_name = "Łoś";
  person.display_name = "A. Łoś";
  person.company = "ACME";
  person.position = "Clerk";
  person.picture = "https://example.org/a.png";
  person.password = {"$argon2id$x", "salt"};
  person.status = Status::kHidden;
  person.blocked = true;
  person.created_at = kCreated;
  person.updated_at = kCreated;
  return person;
}

/// A migrated schema, and single calls of the store as units of work.
class PersonStoreTest : public ::testing::Test {
 protected:
  StoreResult<UserId> Insert(const Person& person, const Realm& realm = {},
                             const DialectValues& values = {}) {
    return connection_.Transaction([&](Session& session) -> StoreResult<UserId> {
      return PersonStore::Insert(session, person, realm, values);
    });
  }

  StoreResult<std::vector<std::string>> Update(const Person& before, const Person& after,
                                               const std::optional<Realm>& realm = {},
                                               bool reserve_names = false) {
    using Names = StoreResult<std::vector<std::string>>;
    return connection_.Transaction([&](Session& session) -> Names {
      return PersonStore::Update(session, before, after, realm, {}, reserve_names);
    });
  }

  StoreResult<UserId> Delete(const Person& person, bool reserve_names = false) {
    Person after = person;
    after.deleted_at = kLater;
    const auto names = Update(person, after, {}, reserve_names);
    if (!names) return names.error();
    return person.id;
  }

  Person Get(UserId id) {
    std::optional<Person> person;
    EXPECT_TRUE(
        Do(connection_, [&](Session& session) { person = PersonStore::Find(session, id); }));
    return person.value_or(Person{});
  }

  UserId IdOfLogin(std::string_view login) {
    std::optional<Person> person;
    EXPECT_TRUE(Do(connection_,
                   [&](Session& session) { person = PersonStore::FindByLogin(session, login); }));
    return person.value_or(Person{}).id;
  }

  UserId IdOfEmail(std::string_view email, const Realm& realm) {
    std::optional<Person> person;
    EXPECT_TRUE(Do(connection_, [&](Session& session) {
      person = PersonStore::FindByEmail(session, email, realm);
    }));
    return person.value_or(Person{}).id;
  }

  /// Inserted, as the database has it.
  Person Added(Person person, const Realm& realm = {}) {
    const auto id = Insert(person, realm);
    return id ? Get(*id) : Person{};
  }

  rosterd::testing::TestDatabase database_;
  Connection connection_{database_.Settings()};
};

TEST_F(PersonStoreTest, GivesBackWhatWasInserted) {
  const Person person = Added(Ann());

  EXPECT_EQ(person.id, UserId{1});
  EXPECT_EQ(person.username, "ann");
  EXPECT_EQ(person.email, "Ann@Example.org");
  EXPECT_EQ(person.phone, "+48 1");
  EXPECT_EQ(person.first_name, "Ann");
  EXPECT_EQ(person.last_name, "Łoś");
  EXPECT_EQ(person.display_name, "A. Łoś");
  EXPECT_EQ(person.company, "ACME");
  EXPECT_EQ(person.position, "Clerk");
  EXPECT_EQ(person.picture, "https://example.org/a.png");
  EXPECT_EQ(person.password, (StoredPassword{"$argon2id$x", "salt"}));
  EXPECT_EQ(person.status, Status::kHidden);
  EXPECT_TRUE(person.blocked);
  EXPECT_EQ(person.deleted_at, std::nullopt);
  EXPECT_EQ(person.created_at, kCreated);
  EXPECT_EQ(person.updated_at, kCreated);
  EXPECT_EQ(person.last_login_at, std::nullopt);
}

TEST_F(PersonStoreTest, TakesAGivenId) {
  Person person = Ann();
  person.id = {777};
  EXPECT_EQ(Added(person).id, UserId{777});
}

TEST_F(PersonStoreTest, WritesColumnsOfADialect) {
  const auto id = Insert(Ann(), {}, {{DialectColumn("cscart_user_type"), "A"}});
  ASSERT_TRUE(id);
  EXPECT_EQ(database_.Ask("SELECT cscart_user_type FROM users"), "A");
}

TEST_F(PersonStoreTest, RefusesAUsernameInAnotherCase) {
  Person other = Ann();
  other.username = "ANN";
  other.email = std::nullopt;
  ASSERT_TRUE(Insert(Ann()));
  EXPECT_EQ(Insert(other).error(), StoreError::kDuplicateUsername);
}

TEST_F(PersonStoreTest, RefusesAnEmailInAnotherCase) {
  Person other = Ann();
  other.username = "bob";
  other.email = "aNN@eXAMPLE.org";
  ASSERT_TRUE(Insert(Ann()));
  EXPECT_EQ(Insert(other).error(), StoreError::kDuplicateEmail);
}

TEST_F(PersonStoreTest, TakesAccentsForAnotherName) {
  Person other = Ann();
  other.username = "ánn";
  other.email = "ánn@example.org";
  ASSERT_TRUE(Insert(Ann()));
  EXPECT_TRUE(Insert(other));
}

TEST_F(PersonStoreTest, MindsTheCaseOfLettersBeyondAscii) {
  Person one = Ann();
  one.username = "ЖУК";
  one.email = std::nullopt;
  Person two = one;
  two.username = "жук";
  ASSERT_TRUE(Insert(one));
  EXPECT_EQ(Insert(two).error(), StoreError::kDuplicateUsername);
}

TEST_F(PersonStoreTest, AllowsManyPersonsWithoutEmail) {
  Person one = Ann();
  one.email = std::nullopt;
  Person two = one;
  two.username = "bob";
  EXPECT_TRUE(Insert(one));
  EXPECT_TRUE(Insert(two));
}

TEST_F(PersonStoreTest, AllowsOneEmailInTwoRealms) {
  Person other = Ann();
  other.username = "bob";
  ASSERT_TRUE(Insert(Ann(), Realm{"1"}));
  EXPECT_TRUE(Insert(other, Realm{"2"}));
  EXPECT_EQ(IdOfEmail("ann@example.org", Realm{"2"}), UserId{2});
  EXPECT_EQ(IdOfEmail("ann@example.org", Realm{}), UserId{});
}

TEST_F(PersonStoreTest, FindsNobodyByARealmSmuggledIntoAnEmail) {
  using std::string_view_literals::operator""sv;
  ASSERT_TRUE(Insert(Ann(), Realm{"1"}));
  EXPECT_EQ(IdOfEmail("ann@example.org\0001"sv, Realm{}), UserId{});
}

TEST_F(PersonStoreTest, RefusesANulInAName) {
  using std::string_literals::operator""s;
  Person person = Ann();
  person.email = "ann@example.org\0001"s;
  EXPECT_EQ(Insert(person).error(), StoreError::kBadText);
}

TEST_F(PersonStoreTest, FindsALoginByUsernameBeforeEmail) {
  Person other = Ann();
  other.username = "ann@example.org";
  other.email = std::nullopt;
  ASSERT_TRUE(Insert(Ann()));
  EXPECT_EQ(IdOfLogin("ANN@example.org"), UserId{1});
  ASSERT_TRUE(Insert(other));
  EXPECT_EQ(IdOfLogin("ANN@example.org"), UserId{2});
  EXPECT_EQ(IdOfLogin("Ann"), UserId{1});
}

TEST_F(PersonStoreTest, FindsNamesByTheirUniqueIndexes) {
  EXPECT_EQ(
      database_.Ask("EXPLAIN FORMAT=JSON SELECT id FROM users WHERE username_key = LOWER('x')")
          .find("ALL"),
      std::string::npos);
  for (int i = 0; i < 200; ++i) {
    database_.Execute(
        "INSERT INTO users (username, username_key, email_key, created_at, updated_at)"
        " VALUES ('', UUID(), UUID(), NOW(6), NOW(6))");
  }
  ASSERT_TRUE(Do(connection_, [](Session& session) {
    session.Execute("FLUSH STATUS");
    (void)PersonStore::FindByLogin(session, "somebody");
    Rows rows = session.Query("SHOW SESSION STATUS LIKE 'Handler_read_%next'");
    while (rows.Next()) EXPECT_EQ(rows.Text(1), "0") << rows.Text(0);
  }));
}

TEST_F(PersonStoreTest, WritesOnlyWhatDiffers) {
  const Person before = Added(Ann());
  Person after = before;
  after.phone = "2";
  after.status = Status::kActive;
  after.updated_at = kLater;

  EXPECT_THAT(*Update(before, after), ElementsAre("phone", "status"));
  EXPECT_EQ(Get(before.id).phone, "2");
  EXPECT_EQ(Get(before.id).updated_at, kLater);
}

TEST_F(PersonStoreTest, WritesNothingWhenNothingDiffers) {
  const Person person = Added(Ann());
  const uint64_t before = connection_.Statements();
  EXPECT_THAT(*Update(person, person), IsEmpty());
  EXPECT_EQ(connection_.Statements() - before, 2U);  // BEGIN and COMMIT
}

TEST_F(PersonStoreTest, MovesTheUniqueNamesWithAnUpdate) {
  const Person before = Added(Ann());
  Person after = before;
  after.username = "eve";
  after.email = "eve@example.org";
  ASSERT_TRUE(Update(before, after));

  EXPECT_EQ(IdOfLogin("EVE"), before.id);
  EXPECT_EQ(IdOfLogin("eve@EXAMPLE.org"), before.id);
  EXPECT_TRUE(Insert(Ann()));
}

TEST_F(PersonStoreTest, KeepsTheRealmWhenTheEmailChanges) {
  const Person before = Added(Ann(), Realm{"7"});
  Person after = before;
  after.email = "eve@example.org";
  ASSERT_TRUE(Update(before, after));
  EXPECT_EQ(IdOfEmail("eve@example.org", Realm{"7"}), before.id);
}

TEST_F(PersonStoreTest, MovesAPersonToAnotherRealm) {
  const Person person = Added(Ann(), Realm{"7"});
  ASSERT_TRUE(Update(person, person, Realm{"8"}));
  EXPECT_EQ(IdOfEmail("ann@example.org", Realm{"8"}), person.id);
  ASSERT_TRUE(Update(person, person, Realm{}));
  EXPECT_EQ(IdOfEmail("ann@example.org", Realm{}), person.id);
}

TEST_F(PersonStoreTest, FreesTheNamesOfADeletedPerson) {
  const Person person = Added(Ann());
  ASSERT_TRUE(Delete(person));
  EXPECT_EQ(IdOfLogin("ann"), UserId{});
  EXPECT_TRUE(Insert(Ann()));
}

TEST_F(PersonStoreTest, KeepsReservedNamesOfADeletedPerson) {
  const Person person = Added(Ann());
  ASSERT_TRUE(Delete(person, /*reserve_names=*/true));
  EXPECT_EQ(IdOfLogin("ann"), UserId{});
  EXPECT_EQ(Insert(Ann()).error(), StoreError::kDuplicateUsername);
}

TEST_F(PersonStoreTest, RestoresAPersonIntoItsRealm) {
  const Person person = Added(Ann(), Realm{"7"});
  ASSERT_TRUE(Delete(person));
  ASSERT_TRUE(Update(Get(person.id), person));
  EXPECT_EQ(IdOfEmail("ann@example.org", Realm{"7"}), person.id);
}

TEST_F(PersonStoreTest, DoesNotRestoreOntoATakenName) {
  const Person person = Added(Ann());
  ASSERT_TRUE(Delete(person));
  ASSERT_TRUE(Insert(Ann()));
  EXPECT_EQ(Update(Get(person.id), person).error(), StoreError::kDuplicateUsername);
}

TEST_F(PersonStoreTest, ErasesOnlyTheDeleted) {
  const Person person = Added(Ann());
  const auto erase = [&](Session& session) { PersonStore::Erase(session, person.id); };
  ASSERT_TRUE(Do(connection_, erase));
  EXPECT_EQ(Get(person.id).username, "ann");

  ASSERT_TRUE(Delete(person, /*reserve_names=*/true));
  ASSERT_TRUE(Do(connection_, erase));
  const Person erased = Get(person.id);
  EXPECT_EQ(erased.username, "");
  EXPECT_EQ(erased.email, std::nullopt);
  EXPECT_EQ(erased.first_name + erased.last_name + erased.phone + erased.picture, "");
  EXPECT_EQ(erased.password, StoredPassword{});
  EXPECT_TRUE(Insert(Ann()));
}

TEST_F(PersonStoreTest, ListsTheDeletedUntilTheyAreErased) {
  const Person person = Added(Ann());
  ASSERT_TRUE(Delete(person));
  const auto list = [&](Time before) {
    std::vector<UserId> ids;
    EXPECT_TRUE(Do(connection_,
                   [&](Session& session) { ids = PersonStore::ListDeleted(session, before, 10); }));
    return ids;
  };
  EXPECT_THAT(list(kLater), IsEmpty());
  EXPECT_THAT(list(kLater + std::chrono::seconds{1}), ElementsAre(person.id));
  ASSERT_TRUE(Do(connection_, [&](Session& session) { PersonStore::Erase(session, person.id); }));
  EXPECT_THAT(list(kLater + std::chrono::seconds{1}), IsEmpty());
}

TEST_F(PersonStoreTest, TouchesTheLoginAlone) {
  const Person person = Added(Ann());
  ASSERT_TRUE(Do(connection_,
                 [&](Session& session) { PersonStore::TouchLogin(session, person.id, kLater); }));
  EXPECT_EQ(Get(person.id).last_login_at, kLater);
  EXPECT_EQ(Get(person.id).updated_at, kCreated);
}

TEST_F(PersonStoreTest, RehashesOnlyThePasswordThatWasVerified) {
  const Person person = Added(Ann());
  const auto rehash = [&](const StoredPassword& before, const StoredPassword& after) {
    return Do(connection_,
              [&](Session& session) { PersonStore::Rehash(session, person.id, before, after); });
  };
  ASSERT_TRUE(rehash({"$old", "salt"}, {"$new", ""}));
  EXPECT_EQ(Get(person.id).password.hash, "$argon2id$x");
  ASSERT_TRUE(rehash({"$argon2id$x", "salt"}, {"$new", ""}));
  EXPECT_EQ(Get(person.id).password, (StoredPassword{"$new", ""}));
}

TEST_F(PersonStoreTest, NotesWhenThePasswordChanged) {
  const Person before = Added(Ann());
  Person after = before;
  after.password = {"$argon2id$y", ""};
  after.updated_at = kLater;
  ASSERT_TRUE(Update(before, after));
  EXPECT_EQ(database_.Ask("SELECT password_changed_at FROM users"), "2001-09-09 01:47:40.000000");
}

TEST(PersonStatus, IsReadAsItIsWritten) {
  for (const Status status :
       {Status::kActive, Status::kPending, Status::kDisabled, Status::kHidden}) {
    EXPECT_EQ(StatusFromText(ToText(status)), status);
  }
  EXPECT_EQ(StatusFromText("Active"), std::nullopt);
}

}  // namespace
}  // namespace rosterd::db

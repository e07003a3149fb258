#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/audit.h"
#include "db/credentials.h"
#include "db/person.h"
#include "db/throttle_store.h"
#include "tests/unit/db/database_fixture.h"

namespace rosterd::db {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using std::string_literals::operator""s;

constexpr Time kNow{seconds{1'000'000'000}};

/// A migrated schema with person 1, and a session that each case uses as one unit of work.
class StoresTest : public ::testing::Test {
 protected:
  StoresTest() {
    database_.Execute(
        "INSERT INTO users (id, username, created_at, updated_at) VALUES (1, 'a', NOW(6), NOW(6))");
  }
  void InUnit(const std::function<void(Session&)>& work) { ASSERT_TRUE(Do(connection_, work)); }

  rosterd::testing::TestDatabase database_;
  Connection connection_{database_.Settings()};
};

using CredentialStoreTest = StoresTest;
using AuditStoreTest = StoresTest;
using ThrottleStoreTest = StoresTest;

Credential Key(const std::string& digest) {
  Credential credential;
  credential.dialect = "cscart";
  credential.kind = "key";
  credential.user = {1};
  credential.form = "sha256";
  credential.digest = digest;
  credential.created_at = kNow;
  return credential;
}

std::optional<Credential> FindKey(Session& session, const std::string& digest, Time now = kNow) {
  return CredentialStore::FindByDigest(session, "cscart", "key", digest, now);
}

TEST_F(CredentialStoreTest, GivesBackWhatWasInserted) {
  InUnit([](Session& session) {
    Credential key = Key("\xFF\0\x80'\\ 0123456789abcdefghijklmnopq"s);
    key.nonce = "\0\xFE"s;
    key.role = "admin";
    key.label = "CRM";
    key.expires_at = kNow + seconds{60};
    const uint64_t id = CredentialStore::Insert(session, key);

    const auto found = FindKey(session, key.digest);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, id);
    EXPECT_EQ(found->user, UserId{1});
    EXPECT_EQ(found->digest, key.digest);
    EXPECT_EQ(found->nonce, key.nonce);
    EXPECT_EQ(found->role, "admin");
    EXPECT_EQ(found->label, "CRM");
    EXPECT_EQ(found->expires_at, kNow + seconds{60});
    EXPECT_EQ(found->last_used_at, std::nullopt);
  });
}

TEST_F(CredentialStoreTest, KeepsDialectsAndKindsApart) {
  InUnit([](Session& session) {
    CredentialStore::Insert(session, Key("d"));
    EXPECT_FALSE(CredentialStore::FindByDigest(session, "bedita", "key", "d", kNow));
    EXPECT_FALSE(CredentialStore::FindByDigest(session, "cscart", "token", "d", kNow));
  });
}

TEST_F(CredentialStoreTest, FindsNoExpiredOne) {
  InUnit([](Session& session) {
    Credential key = Key("d");
    key.expires_at = kNow;
    CredentialStore::Insert(session, key);
    EXPECT_TRUE(FindKey(session, "d", kNow - seconds{1}));
    EXPECT_FALSE(FindKey(session, "d", kNow));
  });
}

TEST_F(CredentialStoreTest, RevokesOnce) {
  InUnit([](Session& session) {
    const uint64_t id = CredentialStore::Insert(session, Key("d"));
    EXPECT_TRUE(CredentialStore::Revoke(session, id, kNow));
    EXPECT_FALSE(CredentialStore::Revoke(session, id, kNow));
    EXPECT_FALSE(FindKey(session, "d"));
    EXPECT_EQ(CredentialStore::Find(session, id)->revoked_at, kNow);
  });
}

TEST_F(CredentialStoreTest, RevokesAPersonsButTheKeptOnes) {
  InUnit([](Session& session) {
    Credential token = Key("t");
    token.kind = "token";
    CredentialStore::Insert(session, Key("d"));
    const uint64_t kept = CredentialStore::Insert(session, token);
    CredentialStore::Insert(session, token);

    EXPECT_EQ(CredentialStore::RevokeOfUser(session, {1}, {"key"}, kept, kNow), 1U);
    EXPECT_EQ(CredentialStore::OfUser(session, {1}, "", "", kNow).size(), 2U);
    EXPECT_EQ(CredentialStore::RevokeOfUser(session, {1}, {}, 0, kNow), 2U);
  });
}

TEST_F(CredentialStoreTest, ListsAfterAnId) {
  InUnit([](Session& session) {
    const uint64_t first = CredentialStore::Insert(session, Key("1"));
    const uint64_t second = CredentialStore::Insert(session, Key("2"));
    EXPECT_EQ(CredentialStore::List(session, "cscart", "key", 0, 10).size(), 2U);
    const auto rest = CredentialStore::List(session, "", "", first, 10);
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].id, second);
    EXPECT_TRUE(CredentialStore::OfUser(session, {1}, "bedita", "", kNow).empty());
  });
}

TEST_F(CredentialStoreTest, MayBelongToNobody) {
  InUnit([](Session& session) {
    Credential application = Key("d");
    application.user = {};
    CredentialStore::Insert(session, application);
    EXPECT_EQ(FindKey(session, "d")->user, UserId{});
  });
}

TEST_F(CredentialStoreTest, RefusesAPersonWhoIsNotThere) {
  Credential key = Key("d");
  key.user = {99};
  EXPECT_EQ(
      Do(connection_, [&](Session& session) { CredentialStore::Insert(session, key); }).error(),
      StoreError::kNotFound);
}

TEST_F(CredentialStoreTest, ReplacesTheDigestOfAnImportedOne) {
  InUnit([](Session& session) {
    Credential key = Key("$2y$10$abc");
    key.form = "crypt";
    const uint64_t id = CredentialStore::Insert(session, key);
    EXPECT_FALSE(FindKey(session, "$2y$10$abc"));
    CredentialStore::ReplaceDigest(session, id, "sha256", "d");
    EXPECT_EQ(FindKey(session, "d")->id, id);
    CredentialStore::Touch(session, id, kNow);
    EXPECT_EQ(FindKey(session, "d")->last_used_at, kNow);
  });
}

TEST_F(CredentialStoreTest, SweepsTheRevokedAndTheExpired) {
  InUnit([](Session& session) {
    Credential expired = Key("1");
    expired.expires_at = kNow - seconds{10};
    Credential revoked = Key("2");
    revoked.revoked_at = kNow - seconds{10};
    CredentialStore::Insert(session, expired);
    CredentialStore::Insert(session, revoked);
    CredentialStore::Insert(session, Key("3"));

    EXPECT_EQ(CredentialStore::Sweep(session, kNow - seconds{20}, 10), 0U);
    EXPECT_EQ(CredentialStore::Sweep(session, kNow, 1), 1U);
    EXPECT_EQ(CredentialStore::Sweep(session, kNow, 10), 1U);
    EXPECT_TRUE(FindKey(session, "3"));
  });
}

TEST_F(AuditStoreTest, ListsNewestFirst) {
  InUnit([](Session& session) {
    AuditRow row;
    row.at = kNow;
    row.dialect = "cscart";
    row.action = "user.update";
    row.user = {1};
    row.actor = {2};
    row.credential = "key 3";
    row.address = "::1";
    row.request_id = "r";
    row.fields = "phone,email";
    AuditStore::Insert(session, row);
    row.at = kNow + seconds{1};
    row.user = {5};
    AuditStore::Insert(session, row);

    EXPECT_EQ(AuditStore::List(session, {}, {}, 10).at(0).user, UserId{5});
    EXPECT_EQ(AuditStore::List(session, {}, {}, 1).size(), 1U);
    EXPECT_EQ(AuditStore::List(session, {}, kNow + seconds{1}, 10).size(), 1U);
    const auto of_one = AuditStore::List(session, UserId{1}, {}, 10);
    ASSERT_EQ(of_one.size(), 1U);
    EXPECT_EQ(of_one[0].at, kNow);
    EXPECT_EQ(of_one[0].dialect, "cscart");
    EXPECT_EQ(of_one[0].action, "user.update");
    EXPECT_EQ(of_one[0].actor, UserId{2});
    EXPECT_EQ(of_one[0].credential, "key 3");
    EXPECT_EQ(of_one[0].address, "::1");
    EXPECT_EQ(of_one[0].request_id, "r");
    EXPECT_EQ(of_one[0].fields, "phone,email");
  });
}

const std::string kSubject = "\xFF\0'\\56789012345678901234567890\x80z"s;
constexpr seconds kWindow{600};

ThrottleStore::Count Failures(Session& session, std::string kind, Time now) {
  const std::vector<ThrottleStore::Key> keys = {{std::move(kind), kSubject, kWindow}};
  return ThrottleStore::Get(session, keys, now).front();
}

TEST_F(ThrottleStoreTest, CountsInAWindowThatStartsWithTheFirst) {
  InUnit([](Session& session) {
    EXPECT_EQ(Failures(session, "k", kNow).failures, 0U);
    ThrottleStore::Add(session, "k", kSubject, kNow, kWindow);
    ThrottleStore::Add(session, "k", kSubject, kNow + seconds{599}, kWindow);

    const auto count = Failures(session, "k", kNow + seconds{599});
    EXPECT_EQ(count.failures, 2U);
    EXPECT_EQ(count.window_started_at, kNow);
    EXPECT_EQ(Failures(session, "k", kNow + kWindow).failures, 0U);
  });
}

TEST_F(ThrottleStoreTest, StartsAnewAfterTheWindow) {
  InUnit([](Session& session) {
    ThrottleStore::Add(session, "k", kSubject, kNow, kWindow);
    ThrottleStore::Add(session, "k", kSubject, kNow, kWindow);
    ThrottleStore::Add(session, "k", kSubject, kNow + kWindow, kWindow);

    const auto count = Failures(session, "k", kNow + kWindow);
    EXPECT_EQ(count.failures, 1U);
    EXPECT_EQ(count.window_started_at, kNow + kWindow);
  });
}

TEST_F(ThrottleStoreTest, ClearsOneSubjectOfOneKind) {
  InUnit([](Session& session) {
    ThrottleStore::Add(session, "k", kSubject, kNow, kWindow);
    ThrottleStore::Add(session, "other", kSubject, kNow, kWindow);
    ThrottleStore::Clear(session, "k", kSubject);

    EXPECT_EQ(Failures(session, "k", kNow).failures, 0U);
    EXPECT_EQ(Failures(session, "other", kNow).failures, 1U);
  });
}

TEST_F(ThrottleStoreTest, GivesTheCountsOfManyInTheirOrder) {
  InUnit([](Session& session) {
    const std::string other(32, 'o');
    ThrottleStore::Add(session, "k", kSubject, kNow, kWindow);
    ThrottleStore::Add(session, "k", kSubject, kNow, kWindow);
    ThrottleStore::Add(session, "closed", kSubject, kNow, kWindow);
    ThrottleStore::Add(session, "k", other, kNow + seconds{1}, kWindow);

    const std::vector<ThrottleStore::Key> keys = {{"k", other, kWindow},
                                                  {"nothing", kSubject, kWindow},
                                                  {"closed", kSubject, seconds{1}},
                                                  {"k", kSubject, kWindow}};
    const auto counts = ThrottleStore::Get(session, keys, kNow + seconds{1});

    ASSERT_EQ(counts.size(), 4U);
    EXPECT_EQ(counts[0].failures, 1U);
    EXPECT_EQ(counts[0].window_started_at, kNow + seconds{1});
    EXPECT_EQ(counts[1].failures, 0U);
    EXPECT_EQ(counts[2].failures, 0U);
    EXPECT_EQ(counts[3].failures, 2U);
  });
}

TEST_F(ThrottleStoreTest, AsksNothingForNoKeys) {
  InUnit([](Session& session) { EXPECT_TRUE(ThrottleStore::Get(session, {}, kNow).empty()); });
}

TEST_F(ThrottleStoreTest, SweepsOldWindows) {
  InUnit([](Session& session) {
    ThrottleStore::Add(session, "k", kSubject, kNow, kWindow);
    EXPECT_EQ(ThrottleStore::Sweep(session, kNow, 10), 0U);
    EXPECT_EQ(ThrottleStore::Sweep(session, kNow + seconds{1}, 10), 1U);
  });
}

}  // namespace
}  // namespace rosterd::db

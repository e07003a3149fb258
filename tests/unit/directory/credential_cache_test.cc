#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "directory/credentials.h"
#include "directory/epoch.h"
#include "directory/secrets.h"

namespace rosterd::directory {
namespace {

TEST(CredentialCache, RemembersAVerdict) {
  const CredentialEpoch epoch;
  CredentialCache<std::string> cache(epoch);

  cache.Store("digest", cache.Epoch(), "ann");

  ASSERT_NE(cache.Find("digest"), nullptr);
  EXPECT_EQ(*cache.Find("digest"), "ann");
  EXPECT_EQ(cache.Find("another"), nullptr);
}

TEST(CredentialCache, ForgetsWhenTheEpochMoves) {
  CredentialEpoch epoch;
  CredentialCache<std::string> cache(epoch);
  cache.Store("digest", cache.Epoch(), "ann");

  epoch.Advance();

  EXPECT_EQ(cache.Find("digest"), nullptr);
}

TEST(CredentialCache, DoesNotTakeAVerdictThatWasLookedUpBeforeTheEpochMoved) {
  CredentialEpoch epoch;
  CredentialCache<std::string> cache(epoch);
  const uint64_t before = cache.Epoch();
  epoch.Advance();

  cache.Store("digest", before, "ann");

  EXPECT_EQ(cache.Find("digest"), nullptr);
}

TEST(CredentialCache, ForgetsAfterOneSecond) {
  using Clock = std::chrono::steady_clock;
  const CredentialEpoch epoch;
  CredentialCache<std::string> cache(epoch);
  cache.Store("digest", cache.Epoch(), "ann");

  const auto deadline = Clock::now() + std::chrono::milliseconds{1500};
  while (cache.Find("digest") != nullptr && Clock::now() < deadline) {
  }

  EXPECT_EQ(cache.Find("digest"), nullptr);
}

TEST(CredentialCache, StaysBounded) {
  const CredentialEpoch epoch;
  CredentialCache<int> cache(epoch);

  for (int key = 0; key <= 4096; ++key) cache.Store(std::to_string(key), cache.Epoch(), key);

  EXPECT_EQ(cache.Find("0"), nullptr);
  EXPECT_NE(cache.Find("4096"), nullptr);
}

db::Credential Stored(std::string form, std::string digest) {
  db::Credential credential;
  credential.form = std::move(form);
  credential.digest = std::move(digest);
  return credential;
}

TEST(Credential, MatchesItsDigest) {
  const db::Credential key = Stored("sha256", Sha256("secret1"));

  EXPECT_TRUE(Credentials::Matches(key, "secret1"));
  EXPECT_FALSE(Credentials::Matches(key, "secret2"));
  EXPECT_FALSE(Credentials::Matches(key, Sha256("secret1")));
  EXPECT_FALSE(Credentials::Matches(key, ""));
}

TEST(Credential, MatchesAnImportedCryptHash) {
  const db::Credential key =
      Stored("crypt", "$2y$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2");

  EXPECT_TRUE(Credentials::Matches(key, "secret1"));
  EXPECT_FALSE(Credentials::Matches(key, "secret2"));
}

TEST(Credential, OfAnUnknownFormMatchesNothing) {
  EXPECT_FALSE(Credentials::Matches(Stored("plain", "secret1"), "secret1"));
}

}  // namespace
}  // namespace rosterd::directory

#include "handlers/bedita/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <stdexcept>

#include "directory/secrets.h"

namespace rosterd::bedita {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

constexpr db::Time kNow{std::chrono::seconds{1767225600}};
constexpr const char* kSecret = "a secret of this test, long enough";

config::Bedita Settings(const std::string& algorithm = "HS256") {
  directory::InitialiseSecrets();
  config::Bedita settings;
  settings.jwt_algorithm = algorithm;
  settings.jwt_secret = kSecret;
  return settings;
}

Caller John() {
  Caller caller;
  caller.id = {19283};
  caller.username = "johndoe";
  caller.roles = {{2, "editor", 100}};
  caller.session = 77;
  return caller;
}

std::string Claim(const std::string& token, std::string_view name,
                  const std::string& secret = kSecret) {
  const auto claims = Jwt("HS256", secret).Verify(token);
  const fcgi::Value* value = claims ? claims->Find(name) : nullptr;
  if (value == nullptr) return "";
  if (value->IsNull()) return "null";
  return value->AsNumber() != nullptr ? value->AsNumber()->text : *value->AsText();
}

TEST(BeditaTokens, SaysWhatTheContractSays) {
  const Tokens tokens(Settings(), "");
  const TokenPair pair = tokens.Issue("https://dir.example.org", John(), {1, "manager"}, kNow);
  EXPECT_EQ(Claim(pair.jwt, "iss"), "https://dir.example.org");
  EXPECT_EQ(Claim(pair.jwt, "iat"), "1767225600");
  EXPECT_EQ(Claim(pair.jwt, "nbf"), "1767225600");
  EXPECT_EQ(Claim(pair.jwt, "exp"), "1767226800");
  EXPECT_EQ(Claim(pair.jwt, "id"), "19283");
  EXPECT_EQ(Claim(pair.jwt, "username"), "johndoe");
  EXPECT_EQ(Claim(pair.jwt, "sub"), "");
  EXPECT_EQ(Claim(pair.renew, "sub"), "19283");
  EXPECT_EQ(Claim(pair.renew, "aud"), "https://dir.example.org/auth");
  EXPECT_EQ(Claim(pair.renew, "exp"), "1769817600");
  EXPECT_EQ(Claim(pair.renew, "id"), "");
}

TEST(BeditaTokens, ReadsItsOwn) {
  const Tokens tokens(Settings(), "");
  const TokenPair pair = tokens.Issue("https://x", John(), {1, "manager"}, kNow);
  const auto access = tokens.Read(pair.jwt, kNow);
  ASSERT_TRUE(access);
  EXPECT_EQ(access->kind, Token::Kind::kAccess);
  EXPECT_EQ(access->user.value, 19283U);
  EXPECT_EQ(access->application, 1U);
  EXPECT_EQ(access->session, 77U);
  const auto renew = tokens.Read(pair.renew, kNow);
  ASSERT_TRUE(renew);
  EXPECT_EQ(renew->kind, Token::Kind::kRenew);
  EXPECT_EQ(renew->user.value, 19283U);
}

TEST(BeditaTokens, ReadsThoseOfAnApplicationAlone) {
  const Tokens tokens(Settings(), "");
  const TokenPair pair = tokens.Issue("https://x", Caller(), {2, "site"}, kNow);
  EXPECT_EQ(tokens.Read(pair.jwt, kNow)->user.value, 0U);
  EXPECT_EQ(tokens.Read(pair.renew, kNow)->kind, Token::Kind::kRenew);
  EXPECT_EQ(Claim(pair.renew, "sub"), "null");
  EXPECT_EQ(Claim(tokens.Issue("https://x", John(), {}, kNow).jwt, "app"), "null");
}

TEST(BeditaTokens, DiffersEachTime) {
  const Tokens tokens(Settings(), "");
  const TokenPair one = tokens.Issue("https://x", John(), {1, "manager"}, kNow);
  const TokenPair two = tokens.Issue("https://x", John(), {1, "manager"}, kNow);
  EXPECT_NE(one.jwt, two.jwt);
  EXPECT_NE(one.renew, two.renew);
}

TEST(BeditaTokens, TellsExpiredFromBad) {
  const Tokens tokens(Settings(), "");
  const TokenPair pair = tokens.Issue("https://x", John(), {1, "manager"}, kNow);
  EXPECT_TRUE(tokens.Read(pair.jwt, kNow + seconds(1199)));
  EXPECT_EQ(tokens.Read(pair.jwt, kNow + seconds(1200)).error(), TokenFault::kExpired);
  EXPECT_EQ(tokens.Read(pair.renew, kNow + seconds(31 * 86400)).error(), TokenFault::kBad);
  EXPECT_EQ(tokens.Read(pair.jwt + "x", kNow + seconds(1200)).error(), TokenFault::kBad);
}

TEST(BeditaTokens, BearsClocksThatDifferALittle) {
  const Tokens tokens(Settings(), "");
  const TokenPair pair = tokens.Issue("https://x", John(), {1, "manager"}, kNow);
  EXPECT_TRUE(tokens.Read(pair.jwt, kNow - seconds(30)));
  EXPECT_EQ(tokens.Read(pair.jwt, kNow - seconds(31)).error(), TokenFault::kBad);
}

TEST(BeditaTokens, LivesForEverWhenTheSettingSaysSo) {
  config::Bedita settings = Settings();
  settings.jwt_renew_duration = seconds(0);
  const Tokens tokens(settings, "");
  const TokenPair pair = tokens.Issue("https://x", John(), {1, "manager"}, kNow);
  EXPECT_EQ(Claim(pair.renew, "exp"), "");
  EXPECT_TRUE(tokens.Read(pair.renew, kNow + seconds(4000 * 86400LL)));
}

TEST(BeditaTokens, AcceptsItsOwnAlgorithmAlone) {
  const Tokens tokens(Settings(), "");
  const std::string claims = R"({"id":1,"exp":1767226800})";
  EXPECT_TRUE(tokens.Read(Jwt("HS256", kSecret).Sign(claims), kNow));
  EXPECT_FALSE(tokens.Read(Jwt("HS384", kSecret).Sign(claims), kNow));
  EXPECT_FALSE(tokens.Read(Jwt("HS512", kSecret).Sign(claims), kNow));
  EXPECT_FALSE(tokens.Read(Jwt("HS256", "another secret, as long as it").Sign(claims), kNow));
  const auto unsigned_token = directory::Base64Url(R"({"typ":"JWT","alg":"none"})") + "." +
                              directory::Base64Url(claims) + ".";
  EXPECT_FALSE(tokens.Read(unsigned_token, kNow));
  EXPECT_FALSE(tokens.Read(
      directory::Base64Url(R"({"alg":"None"})") + "." + directory::Base64Url(claims) + ".", kNow));
}

TEST(BeditaTokens, RefusesClaimsOfOtherForms) {
  const Tokens tokens(Settings(), "");
  const Jwt jwt("HS256", kSecret);
  for (const char* claims :
       {R"({"id":"1","exp":1767226800})", R"({"id":0,"exp":1767226800})", R"({"id":1})",
        R"({"id":1,"exp":"soon"})", R"({"id":1,"exp":-5})", R"({"app":7,"id":1,"exp":1767226800})",
        R"({"aud":"x","exp":1767226800})", R"({"id":1,"exp":1767226800,"nbf":1767225700})",
        R"({"id":1.5,"exp":1767226800})"}) {
    const auto read = tokens.Read(jwt.Sign(claims), kNow);
    ASSERT_FALSE(read) << claims;
    EXPECT_EQ(read.error(), TokenFault::kBad) << claims;
  }
  for (const char* text : {"", ".", "..", "a.b.c", "a b.c.d", "\xff.\xff.\xff"}) {
    EXPECT_FALSE(tokens.Read(text, kNow)) << text;
  }
  EXPECT_FALSE(tokens.Read(std::string(100'000, 'a'), kNow));
}

TEST(BeditaTokens, ReadsTokensFromBeforeAMigration) {
  const Tokens tokens(Settings(), "");
  const auto token = tokens.Read(
      Jwt("HS256", kSecret)
          .Sign(R"({"iss":"https://old","iat":1767225600,"id":5,"exp":1767226800,"jti":"a1-2"})"),
      kNow);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->session, 0U);
  EXPECT_EQ(token->issued_at, 1767225600);
}

TEST(BeditaTokens, MakesASecretOfTheServersKey) {
  config::Bedita settings = Settings();
  settings.jwt_secret.clear();
  const Tokens one(settings, std::string(32, 'a'));
  const Tokens two(settings, std::string(32, 'b'));
  const TokenPair pair = one.Issue("https://x", John(), {1, "manager"}, kNow);
  EXPECT_TRUE(one.Read(pair.jwt, kNow));
  EXPECT_FALSE(two.Read(pair.jwt, kNow));
}

std::string PrivateKey() {
  std::string pem;
  FILE* const pipe = popen("openssl genrsa 2048 2>/dev/null", "r");
  char piece[4096];
  for (size_t size = 0; (size = fread(piece, 1, sizeof piece, pipe)) > 0;) pem.append(piece, size);
  pclose(pipe);
  return pem;
}

TEST(BeditaTokens, SignsWithRs256) {
  config::Bedita settings = Settings("RS256");
  settings.jwt_secret = PrivateKey();
  const Tokens tokens(settings, "");
  const TokenPair pair = tokens.Issue("https://x", John(), {1, "manager"}, kNow);
  EXPECT_TRUE(tokens.Read(pair.jwt, kNow));
  EXPECT_FALSE(tokens.Read(Jwt("HS256", kSecret).Sign(R"({"id":1,"exp":1767226800})"), kNow));
}

TEST(BeditaTokens, RefusesKeysThatFitNoAlgorithm) {
  config::Bedita settings = Settings("RS256");
  EXPECT_THROW(Tokens(settings, ""), std::runtime_error);
  EXPECT_THROW(Jwt("HS256", ""), std::runtime_error);
}

TEST(BeditaBearer, IsOneSchemeInAnyCase) {
  EXPECT_EQ(BearerToken("Bearer abc"), "abc");
  EXPECT_EQ(BearerToken("bEARER  abc "), "abc");
  EXPECT_EQ(BearerToken("Basic abc"), std::nullopt);
  EXPECT_EQ(BearerToken("Bearer "), std::nullopt);
  EXPECT_EQ(BearerToken("Bearer"), std::nullopt);
  EXPECT_EQ(BearerToken(std::nullopt), std::nullopt);
}

}  // namespace
}  // namespace rosterd::bedita

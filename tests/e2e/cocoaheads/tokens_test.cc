#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/e2e/cocoaheads/cocoaheads.h"

namespace rosterd::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

HttpResponse Show(const AppUser& user, const std::vector<std::string>& headers) {
  HttpRequest request = CocoaRequest("GET", "/users/" + user.id);
  request.headers.insert(request.headers.end(), headers.begin(), headers.end());
  return Send(request);
}

// What the tool revokes ends on every worker within a second.
bool SoonRefuses(const AppUser& user, const std::string& token) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < end) {
    if (IsRefusal(Show(user, {"user-token: " + token}), 401)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

std::string Read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(CocoaheadsTokens, ComeInEitherHeaderAndNotInOneWithAnUnderscore) {
  const AppUser user = Join();
  EXPECT_EQ(Show(user, {"User-Token: " + user.token}).status, 200);
  EXPECT_EQ(Show(user, {"Authorization: bearer " + user.token}).status, 200);
  EXPECT_TRUE(IsRefusal(Show(user, {"user_token: " + user.token}), 401));
  EXPECT_TRUE(IsRefusal(Show(user, {}), 401));
}

TEST(CocoaheadsTokens, OfAnOldInstallationAreImported) {
  const AppUser user = Join();
  const std::string token = "q1w2+E/" + user.id + "==";
  const std::string id = CocoaStack().RosterctlMember(
      {"token", "add", "--dialect", "cocoaheads", "--user", user.id, "--value", token}, "id");

  EXPECT_EQ(Show(user, {"user-token: " + token}).status, 200);
  ASSERT_EQ(CocoaStack().Rosterctl({"token", "revoke", "--id", id}).status, 0);
  EXPECT_TRUE(SoonRefuses(user, token));
}

TEST(CocoaheadsTokens, EndAtOnceWithTheirOwner) {
  const AppUser user = Join();
  ASSERT_EQ(CocoaStack().Rosterctl({"user", "set", user.id, "--status", "disabled"}).status, 0);
  EXPECT_TRUE(IsRefusal(Show(user, {"user-token: " + user.token}), 401));
}

TEST(CocoaheadsTokens, AreGivenForAPassword) {
  const AppUser user = Join();
  ASSERT_EQ(CocoaStack().Rosterctl({"user", "set", user.id, "--password", "correct horse"}).status,
            0);

  const HttpResponse response = Cocoa(
      "POST", "/users/auth", R"({"email":")" + user.email + R"(","password":"correct horse"})");

  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(ParseJson(response.body)["token"].text, response.Header("user-token"));
  EXPECT_EQ(Show(user, {"user-token: " + response.Header("user-token")}).status, 200);
}

TEST(CocoaheadsTokens, AreInNoLog) {
  const AppUser user = Join();
  Show(user, {"user-token: " + user.token});
  for (const char* name : {"rosterd.log", "nginx-access.log", "nginx-error.log"}) {
    EXPECT_THAT(Read(CocoaStack().State() / "log" / name), Not(HasSubstr(user.token))) << name;
  }
}

TEST(CocoaheadsTokens, OfApplicationsAreMissedInTheLog) {
  CocoaStack();
  EXPECT_THAT(Read(CocoaStack().State() / "log" / "rosterd.log"),
              HasSubstr("cocoaheads.app_token is empty"));
}

}  // namespace
}  // namespace rosterd::testing

// Keys and passwords are in no log file: contract sections 6.4 and 8.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/e2e/brightact/api.h"

namespace rosterd::testing {
namespace {

/// The log files that hold a text.
std::vector<std::string> LogsWith(const std::string& text) {
  std::vector<std::string> found;
  const auto folder = BrightactStack().State() / "log";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(file)), {});
    if (content.find(text) != std::string::npos) found.push_back(entry.path().filename());
  }
  return found;
}

TEST(BrightactSecrets, AreInNoLog) {
  const std::string id = AddUser(NewName("secretive"));
  const std::string wrong = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeee1";
  const std::string password =
      ParseJson(SendAsSdk({.method = "GET", .target = WithKey("resetUserPassword/" + id + ".json")})
                    .body)["password"]
          .text;
  ASSERT_EQ(password.size(), 20U);
  SendAsSdk({.method = "GET", .target = WithKey("user/my.json", UserKey())});
  SendAsSdk({.method = "GET", .target = WithKey("user/my.json", wrong)});
  SendAsSdk({.method = "GET", .target = WithKey("nothing.json", wrong)});
  SendAsSdk(MultipartPost(WithKey("org.json", wrong), {{"name", std::string(1'100'000, 'n')}}));
  SendAsSdk({.method = "PUT",
             .target = WithKey("user/" + id + ".json"),
             .content_type = "application/x-www-form-urlencoded",
             .body = "password=zwiebelkuchen9"});

  for (const std::string& secret :
       {AdminKey(), UserKey(), wrong, password, std::string("zwiebelkuchen9")}) {
    EXPECT_EQ(LogsWith(secret), std::vector<std::string>()) << secret;
  }
  EXPECT_FALSE(LogsWith("/api/v1/user").empty()) << "the calls themselves are logged";
}

TEST(BrightactSecrets, AreStoredAsDigests) {
  EXPECT_EQ(BrightactStack().Sql("SELECT COUNT(*) FROM credentials WHERE dialect = 'brightact' AND "
                                 "digest = UNHEX(SHA2('" +
                                 AdminKey() + "', 256)) AND role = 'admin'"),
            "1\n");
}

}  // namespace
}  // namespace rosterd::testing

#include "handlers/timeslot/friend_ids.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fcgi/form.h"
#include "fcgi/json.h"

namespace rosterd::timeslot {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Result<FriendIds, FriendIdsProblem> Read(const std::string& json) {
  fcgi::JsonError error;
  const auto value = fcgi::ParseJson(json, error);
  return ReadFriendIds(&value.value());
}

TEST(TimeslotFriendIds, AreNumbersAndTextsOfDigits) {
  const auto read = Read(R"([4680, "4702", "007", 4680, null])");
  ASSERT_TRUE(read);
  EXPECT_THAT(read->ids, ElementsAre(UserId{4680}, UserId{4702}, UserId{7}));
  EXPECT_FALSE(read->has_others);
}

TEST(TimeslotFriendIds, ComeFromAFormToo) {
  const auto form = fcgi::ParseForm("ids%5B%5D=4680&ids%5B%5D=4702");
  const auto read = ReadFriendIds(form->Find("ids"));
  ASSERT_TRUE(read);
  EXPECT_THAT(read->ids, ElementsAre(UserId{4680}, UserId{4702}));
}

TEST(TimeslotFriendIds, TellOfWhatNobodyCanHave) {
  for (const char* json : {R"([""])", R"(["abc"])", "[0]", "[-1]", "[1.5]", "[1e2]",
                           "[9007199254740992]", "[99999999999999999999]", R"(["4680 "])"}) {
    const auto read = Read(json);
    ASSERT_TRUE(read) << json;
    EXPECT_THAT(read->ids, IsEmpty()) << json;
    EXPECT_TRUE(read->has_others) << json;
  }
}

TEST(TimeslotFriendIds, MayNotBeBlank) {
  EXPECT_EQ(ReadFriendIds(nullptr).error(), FriendIdsProblem::kBlank);
  for (const char* json : {"null", R"("")", R"("  ")", "[]", "[null]", "{}", "false"}) {
    const auto read = Read(json);
    ASSERT_FALSE(read) << json;
    EXPECT_EQ(read.error(), FriendIdsProblem::kBlank) << json;
  }
}

TEST(TimeslotFriendIds, MustBeAnArrayOfThem) {
  for (const char* json : {"4680", R"("4680")", "true", R"({"0":4680})", "[[4680]]", "[{}]",
                           "[true]", R"(["46\u000080"])"}) {
    const auto read = Read(json);
    ASSERT_FALSE(read) << json;
    EXPECT_EQ(read.error(), FriendIdsProblem::kInvalid) << json;
  }
}

TEST(TimeslotFriendIds, AreAThousandAtMost) {
  std::string json = "[1";
  for (int i = 2; i <= 1000; ++i) json += "," + std::to_string(i);
  EXPECT_TRUE(Read(json + "]"));
  EXPECT_FALSE(Read(json + ",1001]"));
}

}  // namespace
}  // namespace rosterd::timeslot

#include "handlers/timeslot/upload_signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "directory/secrets.h"

namespace rosterd::timeslot {
namespace {

using ::testing::MatchesRegex;

// Contract: 15.3.
TEST(TimeslotUploadSignature, IsSha1OfTheParametersAndTheSecret) {
  EXPECT_EQ(SignUpload({{"public_id", "sample_image"}, {"timestamp", "1315060510"}}, "abcd"),
            "b4ad47fb4e25c7bf5f92a20089f9db59bc302313");
  EXPECT_EQ(SignUpload({{"public_id", "k7rmq2wd0xpc9vtz1hbn"}, {"timestamp", "1431000000"}},
                       "not-a-real-secret"),
            "62f1d0cb0b2532e598e24601a45ac4a8384ff73c");
  EXPECT_EQ(SignUpload({{"public_id", "k7rmq2wd0xpc9vtz1hbn"}, {"timestamp", "20150507120000"}},
                       "not-a-real-secret"),
            "0e088e53608104436425143049027213f026d296");
}

TEST(TimeslotUploadSignature, SortsByNameAndDropsWhatIsEmpty) {
  EXPECT_EQ(SignUpload({{"timestamp", "1315060510"}, {"tags", ""}, {"public_id", "sample_image"}},
                       "abcd"),
            "b4ad47fb4e25c7bf5f92a20089f9db59bc302313");
}

TEST(TimeslotPublicId, IsLowerCaseWithALetterInFront) {
  EXPECT_EQ(PublicIdFrom("42K7rmQ+2wd/0XPC9vtz1hbn_-x="), "k7rmq2wd0xpc9vtz1hbn");
  EXPECT_EQ(PublicIdFrom("0123456789"), "");
  EXPECT_EQ(PublicIdFrom(""), "");
}

TEST(TimeslotPublicId, IsAnotherOneEachTime) {
  directory::InitialiseSecrets();
  std::set<std::string> names;
  for (int i = 0; i < 200; ++i) {
    const std::string name = MakePublicId();
    EXPECT_THAT(name, MatchesRegex("[a-z][a-z0-9]{15,19}"));
    names.insert(name);
  }
  EXPECT_EQ(names.size(), 200U);
}

TEST(TimeslotSignatureTime, IsInUnixSecondsOrInDigitsOfTheCalendar) {
  using std::chrono::microseconds;
  using std::chrono::seconds;
  const db::Time moment{seconds{1431000000} + microseconds{999999}};
  EXPECT_EQ(SignatureTimestamp(moment, "unix"), "1431000000");
  EXPECT_EQ(SignatureTimestamp(moment, "compact"), "20150507120000");
}

TEST(TimeslotApiKey, IsANumberWhenItStaysTheSameAsOne) {
  EXPECT_TRUE(IsNumberKey("255241985667644"));
  EXPECT_TRUE(IsNumberKey("9007199254740991"));
  EXPECT_FALSE(IsNumberKey("9007199254740992"));
  EXPECT_FALSE(IsNumberKey("99999999999999999999999999"));
  EXPECT_FALSE(IsNumberKey("0255241985667644"));
  EXPECT_FALSE(IsNumberKey("25524198566764x"));
  EXPECT_FALSE(IsNumberKey("-1"));
  EXPECT_FALSE(IsNumberKey(""));
}

}  // namespace
}  // namespace rosterd::timeslot

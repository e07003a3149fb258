#include "config/log.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd {
namespace {

std::string Written(Priority priority, const std::string& text) {
  ::testing::internal::CaptureStderr();
  Log(priority, text);
  return ::testing::internal::GetCapturedStderr();
}

TEST(Log, WritesALineWithItsPriority) {
  EXPECT_EQ(Written(Priority::kWarning, "it rains"), "<4>it rains\n");
}

TEST(Log, LetsNobodyForgeALine) {
  EXPECT_EQ(Written(Priority::kInfo, "a\n<3>b\r\x1b[0m\x7f"), "<6>a?<3>b??[0m?\n");
}

TEST(Log, KeepsLettersOfAllLanguages) {
  EXPECT_EQ(Written(Priority::kInfo, "größer, больше"), "<6>größer, больше\n");
}

TEST(Log, DropsWhatIsBelowItsLevel) {
  EXPECT_EQ(Written(Priority::kDebug, "detail"), "");
  SetLogLevel(Priority::kDebug);
  EXPECT_EQ(Written(Priority::kDebug, "detail"), "<7>detail\n");
  SetLogLevel(Priority::kError);
  EXPECT_EQ(Written(Priority::kWarning, "it rains"), "");
  SetLogLevel(Priority::kInfo);
}

}  // namespace
}  // namespace rosterd

#include "config/log.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd {
namespace {

std::string Logged(Priority priority, std::string_view text) {
  testing::internal::CaptureStderr();
  Log(priority, text);
  return testing::internal::GetCapturedStderr();
}

TEST(Log, WritesThePriorityInFrontOfTheLine) {
  EXPECT_EQ(Logged(Priority::kError, "it broke"), "<3>it broke\n");
  EXPECT_EQ(Logged(Priority::kInfo, "Привет"), "<6>Привет\n");
}

TEST(Log, KeepsTheTextOnOneLine) {
  EXPECT_EQ(Logged(Priority::kInfo, "a\n<3>b\r\x1b\x7f"), "<6>a?<3>b???\n");
}

TEST(Log, DropsWhatIsBelowTheLevel) {
  EXPECT_EQ(Logged(Priority::kDebug, "detail"), "");
  SetLogLevel(Priority::kDebug);
  EXPECT_EQ(Logged(Priority::kDebug, "detail"), "<7>detail\n");
  SetLogLevel(Priority::kInfo);
}

TEST(Log, GivesLinesToTheSinkInsteadOfStderr) {
  static std::string kept;
  SetLogSink([](std::string_view line) { kept = line; });
  EXPECT_EQ(Logged(Priority::kError, "it\nbroke"), "");
  SetLogSink(nullptr);
  EXPECT_EQ(kept, "it?broke");
}

}  // namespace
}  // namespace rosterd

#include "ctl/arguments.h"

#include <gtest/gtest.h>

#include <chrono>

namespace rosterd::ctl {
namespace {

const db::Time kNow = db::FromSql("2026-11-22 08:00:00").value();

std::string Parsed(std::string_view text) {
  const auto moment = ParseMoment(text, kNow);
  return moment ? db::ToSql(*moment) : "none";
}

TEST(ParseMoment, TakesDatesAndTimesInUtc) {
  EXPECT_EQ(Parsed("2026-11-21"), "2026-11-21 00:00:00.000000");
  EXPECT_EQ(Parsed("2026-11-21 06:30:00"), "2026-11-21 06:30:00.000000");
  EXPECT_EQ(Parsed("2026-11-21T06:30:00Z"), "2026-11-21 06:30:00.000000");
  EXPECT_EQ(Parsed("2026-11-21T06:30:00.250000Z"), "2026-11-21 06:30:00.250000");
}

TEST(ParseMoment, TakesSecondsOfUnixAndHowLongAgo) {
  EXPECT_EQ(Parsed("1700000000"), "2023-11-14 22:13:20.000000");
  EXPECT_EQ(Parsed("12h"), "2026-11-21 20:00:00.000000");
  EXPECT_EQ(Parsed("30d"), "2026-10-23 08:00:00.000000");
}

TEST(ParseMoment, RefusesOtherTexts) {
  EXPECT_EQ(Parsed("yesterday"), "none");
  EXPECT_EQ(Parsed(""), "none");
  EXPECT_EQ(Parsed("2026-13-01"), "none");
  EXPECT_EQ(Parsed("99999999999999999"), "none");
}

}  // namespace
}  // namespace rosterd::ctl

#include "config/time_text.h"

#include <gtest/gtest.h>

namespace rosterd {
namespace {

using std::chrono::microseconds;
using std::chrono::sys_days;

std::string Text(std::chrono::sys_time<microseconds> time, char between, size_t decimals) {
  std::string text = "at ";
  AppendTime(text, time, between, decimals);
  return text;
}

TEST(TimeText, HasZerosWhereDigitsAreMissing) {
  const auto day = sys_days(std::chrono::year(2026) / 3 / 1);
  EXPECT_EQ(Text(day + microseconds(12'045), ' ', 6), "at 2026-03-01 00:00:00.012045");
  EXPECT_EQ(Text(sys_days(std::chrono::year(33) / 4 / 3), ' ', 6), "at 0033-04-03 00:00:00.000000");
}

TEST(TimeText, CutsDecimalsAndDoesNotRound) {
  const auto time = sys_days(std::chrono::year(2026) / 12 / 31) + std::chrono::hours(23) +
                    std::chrono::minutes(59) + microseconds(59'999'999);
  EXPECT_EQ(Text(time, 'T', 3), "at 2026-12-31T23:59:59.999");
}

TEST(TimeText, KnowsMomentsBefore1970) {
  EXPECT_EQ(Text(std::chrono::sys_time<microseconds>(microseconds(-1)), ' ', 6),
            "at 1969-12-31 23:59:59.999999");
}

}  // namespace
}  // namespace rosterd

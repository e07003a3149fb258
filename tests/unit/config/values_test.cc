#include "config/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rosterd::config {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

TEST(Values, SwitchesAreOnOffTrueFalseInAnyCase) {
  EXPECT_EQ(ParseSwitch("on"), true);
  EXPECT_EQ(ParseSwitch("true"), true);
  EXPECT_EQ(ParseSwitch("True"), true);
  EXPECT_EQ(ParseSwitch("off"), false);
  EXPECT_EQ(ParseSwitch("FALSE"), false);
}

TEST(Values, OtherWordsAreNoSwitches) {
  EXPECT_EQ(ParseSwitch("yes"), std::nullopt);
  EXPECT_EQ(ParseSwitch("1"), std::nullopt);
  EXPECT_EQ(ParseSwitch("Y"), std::nullopt);
  EXPECT_EQ(ParseSwitch(""), std::nullopt);
}

TEST(Values, WholeNumbersAreDecimal) {
  EXPECT_EQ(ParseWhole("010"), 10U);
  EXPECT_EQ(ParseWhole("0"), 0U);
  EXPECT_EQ(ParseWhole("18446744073709551615"), 18446744073709551615U);
}

TEST(Values, WhatIsNoWholeNumberIsRefused) {
  EXPECT_EQ(ParseWhole("0x10"), std::nullopt);
  EXPECT_EQ(ParseWhole("0o17"), std::nullopt);
  EXPECT_EQ(ParseWhole("+1"), std::nullopt);
  EXPECT_EQ(ParseWhole("-1"), std::nullopt);
  EXPECT_EQ(ParseWhole("1.0"), std::nullopt);
  EXPECT_EQ(ParseWhole("1e3"), std::nullopt);
  EXPECT_EQ(ParseWhole("1_000"), std::nullopt);
  EXPECT_EQ(ParseWhole(" 1"), std::nullopt);
  EXPECT_EQ(ParseWhole(""), std::nullopt);
  EXPECT_EQ(ParseWhole("18446744073709551616"), std::nullopt);
}

TEST(Values, SizesCountIn1024) {
  EXPECT_EQ(ParseSize("1000"), 1000U);
  EXPECT_EQ(ParseSize("64k"), 65536U);
  EXPECT_EQ(ParseSize("64 KiB"), 65536U);
  EXPECT_EQ(ParseSize("1m"), 1048576U);
  EXPECT_EQ(ParseSize("1M"), 1048576U);
  EXPECT_EQ(ParseSize("1 MiB"), 1048576U);
  EXPECT_EQ(ParseSize("2g"), 2147483648U);
  EXPECT_EQ(ParseSize("2GiB"), 2147483648U);
}

TEST(Values, WhatIsNoSizeIsRefused) {
  EXPECT_EQ(ParseSize("1 MB"), std::nullopt);
  EXPECT_EQ(ParseSize("1.5m"), std::nullopt);
  EXPECT_EQ(ParseSize("m"), std::nullopt);
  EXPECT_EQ(ParseSize("-1m"), std::nullopt);
  EXPECT_EQ(ParseSize("9999999999999g"), std::nullopt);
}

TEST(Values, DurationsAreSecondsOrHaveAUnit) {
  EXPECT_EQ(ParseDuration("90"), milliseconds(90'000));
  EXPECT_EQ(ParseDuration("90s"), milliseconds(90'000));
  EXPECT_EQ(ParseDuration("20m"), milliseconds(1'200'000));
  EXPECT_EQ(ParseDuration("12h"), milliseconds(43'200'000));
  EXPECT_EQ(ParseDuration("30d"), milliseconds(2'592'000'000));
  EXPECT_EQ(ParseDuration("1500ms"), milliseconds(1500));
}

TEST(Values, WhatIsNoDurationIsRefused) {
  EXPECT_EQ(ParseDuration("1w"), std::nullopt);
  EXPECT_EQ(ParseDuration("1h30m"), std::nullopt);
  EXPECT_EQ(ParseDuration("-5s"), std::nullopt);
  EXPECT_EQ(ParseDuration("for ever"), std::nullopt);
  EXPECT_EQ(ParseDuration("99999999999999999d"), std::nullopt);
}

TEST(Values, ListsAreSeparatedByCommas) {
  EXPECT_THAT(SplitList("phone"), ElementsAre("phone"));
  EXPECT_THAT(SplitList("phone, points"), ElementsAre("phone", "points"));
  EXPECT_THAT(SplitList("a,,b"), ElementsAre("a", "", "b"));
  EXPECT_THAT(SplitList(""), ElementsAre());
  EXPECT_THAT(SplitList("  "), ElementsAre());
}

TEST(Values, AreShownInTheLargestUnitThatDividesThem) {
  EXPECT_EQ(ShowSize(0), "0");
  EXPECT_EQ(ShowSize(1000), "1000");
  EXPECT_EQ(ShowSize(65536), "64 KiB");
  EXPECT_EQ(ShowSize(16777216), "16 MiB");
  EXPECT_EQ(ShowDuration(milliseconds(0)), "0s");
  EXPECT_EQ(ShowDuration(milliseconds(1500)), "1500ms");
  EXPECT_EQ(ShowDuration(milliseconds(90'000)), "90s");
  EXPECT_EQ(ShowDuration(milliseconds(604'800'000)), "7d");
}

}  // namespace
}  // namespace rosterd::config

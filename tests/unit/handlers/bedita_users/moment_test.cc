#include "handlers/bedita/moment.h"

#include <gtest/gtest.h>

namespace rosterd::bedita {
namespace {

std::string Read(std::string_view text) {
  const auto moment = ParseMoment(text);
  return moment ? ToStored(*moment) : "-";
}

std::string ReadDate(std::string_view text) {
  const auto moment = ParseMoment(text);
  return moment ? ToStoredDate(*moment) : "-";
}

TEST(BeditaMoment, ReadsEveryFormOfTheContract) {
  EXPECT_EQ(Read("2018"), "2018-01-01 00:00:00");
  EXPECT_EQ(Read("2018-03"), "2018-03-01 00:00:00");
  EXPECT_EQ(Read("2018-03-04"), "2018-03-04 00:00:00");
  EXPECT_EQ(Read("2018-03-04T05:06"), "2018-03-04 05:06:00");
  EXPECT_EQ(Read("2018-03-04 05:06:07"), "2018-03-04 05:06:07");
  EXPECT_EQ(Read("2018-03-04t05:06:07.123456789z"), "2018-03-04 05:06:07");
  EXPECT_EQ(Read("2018-03-04T05:06:07Z"), "2018-03-04 05:06:07");
}

TEST(BeditaMoment, TakesTheZoneOff) {
  EXPECT_EQ(Read("2018-03-04T00:30:00+02"), "2018-03-03 22:30:00");
  EXPECT_EQ(Read("2018-03-04T00:30:00+0230"), "2018-03-03 22:00:00");
  EXPECT_EQ(Read("2018-03-04T23:30:00-02:30"), "2018-03-05 02:00:00");
}

TEST(BeditaMoment, ReadsUnixSeconds) {
  EXPECT_EQ(Read("1513166882"), "2017-12-13 12:08:02");
  EXPECT_EQ(Read("0"), "1970-01-01 00:00:00");
  EXPECT_EQ(Read("-1"), "1969-12-31 23:59:59");
}

TEST(BeditaMoment, TakesFourDigitsForAYear) { EXPECT_EQ(Read("1970"), "1970-01-01 00:00:00"); }

TEST(BeditaMoment, KeepsTheWrittenDayOfADate) {
  EXPECT_EQ(ReadDate("2018-03-04T00:30:00+02:00"), "2018-03-04");
  EXPECT_EQ(ReadDate("0033-04-03"), "0033-04-03");
}

TEST(BeditaMoment, RefusesWhatIsNone) {
  for (const std::string_view text : {"",
                                      "July, 1",
                                      "2018-02-30",
                                      "2018-13-01",
                                      "2018-00-10",
                                      "0000",
                                      "2018-3-4",
                                      "2018-03-04T",
                                      "2018-03T05:06:07Z",
                                      "2018T05:06",
                                      "2018-03-04T24:00:00",
                                      "2018-03-04T05:60",
                                      "2018-03-04T05:06:07+",
                                      "2018-03-04T05:06:07+25:00",
                                      "2018-03-04T05:06:07Zx",
                                      "2018-03-04T05:06:07.",
                                      "99999999999999999999",
                                      "253402300800",
                                      "1e9",
                                      "2018-03-04x",
                                      "-2018-03-04"}) {
    EXPECT_EQ(Read(text), "-") << text;
  }
}

TEST(BeditaMoment, RefusesAMomentThatAZoneMovesOutOfTheCalendar) {
  EXPECT_EQ(Read("9999-12-31T23:59:59-01:00"), "-");
  EXPECT_EQ(Read("0001-01-01T00:00:00+01:00"), "-");
}

TEST(BeditaMoment, ShowsWhatTheStoreGives) {
  EXPECT_EQ(ToWire("2026-03-01 12:08:02.123456"), "2026-03-01T12:08:02+00:00");
}

}  // namespace
}  // namespace rosterd::bedita

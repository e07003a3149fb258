#include "db/time.h"

#include <gtest/gtest.h>

namespace rosterd::db {
namespace {

using std::chrono::microseconds;

TEST(Time, IsWrittenWithMicroseconds) {
  EXPECT_EQ(ToSql(Time(microseconds{1'795'334'400'000'042})), "2026-11-22 08:00:00.000042");
}

TEST(Time, BeforeTheEpochIsWrittenToo) {
  EXPECT_EQ(ToSql(Time(microseconds{-1})), "1969-12-31 23:59:59.999999");
}

TEST(Time, IsReadWithMicroseconds) {
  EXPECT_EQ(FromSql("2026-11-22 08:00:00.000042"), Time(microseconds{1'795'334'400'000'042}));
}

TEST(Time, IsReadWithoutOrWithFewerDecimals) {
  EXPECT_EQ(FromSql("1970-01-01 00:00:01"), Time(microseconds{1'000'000}));
  EXPECT_EQ(FromSql("1970-01-01 00:00:01.5"), Time(microseconds{1'500'000}));
}

TEST(Time, ZeroDateIsNoTime) { EXPECT_EQ(FromSql("0000-00-00 00:00:00"), std::nullopt); }

TEST(Time, OtherTextsAreNoTime) {
  for (const char* text :
       {"", "2026-11-22", "2026-02-30 00:00:00", "2026-11-22T08:00:00", "2026-11-22 24:00:00",
        "2026-11-22 08:00:60", "2026-11-22 08:00:00.", "2026-11-22 08:00:00.1234567",
        "2026-11-22 08:00:00Z", "x026-11-22 08:00:00", "2026-11-22 08:00:00.12x"}) {
    EXPECT_EQ(FromSql(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace rosterd::db

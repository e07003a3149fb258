#include "db/page_memory.h"

#include <gtest/gtest.h>

namespace rosterd::db {
namespace {

RowKey Key(int number) { return {std::to_string(number)}; }

std::string From(const PageStart& start) {
  const std::string key = start.key == nullptr ? "end" : *start.key->back();
  return (start.backward ? "before " : "from ") + key + " skip " + std::to_string(start.skip) +
         " rows " + std::to_string(start.rows);
}

std::string Nearest(const Anchors& anchors, uint64_t offset, uint64_t limit) {
  const auto start = anchors.Nearest(offset, limit);
  return start ? From(*start) : "beginning";
}

TEST(Anchors, BeginAtTheNearestRowOnEitherSide) {
  Anchors anchors;
  EXPECT_EQ(Nearest(anchors, 300, 20), "beginning");
  anchors.Add(1000, Key(7));
  EXPECT_EQ(Nearest(anchors, 300, 20), "beginning");
  EXPECT_EQ(Nearest(anchors, 900, 20), "before 7 skip 80 rows 20");
  EXPECT_EQ(Nearest(anchors, 980, 20), "before 7 skip 0 rows 20");
  EXPECT_EQ(Nearest(anchors, 1000, 20), "from 7 skip 0 rows 20");
  EXPECT_EQ(Nearest(anchors, 1030, 20), "from 7 skip 30 rows 20");
}

TEST(Anchors, DoNotReadAcrossARowBackward) {
  Anchors anchors;
  anchors.Add(1000, Key(7));
  EXPECT_EQ(Nearest(anchors, 990, 20), "beginning");
}

TEST(Anchors, BeginAtTheEndWhenItIsNear) {
  Anchors anchors;
  anchors.End(1003);
  EXPECT_EQ(Nearest(anchors, 1000, 20), "before end skip 0 rows 3");
  EXPECT_EQ(Nearest(anchors, 980, 20), "before end skip 3 rows 20");
  EXPECT_EQ(Nearest(anchors, 100, 20), "beginning");
  EXPECT_EQ(Nearest(anchors, 1003, 20), "beginning");
}

TEST(Anchors, ThinOutWhenThereAreTooMany) {
  Anchors anchors;
  for (int page = 0; page < 50'000; ++page) {
    anchors.Add(static_cast<uint64_t>(page) * 20, Key(page));
    ASSERT_LE(anchors.Size(), Anchors::kMost);
  }
  EXPECT_GE(anchors.Size(), 200U);
  const auto start = anchors.Nearest(777'777, 20);
  ASSERT_TRUE(start);
  EXPECT_LE(start->skip, 5000U);
}

TEST(PageMemory, ForgetsWhatAnOlderVersionKnew) {
  PageMemory memory;
  memory.SawVersion(4);
  memory.FindOrAdd("list").Add(500, Key(1));
  EXPECT_EQ(memory.Find("list")->Size(), 1U);
  memory.SawVersion(5);
  EXPECT_EQ(memory.Find("list"), nullptr);
  EXPECT_EQ(memory.FindOrAdd("list").Size(), 0U);
}

}  // namespace
}  // namespace rosterd::db

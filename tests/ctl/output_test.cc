#include "ctl/output.h"

#include <gtest/gtest.h>

namespace rosterd::ctl {
namespace {

TEST(Output, WritesARecordAsOneLineOfJson) {
  const Record record{{"id", uint64_t{7}},
                      {"name", "Пётр \"P\"\n"},
                      {"blocked", false},
                      {"deleted_at", std::monostate()},
                      {"fields", std::vector<std::string>{"email", "phone"}}};

  EXPECT_EQ(ToJson(record),
            "{\"id\":7,\"name\":\"Пётр \\\"P\\\"\\n\",\"blocked\":false,\"deleted_at\":null,"
            "\"fields\":[\"email\",\"phone\"]}\n");
}

TEST(Output, WritesNoRecordsAsAnEmptyJsonArray) {
  EXPECT_EQ(ToJson(std::vector<Record>()), "[]\n");
  EXPECT_EQ(ToText(std::vector<Record>()), "none\n");
}

TEST(Output, AlignsColumnsByCharacters) {
  const std::vector<Record> records = {{{"name", "Пётр"}, {"id", uint64_t{1}}},
                                       {{"name", "Jo"}, {"id", uint64_t{23}}}};

  EXPECT_EQ(ToText(records),
            "name  id\n"
            "Пётр  1\n"
            "Jo    23\n");
}

TEST(Output, ShowsControlCharactersAsQuestionMarks) {
  EXPECT_EQ(ToText(Record{{"name", "a\x1b[31mb\n"}}), "name: a?[31mb?\n");
}

TEST(Output, WritesMomentsInTheFormOfIso8601) {
  const std::optional<db::Time> moment = db::FromSql("2026-11-22 08:00:00.250000");

  EXPECT_EQ(ToJson(Record{{"at", ToCell(moment)}}), "{\"at\":\"2026-11-22T08:00:00.250000Z\"}\n");
  EXPECT_EQ(ToJson(Record{{"at", ToCell(std::optional<db::Time>())}}), "{\"at\":null}\n");
}

}  // namespace
}  // namespace rosterd::ctl

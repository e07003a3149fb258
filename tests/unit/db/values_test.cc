#include <gtest/gtest.h>

#include "tests/unit/db/database_fixture.h"

namespace rosterd::db {
namespace {

using std::string_literals::operator""s;

constexpr std::string_view kInsert = "INSERT INTO notes VALUES (?, ?)";

// What the database gives back for a text that was written into it.
std::string RoundTrip(const std::string& text) {
  Notes notes;
  EXPECT_TRUE(Do(notes.connection, [&](Session& session) { session.Execute(kInsert, 3, text); }));
  return *Ask(notes.connection, "SELECT text FROM notes WHERE id = 3");
}

StoreError ErrorOf(std::string_view sql, const Parameter& value) {
  Notes notes;
  return Do(notes.connection, [&](Session& session) { session.Execute(sql, value); }).error();
}

TEST(Values, KeepQuotesAndBackslashes) { EXPECT_EQ(RoundTrip(R"('a"b\c?%;--)"), R"('a"b\c?%;--)"); }

TEST(Values, KeepNulBytes) { EXPECT_EQ(RoundTrip("a\0b"s), "a\0b"s); }

TEST(Values, KeepFourByteCharacters) { EXPECT_EQ(RoundTrip("😀 Я"), "😀 Я"); }

TEST(Values, KeepTextBeyondTheBufferOfOneColumn) {
  testing::TestDatabase database(testing::TestDatabase::Schema::kEmpty);
  Connection connection(database.Settings());
  database.Execute("CREATE TABLE long_texts (a TEXT, b TEXT)");
  const std::string text(30'000, 'x');
  ASSERT_TRUE(Do(connection, [&](Session& session) {
    session.Execute("INSERT INTO long_texts VALUES (?, ?)", text, std::string(128, 'y'));
  }));
  EXPECT_EQ(*Ask(connection, "SELECT a FROM long_texts"), text);
  EXPECT_EQ(*Ask(connection, "SELECT b FROM long_texts"), std::string(128, 'y'));
}

TEST(Values, WithInvalidUtf8AreRefused) {
  EXPECT_EQ(ErrorOf("INSERT INTO notes VALUES (3, ?)", "a\xFF"), StoreError::kBadText);
}

TEST(Values, LongerThanTheirColumnAreRefused) {
  EXPECT_EQ(ErrorOf("INSERT INTO notes VALUES (3, ?)", "123456789012345678901"),
            StoreError::kTooLong);
}

TEST(Values, OutOfTheRangeOfTheirColumnAreRefused) {
  EXPECT_EQ(ErrorOf("INSERT INTO notes VALUES (?, '')", -1), StoreError::kBadText);
}

TEST(Values, OfSixtyFourBitsAreExact) {
  Notes notes;
  ASSERT_TRUE(Do(notes.connection, [](Session& session) {
    session.Execute(kInsert, 18'446'744'073'709'551'614U, "");
    Rows rows = session.Query("SELECT id FROM notes WHERE id > ?", 9'007'199'254'740'993U);
    ASSERT_TRUE(rows.Next());
    EXPECT_EQ(rows.Number(0), 18'446'744'073'709'551'614U);
  }));
}

TEST(Values, MayBeNegative) {
  Notes notes;
  ASSERT_TRUE(Do(notes.connection, [](Session& session) {
    Rows rows = session.Query("SELECT CAST(? AS SIGNED)", -9'223'372'036'854'775'807);
    ASSERT_TRUE(rows.Next());
    EXPECT_EQ(rows.Signed(0), -9'223'372'036'854'775'807);
  }));
}

TEST(Values, ThatAreNullReadAsNothing) {
  Notes notes;
  ASSERT_TRUE(Do(notes.connection, [](Session& session) {
    session.Execute(kInsert, 3, std::nullopt);
    Rows rows = session.Query("SELECT text, NULL, '' FROM notes WHERE id = 3");
    ASSERT_TRUE(rows.Next());
    EXPECT_TRUE(rows.IsNull(0));
    EXPECT_EQ(rows.Text(0), "");
    EXPECT_EQ(rows.Number(0), 0U);
    EXPECT_EQ(rows.OptionalText(0), std::nullopt);
    EXPECT_EQ(rows.Moment(1), std::nullopt);
    EXPECT_EQ(rows.OptionalText(2), "");
  }));
}

TEST(Values, OfAStatementDoNotStayForItsNextUse) {
  Notes notes;
  ASSERT_TRUE(Do(notes.connection, [](Session& session) {
    session.Execute(kInsert, 3, "secret");
    session.Execute(kInsert, 4, std::nullopt);
    session.Execute(kInsert, 5, "after");
  }));
  EXPECT_EQ(*Ask(notes.connection, "SELECT COUNT(*) FROM notes WHERE text IS NULL"), "1");
  EXPECT_EQ(notes.TextOf(5), "after");
}

TEST(Values, ThatAreMissingAreABug) {
  Notes notes;
  EXPECT_THROW((void)Do(notes.connection, [](Session& session) { session.Execute(kInsert, 3); }),
               std::logic_error);
}

TEST(Values, OfTimesKeepTheirMicrosecondsInUtc) {
  testing::TestDatabase database(testing::TestDatabase::Schema::kEmpty);
  Connection connection(database.Settings());
  database.Execute("CREATE TABLE moments (at DATETIME(6) NOT NULL)");
  const Time before_the_epoch{std::chrono::microseconds{-1'000'001}};
  ASSERT_TRUE(Do(connection, [&](Session& session) {
    session.Execute("INSERT INTO moments VALUES (?)", before_the_epoch);
    Rows rows = session.Query("SELECT at FROM moments");
    ASSERT_TRUE(rows.Next());
    EXPECT_EQ(rows.Moment(0), before_the_epoch);
  }));
}

TEST(Values, AreComparedInTheCollationOfOurColumns) {
  testing::TestDatabase database;
  Connection connection(database.Settings());
  EXPECT_EQ(*Ask(connection, "SELECT @@collation_connection"), "utf8mb4_unicode_520_ci");
  EXPECT_EQ(*Ask(connection, "SELECT @@time_zone"), "+00:00");
}

}  // namespace
}  // namespace rosterd::db

#include "db/migrator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "db/migration_file.h"
#include "tests/unit/db/database_fixture.h"

namespace rosterd::db {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// An empty schema, and a folder of migrations beside its server.
class MigratorTest : public ::testing::Test {
 protected:
  MigratorTest() : folder_(database_.Server().Directory() / database_.Settings().name) {
    std::filesystem::create_directories(folder_);
    settings_ = database_.Settings();
    settings_.migrations = folder_;
  }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }

  std::string Tables() {
    return database_.Ask(
        "SELECT GROUP_CONCAT(table_name ORDER BY table_name) FROM information_schema.tables"
        " WHERE table_schema = DATABASE()");
  }

  rosterd::testing::TestDatabase database_{rosterd::testing::TestDatabase::Schema::kEmpty};
  std::filesystem::path folder_;
  config::Database settings_;
};

TEST_F(MigratorTest, AppliesAllToAnEmptyDatabase) {
  Write("0001_a.sql",
        "-- first;\nCREATE TABLE IF NOT EXISTS a (\n  -- it's a comment;\n  id INT\n);\n");
  Write("0002_b.sql",
        "CREATE TABLE IF NOT EXISTS b (id INT);\nCREATE TABLE IF NOT EXISTS c (id INT);");
  Write("README.md", "not a migration");

  const auto migrated = Migrate(settings_);

  ASSERT_TRUE(migrated) << migrated.error();
  EXPECT_EQ(migrated->from, 0);
  EXPECT_EQ(migrated->to, 2);
  EXPECT_EQ(Tables(), "a,b,c,schema_version");
  EXPECT_EQ(database_.Ask("SELECT name FROM schema_version WHERE version = 2"), "0002_b.sql");
}

TEST_F(MigratorTest, AppliesTheSchemaOfThisProgram) {
  const auto migrated = Migrate(database_.Settings());
  ASSERT_TRUE(migrated) << migrated.error();
  EXPECT_EQ(migrated->to, kSchemaVersion);
}

TEST_F(MigratorTest, DoesNothingTheSecondTime) {
  Write("0001_a.sql", "CREATE TABLE a (id INT);\n");
  ASSERT_TRUE(Migrate(settings_));

  const auto again = Migrate(settings_);

  ASSERT_TRUE(again) << again.error();
  EXPECT_EQ(again->from, 1);
  EXPECT_EQ(again->to, 1);
}

TEST_F(MigratorTest, AppliesWhatIsNew) {
  Write("0001_a.sql", "CREATE TABLE a (id INT);\n");
  ASSERT_TRUE(Migrate(settings_));
  Write("0002_b.sql", "CREATE TABLE b (id INT);\n");

  const auto migrated = Migrate(settings_);

  ASSERT_TRUE(migrated) << migrated.error();
  EXPECT_EQ(migrated->from, 1);
  EXPECT_EQ(migrated->to, 2);
}

TEST_F(MigratorTest, RefusesAFileThatWasChangedAfterwards) {
  Write("0001_a.sql", "CREATE TABLE a (id INT);\n");
  ASSERT_TRUE(Migrate(settings_));
  Write("0001_a.sql", "CREATE TABLE a (id BIGINT);\n");
  Write("0002_b.sql", "CREATE TABLE b (id INT);\n");

  EXPECT_EQ(Migrate(settings_).error(), "0001_a.sql: was changed after it had been applied");
  EXPECT_EQ(Tables(), "a,schema_version");
}

TEST_F(MigratorTest, GoesOnWithAFileThatFailedHalfWay) {
  Write("0001_a.sql", "CREATE TABLE a (id INT, KEY k (id));\n");
  ASSERT_TRUE(Migrate(settings_));
  Write("0002_b.sql",
        "ALTER TABLE a ADD COLUMN b INT;\nALTER TABLE a ADD KEY by_b (b);\nCREATE TABLE c (id INT) "
        "WRONG;\n");
  ASSERT_FALSE(Migrate(settings_));
  Write("0002_b.sql",
        "ALTER TABLE a ADD COLUMN b INT;\nALTER TABLE a ADD KEY by_b (b);\nCREATE TABLE c (id "
        "INT);\n");

  const auto migrated = Migrate(settings_);

  ASSERT_TRUE(migrated) << migrated.error();
  EXPECT_EQ(Tables(), "a,c,schema_version");
}

TEST_F(MigratorTest, NamesFileLineAndTheServersReason) {
  Write("0001_a.sql",
        "CREATE TABLE a (id INT);\n\n-- comment\nALTER TABLE a\n  MODIFY COLUMN nothing INT;\n");

  const std::string reason = Migrate(settings_).error();

  EXPECT_THAT(reason, StartsWith("0001_a.sql:4: "));
  EXPECT_THAT(reason, HasSubstr("nothing"));
  EXPECT_EQ(reason.find('\n'), std::string::npos);
}

TEST_F(MigratorTest, RunsOnceWhenTwoRunAtOnce) {
  Write("0001_a.sql", "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (1);\n");
  auto other = std::async(std::launch::async, [this] { return Migrate(settings_); });

  const auto migrated = Migrate(settings_);
  const auto also = other.get();

  ASSERT_TRUE(migrated) << migrated.error();
  ASSERT_TRUE(also) << also.error();
  EXPECT_EQ(migrated->from + also->from, 1);
  EXPECT_EQ(database_.Ask("SELECT COUNT(*) FROM a"), "1");
}

TEST_F(MigratorTest, AcceptsANewerSchema) {
  Write("0001_a.sql", "CREATE TABLE a (id INT);\n");
  ASSERT_TRUE(Migrate(settings_));
  database_.Execute("INSERT INTO schema_version VALUES (9, '0009_z.sql', REPEAT('0', 64), NOW(6))");

  const auto migrated = Migrate(settings_);

  ASSERT_TRUE(migrated) << migrated.error();
  EXPECT_EQ(migrated->to, 9);
  Connection connection(settings_);
  EXPECT_EQ(*SchemaVersion(connection), 9);
}

TEST_F(MigratorTest, FindsVersionZeroInAnEmptyDatabase) {
  Connection connection(settings_);
  EXPECT_EQ(*SchemaVersion(connection), 0);
}

TEST_F(MigratorTest, SaysWhenNoDatabaseAnswers) {
  Write("0001_a.sql", "CREATE TABLE a (id INT);\n");
  settings_.name = "no_such_database";

  EXPECT_THAT(Migrate(settings_).error(),
              StartsWith("cannot connect to database no_such_database: "));
  Connection connection(settings_);
  EXPECT_EQ(SchemaVersion(connection).error(), StoreError::kUnavailable);
}

TEST_F(MigratorTest, RefusesAStatementWithoutItsEnd) {
  Write("0001_a.sql", "CREATE TABLE a (id INT);\nCREATE TABLE b (id INT)\n");
  EXPECT_THAT(Migrate(settings_).error(), HasSubstr("0001_a.sql:2: a statement without ';'"));
}

TEST_F(MigratorTest, RefusesTwoFilesOfOneVersion) {
  Write("0001_a.sql", "CREATE TABLE a (id INT);\n");
  Write("0001_b.sql", "CREATE TABLE b (id INT);\n");
  EXPECT_THAT(Migrate(settings_).error(), HasSubstr("two files of version 1"));
}

TEST_F(MigratorTest, RefusesAFolderWithoutMigrations) {
  EXPECT_THAT(Migrate(settings_).error(), HasSubstr("holds no migration"));
  settings_.migrations = folder_ / "missing";
  EXPECT_THAT(Migrate(settings_).error(), HasSubstr("No such file"));
}

TEST(SplitStatements, LeavesSemicolonsInsideALineAlone) {
  const auto statements = SplitStatements("INSERT INTO a VALUES ('x; y');\nSELECT 1;\r\n");
  ASSERT_TRUE(statements);
  ASSERT_EQ(statements->size(), 2U);
  EXPECT_EQ((*statements)[0].sql, "INSERT INTO a VALUES ('x; y')\n");
  EXPECT_EQ((*statements)[1].line, 2);
}

}  // namespace
}  // namespace rosterd::db

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/connection.h"
#include "db/failure.h"

namespace rosterd::db {
namespace {

TEST(StatementBuilder, PutsPlaceholdersForValues) {
  StatementBuilder statement;
  statement.Add("SELECT 1 FROM users WHERE id = ").Value(5).Add(" AND phone = ").Value("x'y");

  EXPECT_EQ(statement.Sql(), "SELECT 1 FROM users WHERE id = ? AND phone = ?");
  ASSERT_EQ(statement.Parameters().size(), 2U);
  EXPECT_EQ(statement.Parameters()[0].Text(), "5");
  EXPECT_EQ(statement.Parameters()[1].Text(), "x'y");
}

TEST(StatementBuilder, PutsCommasBetweenManyValues) {
  StatementBuilder statement;
  statement.Add("IN (").Values(std::vector<uint64_t>{1, 2, 3}).Add(")");

  EXPECT_EQ(statement.Sql(), "IN (?,?,?)");
  EXPECT_EQ(statement.Parameters().size(), 3U);
}

TEST(StatementBuilder, AppendsAnotherWithItsValues) {
  StatementBuilder filter;
  filter.Add(" AND phone = ").Value("2");
  StatementBuilder statement;
  statement.Add("WHERE id = ").Value(1).Append(filter);

  EXPECT_EQ(statement.Sql(), "WHERE id = ? AND phone = ?");
  EXPECT_EQ(statement.Parameters()[1].Text(), "2");
}

TEST(ContainsPattern, TakesEachCharacterForItself) {
  EXPECT_EQ(ContainsPattern("50%_\\"), "%50\\%\\_\\\\%");
}

TEST(Parameter, KeepsTheDifferenceBetweenNullAndEmpty) {
  EXPECT_TRUE(Parameter(std::nullopt).IsNull());
  EXPECT_TRUE(Parameter(std::optional<std::string>()).IsNull());
  EXPECT_FALSE(Parameter("").IsNull());
}

TEST(Failure, NamesTheIndexThatRefused) {
  EXPECT_EQ(Classify(1062, "Duplicate entry 'a' for key 'unique_username'").Error(),
            StoreError::kDuplicateUsername);
  EXPECT_EQ(Classify(1062, "Duplicate entry 'a' for key 'users.unique_email'").Error(),
            StoreError::kDuplicateEmail);
  EXPECT_EQ(Classify(1062, "Duplicate entry '7' for key 'PRIMARY'").Error(),
            StoreError::kDuplicate);
}

TEST(Failure, IsNotMisledByTheValueOfADuplicate) {
  EXPECT_EQ(Classify(1062, "Duplicate entry 'unique_email' for key 'PRIMARY'").Error(),
            StoreError::kDuplicate);
}

TEST(Failure, ReadsTheIndexFromATranslatedMessage) {
  EXPECT_EQ(Classify(1062, "Valore duplicato 'a' per la chiave 'unique_email'").Error(),
            StoreError::kDuplicateEmail);
}

TEST(Failure, LeavesAHostThatOnlyReads) {
  for (const unsigned code : {1047U, 1290U, 1836U}) {
    EXPECT_EQ(Classify(code, "").Cure(), Remedy::kNextHost) << code;
  }
}

TEST(Failure, TakesAnUnknownNumberForABug) {
  EXPECT_EQ(Classify(1064, "syntax").Cure(), Remedy::kBug);
}

}  // namespace
}  // namespace rosterd::db

#include "handlers/cscart/password_field.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd::cscart {
namespace {

constexpr const char* kMd5 = "91ec1f9324753048c0096d036a694f86";

fcgi::Value Member(std::initializer_list<std::pair<const char*, const char*>> members) {
  fcgi::Value::Object object;
  for (const auto& [name, value] : members) object.emplace_back(name, fcgi::Value::Text(value));
  return fcgi::Value::OfObject(std::move(object));
}

TEST(CscartPasswordField, TellsAReadyHashByItsForm) {
  const Fields fields(Member({{"password", kMd5}, {"salt", "abc"}}));
  FieldReader reader(fields);
  const PasswordField field = ReadPassword(reader, Version::kTwo, 5);
  EXPECT_EQ(field.ready->hash, kMd5);
  EXPECT_EQ(field.ready->salt, "abc");
  EXPECT_FALSE(field.plain);
}

TEST(CscartPasswordField, TakesItForTextInTheLaterVersions) {
  const Fields fields(Member({{"password", kMd5}, {"salt", "far too long a salt"}}));
  FieldReader reader(fields);
  const PasswordField field = ReadPassword(reader, Version::kFour, 5);
  EXPECT_EQ(field.plain, kMd5);
  EXPECT_FALSE(field.ready);
  EXPECT_FALSE(reader.FirstProblem());
}

TEST(CscartPasswordField, TakesTheTwiceTypedOneForTextAlways) {
  const Fields fields(Member({{"password1", kMd5}, {"password2", kMd5}, {"password", "other"}}));
  FieldReader reader(fields);
  EXPECT_EQ(ReadPassword(reader, Version::kOne, 5).plain, kMd5);
}

TEST(CscartPasswordField, CountsCharactersForTheShortestAndBytesForTheLongest) {
  const Fields short_one(Member({{"password", "пять!"}}));
  FieldReader first(short_one);
  ReadPassword(first, Version::kTwo, 5);
  EXPECT_FALSE(first.FirstProblem());

  const std::string cyrillic = "яяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяя";
  const Fields long_one(Member({{"password", cyrillic.c_str()}}));
  FieldReader second(long_one);
  ReadPassword(second, Version::kTwo, 5);
  EXPECT_TRUE(second.FirstProblem());
}

TEST(CscartPasswordField, CountsAnEmptyOneAsNone) {
  const Fields fields(Member({{"password", ""}, {"password1", ""}, {"password2", ""}}));
  FieldReader reader(fields);
  const PasswordField field = ReadPassword(reader, Version::kTwo, 5);
  EXPECT_FALSE(field.plain || field.ready || reader.FirstProblem());
}

}  // namespace
}  // namespace rosterd::cscart

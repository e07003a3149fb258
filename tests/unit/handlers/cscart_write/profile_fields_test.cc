#include "handlers/cscart/profile_fields.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace rosterd::cscart {
namespace {

using fcgi::Value;

TEST(CscartProfileFields, HaveTheWidthsOfTheirColumns) {
  for (const auto& column : db::cscart::kProfileColumns) {
    const Fields fitting(
        Value::OfObject({{std::string(column.name), Value::Text(std::string(column.width, 'x'))}}));
    FieldReader first(fitting);
    ReadProfileFields(first);
    EXPECT_FALSE(first.FirstProblem()) << column.name;
    const Fields wide(Value::OfObject(
        {{std::string(column.name), Value::Text(std::string(column.width + 1, 'x'))}}));
    FieldReader second(wide);
    ReadProfileFields(second);
    EXPECT_TRUE(second.FirstProblem()) << column.name;
  }
}

TEST(CscartProfileFields, AreNotSentByFieldsOfTheAccount) {
  const Fields fields(
      Value::OfObject({{"firstname", Value::Text("x")}, {"b_colour", Value::Text("x")}}));
  FieldReader reader(fields);
  EXPECT_FALSE(ReadProfileFields(reader).sent);
}

TEST(CscartProfileFields, CopyEveryBillingColumnToItsShippingColumn) {
  ProfileFields fields;
  for (size_t i = 0; i < db::cscart::kBillingColumns; ++i) fields.values[i] = std::to_string(i);
  const db::cscart::Profile profile = NewMainProfile(fields, {7});
  for (size_t i = 0; i < db::cscart::kBillingColumns; ++i) {
    const std::string shipping = "s" + std::string(db::cscart::kProfileColumns[i].name.substr(1));
    EXPECT_EQ(profile.Value(shipping), std::to_string(i)) << shipping;
  }
  EXPECT_EQ(profile.Value("s_address_type"), "");
}

TEST(CscartProfileFields, AreAtMostAThousandCustomOnes) {
  const auto read = [](int count) {
    Value::Object members;
    for (int i = 0; i < count; ++i) members.emplace_back(std::to_string(i), Value::Text("v"));
    const Fields fields(Value::OfObject({{"fields", Value::OfObject(std::move(members))}}));
    FieldReader reader(fields);
    ReadProfileFields(reader);
    return !reader.FirstProblem().has_value();
  };
  EXPECT_TRUE(read(1000));
  EXPECT_FALSE(read(1001));
}

TEST(CscartProfileFields, ReadCustomFieldsAsAMapOnly) {
  const auto problem = [](Value value) {
    const Fields fields(Value::OfObject({{"fields", std::move(value)}}));
    FieldReader reader(fields);
    ReadProfileFields(reader);
    return reader.FirstProblem().has_value();
  };
  EXPECT_FALSE(problem(Value::OfObject({{"36", Value::Text("blue")}})));
  EXPECT_FALSE(problem(Value::OfList({})));
  EXPECT_FALSE(problem(Value::Text("")));
  EXPECT_TRUE(problem(Value::Text("blue")));
  EXPECT_TRUE(problem(Value::OfList({Value::Text("blue")})));
  EXPECT_TRUE(problem(Value::OfObject({{"36", Value::OfList({})}})));
  EXPECT_TRUE(problem(Value::OfObject({{"36", Value::Text(std::string(256, 'x'))}})));
}

}  // namespace
}  // namespace rosterd::cscart

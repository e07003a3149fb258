#include "fcgi/value.h"

#include <gtest/gtest.h>

#include "tests/unit/fcgi/show.h"

namespace rosterd::fcgi {
namespace {

Value Ann() {
  Value::Object members;
  members.emplace_back("name", Value::Text("Ann"));
  members.emplace_back("age", Value::OfNumber("7"));
  return Value::OfObject(std::move(members));
}

TEST(Value, IsNullUnlessSaidOtherwise) {
  const Value value;
  EXPECT_TRUE(value.IsNull());
  EXPECT_EQ(value.AsText(), nullptr);
}

TEST(Value, TellsTextsFromNumbersAndFlags) {
  EXPECT_EQ(*Value::Text("1").AsText(), "1");
  EXPECT_EQ(Value::Text("1").AsNumber(), nullptr);
  EXPECT_EQ(Value::OfNumber("1").AsNumber()->text, "1");
  EXPECT_EQ(Value::OfNumber("1").AsText(), nullptr);
  EXPECT_EQ(*Value::Boolean(false).AsBoolean(), false);
  EXPECT_FALSE(Value::Boolean(false).IsNull());
}

TEST(Value, FindsAMemberByItsKey) {
  const Value ann = Ann();
  EXPECT_EQ(Show(*ann.Find("age")), "7");
  EXPECT_EQ(ann.Find("Age"), nullptr);
  EXPECT_EQ(ann.Find(""), nullptr);
}

TEST(Value, FindsAMemberToChangeIt) {
  Value ann = Ann();
  *ann.Find("name") = Value::Text("Anna");
  EXPECT_EQ(Show(ann), R"({"name":"Anna","age":7})");
  EXPECT_EQ(ann.Find("x"), nullptr);
}

TEST(Value, HasNoMembersUnlessItIsAnObject) {
  const Value list = Value::OfList({});
  EXPECT_EQ(list.Find("0"), nullptr);
  Value text = Value::Text("a");
  EXPECT_EQ(text.Find("a"), nullptr);
}

}  // namespace
}  // namespace rosterd::fcgi

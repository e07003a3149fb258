#include "handlers/cscart/usergroup_fields.h"

#include <gtest/gtest.h>

namespace rosterd::cscart {
namespace {

using fcgi::Value;

Value Group(Value privileges) {
  return Value::OfObject({{"type", Value::Text("A")},
                          {"status", Value::Text("A")},
                          {"privileges", std::move(privileges)}});
}

TEST(CscartUsergroupFields, ReadPrivilegesAsAListOfKnownNames) {
  const auto read = ReadUsergroupFields(Fields(Group(Value::OfList({Value::Text("view_users")}))));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read->privileges, std::vector<std::string>{"view_users"});
  EXPECT_TRUE(ReadUsergroupFields(Fields(Group(Value::Text("")))));
  EXPECT_FALSE(ReadUsergroupFields(Fields(Group(Value::Text("view_users")))));
  EXPECT_FALSE(ReadUsergroupFields(Fields(Group(Value::OfList({Value::Text("fly")})))));
}

TEST(CscartUsergroupFields, TellWhichPrivilegesACallerLacks) {
  Caller caller;
  caller.privileges = static_cast<uint8_t>(Privilege::kViewUsers);
  EXPECT_FALSE(LacksAny(caller, {"view_users"}));
  EXPECT_TRUE(LacksAny(caller, {"view_users", "manage_users"}));
  EXPECT_TRUE(LacksAny(caller, {"view_orders"}));
}

TEST(CscartUsergroupFields, KnowThreeBuiltInGroups) {
  EXPECT_EQ(BuiltInUsergroup(0)->name, "All");
  EXPECT_EQ(BuiltInUsergroup(2)->type, "C");
  EXPECT_FALSE(BuiltInUsergroup(3));
}

}  // namespace
}  // namespace rosterd::cscart

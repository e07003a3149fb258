#include "handlers/bedita/role_fields.h"

#include <gtest/gtest.h>

#include "fcgi/json.h"

namespace rosterd::bedita {
namespace {

std::string Refusal(std::string_view json, std::string_view stored = "") {
  fcgi::JsonError error;
  const auto fields = ReadRoleFields(*fcgi::ParseJson(json, error), stored);
  return fields ? "ok" : fields.error().detail;
}

TEST(BeditaRoleFields, NeedANameForANewRole) {
  EXPECT_EQ(Refusal("{}"), "[name._required]: This field is required");
  EXPECT_EQ(Refusal("{}", "editor"), "ok");
}

TEST(BeditaRoleFields, HoldTheNameToItsRule) {
  EXPECT_EQ(Refusal(R"({"name": ""})"), "[name._empty]: This field cannot be left empty");
  EXPECT_EQ(Refusal(R"({"name": null})", "ab"), "[name._empty]: This field cannot be left empty");
  EXPECT_EQ(Refusal(R"({"name": "first-role"})"), "[name.regex]: The provided value is invalid");
  EXPECT_EQ(Refusal(R"({"name": ["x"]})"), "[name.scalar]: The provided value is invalid");
  EXPECT_EQ(Refusal(R"({"name": "Dummy Role"})"), "ok");
}

TEST(BeditaRoleFields, LeaveAStoredNameAlone) {
  EXPECT_EQ(Refusal(R"({"name": "first-role"})", "first-role"), "ok");
}

TEST(BeditaRoleFields, IgnoreWhatIsReadOnly) {
  EXPECT_EQ(Refusal(R"({"name": "ab", "unchangeable": [], "created": {}, "priority": "x"})"), "ok");
}

TEST(BeditaRoleFields, LimitTheDescription) {
  EXPECT_EQ(Refusal(R"({"name": "ab", "description": ")" + std::string(65536, 'x') + R"("})"),
            "[description.maxLength]: The provided value is invalid");
  EXPECT_EQ(Refusal(R"({"name": "ab", "description": {}})"),
            "[description.scalar]: The provided value is invalid");
}

}  // namespace
}  // namespace rosterd::bedita

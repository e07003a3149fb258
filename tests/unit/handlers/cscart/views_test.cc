#include "handlers/cscart/views.h"

#include <gtest/gtest.h>

namespace rosterd::cscart {
namespace {

db::cscart::UserRow Mira() {
  db::cscart::UserRow user;
  user.id = {21};
  user.user_login = "mira";
  user.timestamp = 1700000000;
  user.user_type = "C";
  user.status = "A";
  user.first_name = "Mira";
  user.last_name = "Sokol";
  user.email = "mira@shop.example";
  user.company_id = 1;
  user.company_name = "Main store";
  user.phone = "+7 495";
  user.points = 12;
  return user;
}

TEST(CscartViews, WritesTwelveStringsInTheirOrder) {
  JsonWriter json;
  WriteUser(json, Mira(), {});
  EXPECT_EQ(json.View(),
            R"({"user_id":"21","user_login":"mira","is_root":"N","timestamp":"1700000000",)"
            R"("user_type":"C","status":"A","firstname":"Mira","lastname":"Sokol",)"
            R"("email":"mira@shop.example","company":"","company_id":"1",)"
            R"("company_name":"Main store"})");
}

TEST(CscartViews, EscapesWhatJsonDoesNotHoldAsItIs) {
  JsonWriter json;
  json.StartArray();
  for (const char* text : {"", "a/b é", "\"", "back\\slash", "tab\t", "\x01", "del\x7f"}) {
    json.Text(text);
  }
  json.Raw("{\"as\":\"it is\"}");
  json.EndArray();
  EXPECT_EQ(json.View(),
            "[\"\",\"a/b é\",\"\\\"\",\"back\\\\slash\",\"tab\\t\",\"\\u0001\",\"del\x7f\","
            "{\"as\":\"it is\"}]");
}

TEST(CscartViews, WritesNullForNoCompany) {
  auto user = Mira();
  user.company_name.reset();
  JsonWriter json;
  WriteUser(json, user, {});
  EXPECT_TRUE(json.View().ends_with(R"("company_name":null})"));
}

TEST(CscartViews, AppendsTheExtrasAsStrings) {
  JsonWriter json;
  WriteUser(json, Mira(), ChooseExtras(/*extended=*/true, {}));
  EXPECT_TRUE(json.View().ends_with(
      R"("company_name":"Main store","phone":"+7 495","last_login":"0","points":"12"})"));
}

TEST(CscartViews, AppendsTheExtrasOfTheSetting) {
  JsonWriter json;
  WriteUser(json, Mira(), ChooseExtras(/*extended=*/false, {"points"}));
  EXPECT_TRUE(json.View().ends_with(R"("company_name":"Main store","points":"12"})"));
}

TEST(CscartViews, WritesLinksById) {
  JsonWriter json;
  WriteLinks(json, {{9, 5, "A", "C"}}, /*with_type=*/true);
  EXPECT_EQ(json.View(), R"({"5":{"link_id":"9","usergroup_id":"5","status":"A","type":"C"}})");
}

}  // namespace
}  // namespace rosterd::cscart

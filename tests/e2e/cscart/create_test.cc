// Contract 12: POST /users.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

HttpResponse PostWith(const std::string& members) {
  return Root().Post("users",
                     "{" + Customer(NewEmail()) + (members.empty() ? "" : ",") + members + "}");
}

Json FullOf(const std::string& id) {
  return ParseJson(Root().Get("users/" + id + "?full=Y&extended=Y").body);
}

Json CreatedWith(const std::string& members) {
  const HttpResponse response = PostWith(members);
  EXPECT_EQ(response.status, 201) << members << response.body;
  return FullOf(ParseJson(response.body)["user_id"].text);
}

// So many characters, each of two bytes.
std::string Wide(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "\xD0\x96";
  return text;
}

TEST(CscartCreate, AnswersWithBothIds) {
  const HttpResponse response = PostWith("");

  EXPECT_EQ(response.status, 201);
  const Json ids = ParseJson(response.body);
  EXPECT_EQ(ids.Names(), (std::vector<std::string>{"user_id", "profile_id"}));
  EXPECT_TRUE(ids["user_id"].IsNumber());
  EXPECT_TRUE(ids["profile_id"].IsString());
  const Json profiles = FullOf(ids["user_id"].text)["profiles"];
  ASSERT_EQ(profiles.items.size(), 1U);
  EXPECT_EQ(profiles[0]["profile_id"].text, ids["profile_id"].text);
  EXPECT_EQ(profiles[0]["profile_type"].text, "P");
}

TEST(CscartCreate, NamesEachMissingField) {
  const std::vector<std::pair<std::string, std::string>> fields = {
      {"email", NewEmail()}, {"user_type", "C"}, {"company_id", "1"}};
  for (const auto& [missing, unused] : fields) {
    for (const bool empty : {false, true}) {
      std::string form;
      for (const auto& [name, value] : fields) {
        if (name != missing) form += name + "=" + value + "&";
      }
      if (empty) form += missing + "=+";
      const HttpResponse response = Root().PostForm("users", form);
      EXPECT_TRUE(IsError(response, 400, "messages")) << form;
      EXPECT_NE(response.body.find(missing), std::string::npos) << response.body;
    }
  }
}

TEST(CscartCreate, ChecksTheEmail) {
  for (const std::string& email :
       {std::string("plain"), std::string("a b@shop.example"), std::string("a\tb@shop.example"),
        std::string("a\x01@shop.example"), std::string(117, 'x') + "@shop.example"}) {
    EXPECT_TRUE(IsError(Root().Post("users", "{" + Customer(email) + "}"), 400)) << email;
  }
  const std::string longest = std::string(100, 'x') + NewWord() + "@shop.example";
  EXPECT_EQ(Root().Post("users", "{" + Customer(longest) + "}").status, 201);
  EXPECT_EQ(Root().Post("users", "{" + Customer("'\"\\;%_" + NewEmail()) + "}").status, 201);
}

TEST(CscartCreate, TakesAnEmailOf128Characters) {
  std::string email = NewEmail();
  email.insert(0, 128 - email.size(), 'l');
  EXPECT_EQ(Root().Post("users", "{" + Customer(email) + "}").status, 201);
  EXPECT_TRUE(IsError(Root().Post("users", "{" + Customer("l" + email) + "}"), 400));
}

TEST(CscartCreate, RefusesATakenEmailInAnyCase) {
  const std::string email = NewEmail("taken");
  EXPECT_EQ(Root().Post("users", "{" + Customer(email) + "}").status, 201);
  std::string upper = email;
  for (char& letter : upper) letter = static_cast<char>(toupper(letter));

  for (const std::string& same : {email, upper, "  " + email + " "}) {
    EXPECT_TRUE(IsError(Root().Post("users", "{" + Customer(same) + "}"), 400, "errors")) << same;
  }
  EXPECT_EQ(Root().List("email=" + email).size(), 1U);
}

TEST(CscartCreate, TakesTheEmailOfADeletedUserAgain) {
  const std::string email = NewEmail();
  const std::string first = Root().AddUser("{" + Customer(email) + "}");
  EXPECT_EQ(Root().Delete("users/" + first).status, 204);

  const std::string second = Root().AddUser("{" + Customer(email) + "}");

  EXPECT_GT(std::stol(second), std::stol(first));
}

TEST(CscartCreate, ChecksTheType) {
  for (const char* type : {"A", "C", "V", "P"}) {
    EXPECT_EQ(Root()
                  .PostForm("users",
                            std::string("company_id=1&user_type=") + type + "&email=" + NewEmail())
                  .status,
              201)
        << type;
  }
  for (const char* type : {"X", "a", "c", "AC", "1", "customer"}) {
    EXPECT_TRUE(IsError(Root().PostForm("users", std::string("company_id=1&user_type=") + type +
                                                     "&email=" + NewEmail()),
                        400))
        << type;
  }
}

TEST(CscartCreate, ChecksTheCompany) {
  struct Case {
    std::string type, company;
    int status;
  };
  for (const Case& row : std::vector<Case>{{"C", "1", 201},
                                           {"C", "0", 400},
                                           {"C", "x", 400},
                                           {"C", "-1", 400},
                                           {"C", "1x", 400},
                                           {"C", "987654", 201},
                                           {"A", "0", 201},
                                           {"A", "1", 201}}) {
    const HttpResponse response = Root().PostForm(
        "users", "user_type=" + row.type + "&company_id=" + row.company + "&email=" + NewEmail());
    EXPECT_EQ(response.status, row.status) << row.type << row.company << response.body;
  }
}

TEST(CscartCreate, ChecksTheStatus) {
  EXPECT_EQ(CreatedWith("")["status"].text, "A");
  for (const char* status : {"A", "D", "H", "P"}) {
    EXPECT_EQ(CreatedWith(R"("status":")" + std::string(status) + "\"")["status"].text, status);
  }
  for (const char* status : {"X", "a", "AD", "1", "active"}) {
    EXPECT_TRUE(IsError(PostWith(R"("status":")" + std::string(status) + "\""), 400)) << status;
  }
}

TEST(CscartCreate, MakesALogin) {
  const Json user = CreatedWith("");

  EXPECT_EQ(user["user_login"].text, "user_" + user["user_id"].text);
  EXPECT_EQ(CreatedWith(R"("user_login":"")")["user_login"].text.substr(0, 5), "user_");
}

TEST(CscartCreate, RefusesATakenLogin) {
  const std::string login = "login" + NewWord();
  EXPECT_EQ(CreatedWith(R"("user_login":")" + login + "\"")["user_login"].text, login);

  EXPECT_TRUE(IsError(PostWith(R"("user_login":")" + login + "\""), 400, "errors"));
}

TEST(CscartCreate, TakesEveryField) {
  const Json user = CreatedWith(
      R"("firstname":"Mira","lastname":"Sokol","company":"Acme","phone":"+7 1","url":"http://a.b",)"
      R"("fax":"12","lang_code":"ru","tax_exempt":"Y","birthday":-86400,"referer":"there",)"
      R"("timestamp":1700000000,"profile_name":"Home","b_firstname":"B","b_lastname":"L",)"
      R"("b_address":"A 1","b_address_2":"A 2","b_city":"Tula","b_county":"Co","b_state":"TUL",)"
      R"("b_country":"RU","b_zipcode":"300000","b_phone":"9","s_firstname":"S","s_lastname":"M",)"
      R"("s_address":"S 1","s_address_2":"S 2","s_city":"Orel","s_county":"Su","s_state":"ORL",)"
      R"("s_country":"BY","s_zipcode":"302000","s_phone":"8","s_address_type":"residential",)"
      R"("fields":{"37":"red"})");

  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"firstname", "Mira"},
                                                        {"lastname", "Sokol"},
                                                        {"company", "Acme"},
                                                        {"phone", "+7 1"},
                                                        {"url", "http://a.b"},
                                                        {"fax", "12"},
                                                        {"lang_code", "ru"},
                                                        {"tax_exempt", "Y"},
                                                        {"birthday", "-86400"},
                                                        {"timestamp", "1700000000"},
                                                        {"b_firstname", "B"},
                                                        {"b_lastname", "L"},
                                                        {"b_address", "A 1"},
                                                        {"b_address_2", "A 2"},
                                                        {"b_city", "Tula"},
                                                        {"b_county", "Co"},
                                                        {"b_state", "TUL"},
                                                        {"b_country", "RU"},
                                                        {"b_zipcode", "300000"},
                                                        {"b_phone", "9"},
                                                        {"s_firstname", "S"},
                                                        {"s_lastname", "M"},
                                                        {"s_address", "S 1"},
                                                        {"s_address_2", "S 2"},
                                                        {"s_city", "Orel"},
                                                        {"s_county", "Su"},
                                                        {"s_state", "ORL"},
                                                        {"s_country", "BY"},
                                                        {"s_zipcode", "302000"},
                                                        {"s_phone", "8"},
                                                        {"s_address_type", "residential"}}) {
    EXPECT_EQ(user[name].text, value) << name;
  }
  EXPECT_EQ(user["profiles"][0]["profile_name"].text, "Home");
  EXPECT_EQ(user["fields"]["37"].text, "red");
}

TEST(CscartCreate, GivesTheOtherFieldsTheirDefaults) {
  const Json user = CreatedWith("");

  for (const char* name : {"firstname", "lastname", "company", "phone", "url", "fax", "b_city"}) {
    EXPECT_EQ(user[name].Canonical(), "\"\"") << name;
  }
  EXPECT_EQ(user["tax_exempt"].text, "N");
  EXPECT_EQ(user["birthday"].text, "0");
  EXPECT_GT(std::stol(user["timestamp"].text), 1700000000);
}

TEST(CscartCreate, TakesItsOwnTimeForOneThatIsNoNumber) {
  for (const char* time : {"soon", "-1", "", "1700000000x"}) {
    const Json user = CreatedWith(R"("timestamp":")" + std::string(time) + "\"");
    EXPECT_GT(std::stol(user["timestamp"].text), 1700000001) << time;
  }
}

TEST(CscartCreate, RefusesNonsense) {
  for (const char* members :
       {R"("tax_exempt":"maybe")", R"("birthday":"x")", R"("timestamp":99999999999999)",
        R"("timestamp":"99999999999999999999999")"}) {
    EXPECT_TRUE(IsError(PostWith(members), 400)) << members;
  }
}

TEST(CscartCreate, CountsCharactersUpToTheWidthOfEachField) {
  for (const auto& [name, width] : std::vector<std::pair<std::string, int>>{{"firstname", 128},
                                                                            {"lastname", 128},
                                                                            {"company", 255},
                                                                            {"phone", 128},
                                                                            {"fax", 128},
                                                                            {"url", 128},
                                                                            {"b_firstname", 128},
                                                                            {"s_lastname", 128},
                                                                            {"b_address", 255},
                                                                            {"s_address_2", 255},
                                                                            {"b_city", 64},
                                                                            {"s_city", 64},
                                                                            {"b_county", 32},
                                                                            {"s_state", 32},
                                                                            {"b_country", 2},
                                                                            {"b_zipcode", 16},
                                                                            {"s_phone", 128},
                                                                            {"s_address_type", 255},
                                                                            {"profile_name", 32}}) {
    EXPECT_EQ(PostWith("\"" + name + "\":\"" + Wide(width) + "\"").status, 201) << name;
    EXPECT_TRUE(IsError(PostWith("\"" + name + "\":\"" + Wide(width + 1) + "\""), 400)) << name;
  }
  EXPECT_TRUE(IsError(PostWith(R"("user_login":")" + std::string(256, 'l') + "\""), 400));
}

TEST(CscartCreate, TakesAnyCharacterInNames) {
  EXPECT_EQ(CreatedWith(R"("firstname":"<b>O'Neill & \"Co\" 99% \\")")["firstname"].text,
            "<b>O'Neill & \"Co\" 99% \\");
}

TEST(CscartCreate, CopiesBillingToShipping) {
  const Json user = CreatedWith(R"("b_city":"Tula","b_address":"A 1","b_phone":"5")");
  EXPECT_EQ(user["s_city"].text, "Tula");
  EXPECT_EQ(user["s_address"].text, "A 1");
  EXPECT_EQ(user["s_phone"].text, "5");

  const Json own = CreatedWith(R"("b_city":"Tula","b_address":"A 1","s_city":"Orel")");
  EXPECT_EQ(own["s_city"].text, "Orel");
  EXPECT_EQ(own["s_address"].text, "");
}

TEST(CscartCreate, TakesEmptyNamesFromTheAddresses) {
  const Json billing =
      CreatedWith(R"("b_firstname":"Bea","b_lastname":"Bill","b_phone":"1","s_firstname":"Sue")");
  EXPECT_EQ(billing["firstname"].text, "Bea");
  EXPECT_EQ(billing["lastname"].text, "Bill");
  EXPECT_EQ(billing["phone"].text, "1");

  const Json shipping = CreatedWith(R"("s_firstname":"Sue","s_lastname":"Ship","s_phone":"2")");
  EXPECT_EQ(shipping["firstname"].text, "Sue");
  EXPECT_EQ(shipping["lastname"].text, "Ship");
  EXPECT_EQ(shipping["phone"].text, "2");

  EXPECT_EQ(CreatedWith(R"("firstname":"Own","b_firstname":"Bea")")["firstname"].text, "Own");
}

TEST(CscartCreate, IgnoresWhatIsNotTheClients) {
  const Json user = CreatedWith(
      R"("user_id":4242424,"is_root":"Y","last_login":5,"company_name":"Mine","points":9,)"
      R"("usergroup_ids":[1,2],"nonsense":"x")");

  EXPECT_NE(user["user_id"].text, "4242424");
  EXPECT_EQ(user["is_root"].text, "N");
  EXPECT_EQ(user["company_name"].text, "Main store");
  EXPECT_EQ(user["last_login"].text, "0");
  EXPECT_EQ(user["points"].text, "0");
}

TEST(CscartCreate, MakesTheFirstOfACompanyItsRoot) {
  const auto create = [](const std::string& type) {
    return Root()
        .User(Root().AddUser(R"({"email":")" + NewEmail() + R"(","user_type":")" + type +
                             R"(","company_id":5151})"))["is_root"]
        .text;
  };

  EXPECT_EQ(create("C"), "N");
  EXPECT_EQ(create("V"), "Y");
  EXPECT_EQ(create("V"), "N");
  EXPECT_EQ(create("A"), "N");
}

TEST(CscartCreate, StoresNothingWhenItFails) {
  const std::string email = NewEmail();

  EXPECT_TRUE(
      IsError(Root().Post("users", "{" + Customer(email) + R"(,"b_country":"LONG"})"), 400));

  EXPECT_TRUE(Root().List("email=" + email).empty());
  EXPECT_EQ(Root().Post("users", "{" + Customer(email) + "}").status, 201);
}

TEST(CscartCreate, NeverUsesAnIdAgain) {
  const std::string first = Root().AddUser("{" + Customer(NewEmail()) + "}");
  Root().Delete("users/" + first);

  EXPECT_NE(Root().AddUser("{" + Customer(NewEmail()) + "}"), first);
}

TEST(CscartCreate, LetsOneOfManyParallelRequestsWin) {
  const std::string email = NewEmail("parallel");
  const std::vector<HttpRequest> requests(
      20, Root().Request("POST", "users", "application/json", "{" + Customer(email) + "}"));

  int created = 0;
  int refused = 0;
  for (const HttpResponse& response : SendAll(requests, 20)) {
    created += response.status == 201 ? 1 : 0;
    refused += IsError(response, 400, "errors") ? 1 : 0;
  }

  EXPECT_EQ(created, 1);
  EXPECT_EQ(refused, 19);
  EXPECT_EQ(Root().List("email=" + email).size(), 1U);
}

}  // namespace
}  // namespace rosterd::testing

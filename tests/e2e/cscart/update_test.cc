// Contract 13: PUT /users/:id.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

// A customer in whom nothing is empty.
std::string NewFullCustomer(const std::string& email) {
  return Root().AddUser(
      "{" + Customer(email) + R"(,"user_login":"login-)" + email +
      R"(","firstname":"Mira","lastname":"Sokol",)"
      R"("company":"Acme","phone":"+7 1","url":"http://a.b","fax":"12","lang_code":"ru",)"
      R"("tax_exempt":"Y","birthday":86400,"timestamp":1700000000,"profile_name":"Home",)"
      R"("b_firstname":"B","b_lastname":"L","b_address":"A 1","b_address_2":"A 2","b_city":"Tula",)"
      R"("b_county":"Co","b_state":"TUL","b_country":"RU","b_zipcode":"300000","b_phone":"9",)"
      R"("s_firstname":"S","s_lastname":"M","s_address":"S 1","s_address_2":"S 2","s_city":"Orel",)"
      R"("s_county":"Su","s_state":"ORL","s_country":"BY","s_zipcode":"302000","s_phone":"8",)"
      R"("s_address_type":"residential","fields":{"37":"red","38":"blue"},)"
      R"("password":"pa55word"})");
}

std::string NewCustomer() { return Root().AddUser("{" + Customer(NewEmail()) + "}"); }

HttpResponse PutOn(const std::string& id, const std::string& form) {
  return Root().PutForm("users/" + id, form);
}

Json FullOf(const std::string& id) {
  return ParseJson(Root().Get("users/" + id + "?full=Y&extended=Y").body);
}

// The names of members that differ between two objects, in order.
std::string Differences(const Json& before, const Json& after) {
  std::string names;
  for (const auto& [name, value] : before.members) {
    if (value.Canonical() != after[name].Canonical()) names += (names.empty() ? "" : " ") + name;
  }
  for (const auto& [name, value] : after.members) {
    if (before[name].IsMissing()) names += " +" + name;
  }
  return names;
}

bool MaySignIn(const std::string& email, const std::string& password) {
  return Root()
             .Post("auth_tokens", R"({"email":")" + email + R"(","password":")" + password + "\"}")
             .status == 201;
}

TEST(CscartUpdate, AnswersWithFalseWithoutProfileData) {
  const std::string id = NewCustomer();

  for (const char* form : {"status=D", "firstname=x", "phone=1", "email=&x=y&status=A"}) {
    const HttpResponse response = PutOn(id, form);
    if (std::string(form).starts_with("email=")) {
      EXPECT_TRUE(IsError(response, 400)) << form;
      continue;
    }
    EXPECT_EQ(response.status, 200) << form;
    EXPECT_JSON_EQ(response.body, R"({"user_id":")" + id + R"(","profile_id":false})");
  }
}

TEST(CscartUpdate, AnswersWithTheProfileThatItWrote) {
  const std::string id = NewCustomer();
  const std::string profile = FullOf(id)["profiles"][0]["profile_id"].text;

  for (const std::string& form :
       {std::string("b_city=x"), std::string("s_city=Orel"), std::string("profile_name=Work"),
        "profile_id=" + profile, std::string("fields[1]=x"), std::string("s_city=")}) {
    const HttpResponse response = PutOn(id, form);
    EXPECT_EQ(response.status, 200) << form;
    EXPECT_JSON_EQ(response.body,
                   R"({"user_id":")" + id + R"(","profile_id":")" + profile + R"("})");
  }
}

TEST(CscartUpdate, RepeatsTheIdAsANumberWithoutZeros) {
  const std::string id = NewCustomer();

  EXPECT_EQ(ParseJson(PutOn("00" + id, "status=A").body)["user_id"].Canonical().back(), '"');
}

TEST(CscartUpdate, TouchesNothingElse) {
  const std::string email = NewEmail();
  const std::string id = NewFullCustomer(email);

  for (const std::string name :
       {"firstname", "lastname", "company", "phone", "url", "fax", "b_city", "b_address", "s_city",
        "s_phone", "b_firstname", "s_address_type", "user_login", "timestamp"}) {
    const Json before = FullOf(id);
    const std::string value = name == "timestamp" ? "1600000000" : "new-" + NewWord();
    EXPECT_EQ(PutOn(id, name + "=" + value).status, 200) << name;
    const Json after = FullOf(id);
    EXPECT_EQ(after[name].text, value);
    const std::string profile = name[1] == '_' ? name + " profiles" : name;
    EXPECT_EQ(Differences(before, after), profile);
  }
  EXPECT_TRUE(MaySignIn(email, "pa55word"));
}

TEST(CscartUpdate, ClearsWithEmptyText) {
  const std::string id = NewFullCustomer(NewEmail());

  for (const std::string name : {"firstname", "lastname", "company", "phone", "url", "fax",
                                 "b_city", "s_city", "b_firstname", "s_zipcode"}) {
    const Json before = FullOf(id);
    EXPECT_NE(before[name].text, "") << name;
    EXPECT_EQ(PutOn(id, name + "=").status, 200) << name;
    const Json after = FullOf(id);
    EXPECT_EQ(after[name].text, "") << name;
    EXPECT_EQ(Differences(before, after), name[1] == '_' ? name + " profiles" : name);
  }
}

TEST(CscartUpdate, DoesNotCopyBillingToShipping) {
  const std::string id = NewCustomer();

  EXPECT_EQ(PutOn(id, "b_city=Tula&b_firstname=Bea").status, 200);

  EXPECT_EQ(FullOf(id)["s_city"].text, "");
}

TEST(CscartUpdate, ChecksTheEmail) {
  const std::string id = NewCustomer();
  const std::string taken = NewEmail();
  Root().AddUser("{" + Customer(taken) + "}");
  std::string upper = taken;
  for (char& letter : upper) letter = static_cast<char>(toupper(letter));

  EXPECT_TRUE(IsError(PutOn(id, "email="), 400));
  EXPECT_TRUE(IsError(PutOn(id, "email=plain"), 400));
  EXPECT_TRUE(IsError(PutOn(id, "email=" + taken), 400, "errors"));
  EXPECT_TRUE(IsError(PutOn(id, "email=" + upper), 400, "errors"));
  EXPECT_EQ(PutOn(id, "email=" + Root().User(id)["email"].text).status, 200);
  const std::string fresh = NewEmail();
  EXPECT_EQ(PutOn(id, "email=" + fresh).status, 200);
  EXPECT_EQ(Root().User(id)["email"].text, fresh);
}

TEST(CscartUpdate, ChecksTheLogin) {
  const std::string id = NewCustomer();
  const std::string login = "login" + NewWord();
  Root().AddUser("{" + Customer(NewEmail()) + R"(,"user_login":")" + login + "\"}");

  EXPECT_TRUE(IsError(PutOn(id, "user_login=" + login), 400, "errors"));
  EXPECT_EQ(PutOn(id, "user_login=user_" + id).status, 200);
  EXPECT_EQ(PutOn(id, "user_login=own" + login).status, 200);
  EXPECT_EQ(Root().User(id)["user_login"].text, "own" + login);
}

TEST(CscartUpdate, ChecksEachFieldLikeACreation) {
  const std::string id = NewCustomer();

  for (const char* form :
       {"user_type=X", "status=X", "company_id=x", "company_id=0", "tax_exempt=maybe", "birthday=x",
        "b_country=RUS", "b_zipcode=12345678901234567", "password=abc",
        "password1=longenough&password2=different"}) {
    const std::string before = Root().Full(id);
    EXPECT_TRUE(IsError(PutOn(id, std::string("firstname=never&") + form), 400)) << form;
    EXPECT_EQ(Root().Full(id), before) << form;
  }
}

TEST(CscartUpdate, ChangesStatusAndCompany) {
  const std::string id = NewCustomer();

  for (const char* status : {"D", "H", "P", "A"}) {
    EXPECT_EQ(PutOn(id, std::string("status=") + status).status, 200);
    EXPECT_EQ(Root().User(id)["status"].text, status);
  }
  EXPECT_EQ(PutOn(id, "company_id=4040").status, 200);
  EXPECT_EQ(Root().User(id)["company_id"].text, "4040");
  EXPECT_TRUE(Root().User(id)["company_name"].IsNull());
}

TEST(CscartUpdate, KeepsTheCallerActive) {
  const Account account = AddAccount(DefaultStack(), "A", "N", "0");
  const Api admin = As(DefaultStack(), account);

  for (const char* status : {"D", "H", "P"}) {
    EXPECT_TRUE(
        IsError(admin.PutForm("users/" + account.id, std::string("status=") + status), 400));
  }
  EXPECT_EQ(admin.PutForm("users/" + account.id, "status=A").status, 200);
  EXPECT_TRUE(IsError(Root().PutForm("users/1", "status=D"), 400));
}

TEST(CscartUpdate, KeepsRootsFromOthers) {
  const Account root = AddAccount(DefaultStack(), "A", "Y", "0");
  const Api admin = As(DefaultStack(), AddAccount(DefaultStack(), "A", "N", "0"));

  for (const char* form : {"status=D", "user_type=C", "company=x", "email=a%40shop.example"}) {
    EXPECT_TRUE(IsError(admin.PutForm("users/" + root.id, form), 400, "errors")) << form;
  }
}

TEST(CscartUpdate, LeavesGroupsOfTheOtherKindWhenTheTypeChanges) {
  const std::string id = NewCustomer();
  const std::string group = Root().AddGroup(R"({"type":"C","status":"A","usergroup":"customers"})");
  Root().PutForm("users/" + id + "/usergroups/" + group, "status=A");
  EXPECT_NE(Root().Get("users/" + id + "/usergroups").body, "{}");

  EXPECT_EQ(PutOn(id, "user_type=A").status, 200);

  EXPECT_EQ(ParseJson(Root().Get("users/" + id + "/usergroups").body)[group]["status"].text, "");
}

TEST(CscartUpdate, MakesRootsByTheRuleOfCreation) {
  const auto create = [](const std::string& type) {
    return Root().AddUser(R"({"email":")" + NewEmail() + R"(","user_type":")" + type +
                          R"(","company_id":6262})");
  };
  const std::string customer = create("C");

  EXPECT_EQ(PutOn(customer, "firstname=x").status, 200);
  EXPECT_EQ(Root().User(customer)["is_root"].text, "N");
  EXPECT_EQ(PutOn(customer, "user_type=V").status, 200);
  EXPECT_EQ(Root().User(customer)["is_root"].text, "Y");
  EXPECT_EQ(PutOn(customer, "firstname=y").status, 200);
  EXPECT_EQ(Root().User(customer)["is_root"].text, "Y");
  const std::string second = create("V");
  EXPECT_EQ(Root().User(second)["is_root"].text, "N");
  EXPECT_EQ(PutOn(second, "is_root=Y&company=x").status, 200);
  EXPECT_EQ(Root().User(second)["is_root"].text, "N");
}

TEST(CscartUpdate, WritesTheProfileThatIsNamed) {
  const std::string id = NewFullCustomer(NewEmail());
  const Json added = ParseJson(PutOn(id, "profile_id=0&b_city=Paris&profile_name=Second").body);
  const std::string second = added["profile_id"].text;
  const Json two = FullOf(id);
  ASSERT_EQ(two["profiles"].items.size(), 2U);
  EXPECT_EQ(two["profiles"][1]["profile_id"].text, second);
  EXPECT_EQ(two["profiles"][1]["profile_type"].text, "S");
  EXPECT_EQ(two["profiles"][1]["b_city"].text, "Paris");
  EXPECT_EQ(two["b_city"].text, "Tula");

  EXPECT_EQ(PutOn(id, "b_city=Lyon&profile_id=" + second).status, 200);

  const Json after = FullOf(id);
  EXPECT_EQ(after["profiles"][1]["b_city"].text, "Lyon");
  EXPECT_EQ(after["profiles"][0].Canonical(), two["profiles"][0].Canonical());
  EXPECT_EQ(ParseJson(PutOn(id, "profile_id=&s_city=Nice").body)["profile_id"].IsString(), true);
  EXPECT_EQ(FullOf(id)["profiles"].items.size(), 3U);
}

TEST(CscartUpdate, RefusesAProfileOfSomebodyElse) {
  const std::string id = NewCustomer();
  const std::string foreign = FullOf(NewCustomer())["profiles"][0]["profile_id"].text;

  EXPECT_TRUE(IsError(PutOn(id, "b_city=x&profile_id=" + foreign), 400));
  EXPECT_TRUE(IsError(PutOn(id, "b_city=x&profile_id=99999999"), 400));
  EXPECT_TRUE(IsError(PutOn(id, "b_city=x&profile_id=abc"), 400));
}

TEST(CscartUpdate, OfAMissingUserIs404) {
  EXPECT_TRUE(IsError(PutOn("99999999", "firstname=x"), 404));
  const std::string id = NewCustomer();
  Root().Delete("users/" + id);
  EXPECT_TRUE(IsError(PutOn(id, "firstname=x"), 404));
}

TEST(CscartUpdate, ToTheSameValuesSucceeds) {
  const std::string id = NewFullCustomer(NewEmail());
  const std::string before = Root().Full(id);

  EXPECT_EQ(PutOn(id, "firstname=Mira&b_city=Tula").status, 200);
  EXPECT_EQ(PutOn(id, "firstname=Mira&b_city=Tula").status, 200);

  EXPECT_EQ(Root().Full(id), before);
}

}  // namespace
}  // namespace rosterd::testing

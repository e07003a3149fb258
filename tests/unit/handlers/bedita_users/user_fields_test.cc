#include "handlers/bedita/user_fields.h"

#include <gtest/gtest.h>

#include "fcgi/json.h"

namespace rosterd::bedita {
namespace {

namespace user = db::bedita::user;

fcgi::Value Json(std::string_view text) {
  fcgi::JsonError error;
  return fcgi::ParseJson(text, error).value_or(fcgi::Value());
}

/// "status title detail" of a refusal, or "ok".
std::string Refusal(std::string_view attributes, bool creating = false,
                    const config::Settings& settings = {}) {
  const auto fields = ReadUserFields(Json(attributes), {settings, creating});
  if (fields) return "ok";
  const Problem& problem = fields.error();
  return std::to_string(problem.status) + " " + problem.title + " " + problem.detail;
}

UserFields Read(std::string_view attributes, bool creating = false) {
  const config::Settings settings;
  const auto fields = ReadUserFields(Json(attributes), {settings, creating});
  EXPECT_TRUE(fields) << attributes << (fields ? "" : fields.error().detail);
  return fields ? *fields : UserFields();
}

std::string Invalid(const std::string& details) { return "400 Invalid data " + details; }

constexpr std::string_view kWrong = ": The provided value is invalid";

std::string Broken(std::string_view rule) {
  return Invalid("[" + std::string(rule) + "]" + std::string(kWrong));
}

TEST(BeditaUserFields, RequireTheUsernameOfANewUser) {
  EXPECT_EQ(Refusal("{}", true), Invalid("[username._required]: This field is required"));
  EXPECT_EQ(Refusal("{}"), "ok");
}

TEST(BeditaUserFields, RequireMoreWhenTheSettingsSaySo) {
  config::Settings settings;
  settings.bedita.required_user_fields = {"username", "password", "uname"};
  EXPECT_EQ(Refusal(R"({"username": "ann"})", true, settings),
            Invalid("[password._required]: This field is required "
                    "[uname._required]: This field is required"));
  EXPECT_EQ(
      Refusal(R"({"username": "ann", "password_hash": "secret", "uname": "ann"})", true, settings),
      "ok");
  settings.bedita.required_user_fields = {"name"};
  EXPECT_EQ(Refusal("{}", true, settings), Invalid("[username._required]: This field is required "
                                                   "[name._required]: This field is required"));
}

TEST(BeditaUserFields, RequireNothingThatIsIgnored) {
  config::Settings settings;
  settings.bedita.required_user_fields = {"username", "uname"};
  EXPECT_TRUE(ReadUserFields(Json(R"({"username": "ann"})"),
                             {settings, /*creating=*/true, nullptr, {"status", "uname"}}));
}

TEST(BeditaUserFields, TakeNoEmptyUsername) {
  for (const std::string_view empty : {R"({"username": ""})", R"({"username": null})"}) {
    EXPECT_EQ(Refusal(empty), Invalid("[username._empty]: This field cannot be left empty"));
  }
}

TEST(BeditaUserFields, TakeNoUsernameThatIsANumber) {
  EXPECT_EQ(Refusal(R"({"username": 12})"), Broken("username.validUsername"));
}

TEST(BeditaUserFields, ReportAllBrokenRulesTogether) {
  EXPECT_EQ(Refusal(R"({"username": "a/b", "email": "x", "status": "gone", "name": "a:b"})"),
            Invalid("[username.validUsername]: The provided value is invalid "
                    "[email.email]: The provided value is invalid "
                    "[status.inList]: The provided value is invalid "
                    "[name.validName]: The provided value is invalid"));
}

TEST(BeditaUserFields, ReportEachRuleByItsName) {
  EXPECT_EQ(Refusal(R"({"surname": "see example.org"})"), Broken("surname.validName"));
  EXPECT_EQ(Refusal(R"({"uname": "jörg"})"), Broken("uname.ascii"));
  EXPECT_EQ(Refusal(R"({"uname": "12"})"), Broken("uname.notNumeric"));
  EXPECT_EQ(Refusal(R"({"company": "perhaps"})"), Broken("company.boolean"));
  EXPECT_EQ(Refusal(R"({"website": "example.org"})"), Broken("website.url"));
  EXPECT_EQ(Refusal(R"({"birthdate": "July, 1"})"),
            Invalid(R"([birthdate.date]: Invalid date or datetime "July, 1")"));
  EXPECT_EQ(Refusal(R"({"publish_start": "2018-02-30"})"),
            Invalid(R"([publish_start.dateTime]: Invalid date or datetime "2018-02-30")"));
  EXPECT_EQ(Refusal(R"({"status": ""})"),
            Invalid("[status._empty]: This field cannot be left empty"));
}

TEST(BeditaUserFields, EndNoDetailWithABracketOfTheClient) {
  EXPECT_EQ(Refusal(R"({"deathdate": "x [y.z]: a"})"),
            Invalid(R"([deathdate.date]: Invalid date or datetime "x (y.z]: a")"));
}

TEST(BeditaUserFields, TakeStatusFromTheDefaultsWhenANewUserHasNone) {
  EXPECT_EQ(Refusal(R"({"username": "ann", "status": null})", true), "ok");
}

TEST(BeditaUserFields, LimitLengthsInCharacters) {
  const std::string longest = std::string(255, 'x');
  EXPECT_EQ(Refusal(R"({"gender": ")" + longest + R"("})"), "ok");
  EXPECT_EQ(Refusal(R"({"gender": ")" + longest + R"(x"})"), Broken("gender.maxLength"));
  std::string kanji;
  for (int i = 0; i < 32; ++i) kanji += "\xf0\xa0\x80\x8b";
  EXPECT_EQ(Refusal(R"({"vat_number": ")" + kanji + R"("})"), "ok");
  EXPECT_EQ(Refusal(R"({"vat_number": ")" + kanji + R"(x"})"), Broken("vat_number.maxLength"));
}

TEST(BeditaUserFields, LimitLongTextsInBytes) {
  EXPECT_EQ(Refusal(R"({"description": ")" + std::string(65537, 'x') + R"("})"),
            Broken("description.maxLengthBytes"));
  EXPECT_EQ(Refusal(R"({"title": ")" + std::string(65536, 'x') + R"("})"),
            Broken("title.maxLength"));
  EXPECT_EQ(Refusal(R"({"body": ")" + std::string(65536, 'x') + R"("})"), "ok");
}

TEST(BeditaUserFields, TakeNoListsForTexts) {
  EXPECT_EQ(Refusal(R"({"city": ["Rome"]})"), Broken("city.scalar"));
  EXPECT_EQ(Refusal(R"({"birthdate": {}})"), Broken("birthdate.scalar"));
  EXPECT_EQ(Refusal(R"({"password": []})"), Broken("password.scalar"));
  EXPECT_EQ(Refusal(R"({"username": {"a": 1}})"), Broken("username.scalar"));
}

TEST(BeditaUserFields, TakeNumbersForTexts) {
  EXPECT_EQ(Read(R"({"zipcode": 40100})").Text(user::kZipcode), "40100");
}

TEST(BeditaUserFields, TakeNoControlCharacters) {
  EXPECT_EQ(Refusal(R"({"city": "Ro\u0000me"})"), Broken("city.utf8"));
  EXPECT_EQ(Refusal(R"({"username": "a\nb"})"), Broken("username.utf8"));
  EXPECT_EQ(Refusal(R"({"body": "one\n\ttwo"})"), "ok");
}

TEST(BeditaUserFields, ReadNullAsNothing) {
  const UserFields fields =
      Read(R"({"city": null, "company": null, "email": "", "publish_end": ""})");
  EXPECT_EQ(fields.values[user::kCity], std::optional<std::optional<std::string>>(std::in_place));
  EXPECT_EQ(fields.Text(user::kCompany), "0");
  EXPECT_TRUE(fields.Sent(user::kEmail));
  EXPECT_FALSE(fields.values[user::kEmail]->has_value());
  EXPECT_FALSE(fields.values[user::kPublishEnd]->has_value());
}

TEST(BeditaUserFields, ReadBooleansInEveryForm) {
  for (const std::string_view yes : {"true", "1", R"("1")", R"("true")"}) {
    EXPECT_EQ(Read(R"({"company": )" + std::string(yes) + "}").Text(user::kCompany), "1") << yes;
  }
  for (const std::string_view no : {"false", "0", R"("0")", R"("false")", R"("")"}) {
    EXPECT_EQ(Read(R"({"company": )" + std::string(no) + "}").Text(user::kCompany), "0") << no;
  }
}

TEST(BeditaUserFields, ReadMoments) {
  EXPECT_EQ(Read(R"({"publish_start": "2018-03-04T05:06:07+02:00"})").Text(user::kPublishStart),
            "2018-03-04 03:06:07");
  EXPECT_EQ(Read(R"({"birthdate": 1513166882})").Text(user::kBirthdate), "2017-12-13");
}

TEST(BeditaUserFields, KeepJsonAsItCame) {
  EXPECT_EQ(Read(R"({"extra": {"b": [1, 2.50, 1e2], "a": null, "é": "x"}})").Text(user::kExtra),
            R"({"b":[1,2.50,1e2],"a":null,"é":"x"})");
  EXPECT_EQ(Read(R"({"user_preferences": []})").Text(user::kUserPreferences), "[]");
  EXPECT_EQ(Refusal(R"({"extra": "text"})"), Broken("extra.json"));
}

TEST(BeditaUserFields, IgnoreWhatIsReadOnlyOrUnknown) {
  const UserFields fields = Read(
      R"({"locked": true, "blocked": true, "created": "x", "modified": [], "published": {},
          "created_by": 9, "modified_by": "x", "last_login": 1, "last_login_err": 1,
          "num_login_err": 7, "verified": true, "password_modified": 1, "external_auth": 1,
          "deleted": true, "object_type_id": 1, "roles": [1], "confirm-password": "x",
          "old_password": "x", "id": 1, "type": "y"})");
  for (const auto& value : fields.values) EXPECT_FALSE(value.has_value());
  EXPECT_FALSE(fields.password);
  EXPECT_FALSE(fields.blocked);
}

TEST(BeditaUserFields, ReadThePasswordUnderBothNames) {
  EXPECT_EQ(Read(R"({"password": "j04nd0e"})").password, "j04nd0e");
  EXPECT_EQ(Read(R"({"password_hash": "j04nd0e"})").password, "j04nd0e");
}

TEST(BeditaUserFields, LeaveThePasswordWhenAnEmptyOneIsSent) {
  EXPECT_FALSE(Read(R"({"password": ""})").password);
  EXPECT_FALSE(Read(R"({"password": null})").password);
}

TEST(BeditaUserFields, HoldThePasswordToThePolicy) {
  config::Settings settings;
  EXPECT_EQ(Refusal(R"({"password": "abcd"})", false, settings), "400 Invalid password ");
  settings.bedita.password_rule = "/^(?=.*[0-9]).{8,}$/";
  settings.bedita.password_message = "Eight characters and a digit";
  EXPECT_EQ(Refusal(R"({"password": "abcdefgh"})", false, settings),
            "400 Eight characters and a digit ");
  EXPECT_EQ(Refusal(R"({"password_hash": "abcdefg1"})", false, settings), "ok");
  EXPECT_EQ(Refusal(R"({"password": ")" + std::string(4097, '1') + R"("})", false, settings),
            "400 Eight characters and a digit ");
}

TEST(BeditaUserFields, RefuseTheReservedWord) {
  for (const std::string_view text :
       {R"({"username": "__deleted-7"})", R"({"uname": "__deleted-x"})",
        R"({"uname": "-__DELETED 7"})"}) {
    EXPECT_EQ(Refusal(text), "400 \"username\" cannot start with reserved word \"__deleted-\" ");
  }
}

TEST(BeditaUserFields, KnowTheLanguagesOfTheSettings) {
  config::Settings settings;
  EXPECT_EQ(Refusal(R"({"lang": "xx"})", false, settings), "ok");
  settings.bedita.languages = {"en", "it"};
  EXPECT_EQ(Refusal(R"({"lang": "xx"})", false, settings),
            Invalid(R"([lang.languageTag]: Invalid language tag "xx")"));
  EXPECT_EQ(Refusal(R"({"lang": "it"})", false, settings), "ok");
}

TEST(BeditaUserFields, CheckNothingThatIsSentBackAsItIs) {
  const config::Settings settings;
  db::bedita::Record stored;
  stored.values.resize(user::kCount);
  stored.values[user::kUsername] = "a/b";
  const auto same =
      ReadUserFields(Json(R"({"username": "a/b"})"), {settings, /*creating=*/false, &stored});
  EXPECT_TRUE(same);
}

TEST(BeditaUserFields, ReadTheFlagsOfMeta) {
  UserFields fields;
  EXPECT_FALSE(ReadUserMeta(Json(R"({"blocked": true, "locked": 0})"), fields));
  EXPECT_EQ(fields.blocked, true);
  EXPECT_EQ(fields.locked, false);
  const auto problem = ReadUserMeta(Json(R"({"blocked": "perhaps"})"), fields);
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->detail, "[blocked.boolean]: The provided value is invalid");
}

}  // namespace
}  // namespace rosterd::bedita

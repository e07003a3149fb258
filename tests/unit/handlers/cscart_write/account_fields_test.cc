#include "handlers/cscart/account_fields.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd::cscart {
namespace {

Fields One(std::string name, std::string value) {
  return Fields(fcgi::Value::OfObject({{std::move(name), fcgi::Value::Text(std::move(value))}}));
}

std::optional<Problem> ProblemOf(const std::string& name, const std::string& value) {
  const Fields fields = One(name, value);
  FieldReader reader(fields);
  ReadAccountFields(reader);
  return reader.FirstProblem();
}

TEST(CscartAccountFields, CountCharactersAndNotBytes) {
  EXPECT_EQ(CountCharacters("Орёл"), 4U);
  std::string cyrillic;
  for (int i = 0; i < 128; ++i) cyrillic += "я";
  EXPECT_FALSE(ProblemOf("firstname", cyrillic));
  EXPECT_TRUE(ProblemOf("firstname", cyrillic + "я"));
}

TEST(CscartAccountFields, HaveTheWidthsOfTheirColumns) {
  for (const auto& [name, width] : {std::pair<std::string, size_t>{"lastname", 128},
                                    {"company", 255},
                                    {"phone", 128},
                                    {"fax", 128},
                                    {"url", 128},
                                    {"user_login", 255},
                                    {"referer", 255},
                                    {"lang_code", 2}}) {
    EXPECT_FALSE(ProblemOf(name, std::string(width, 'x'))) << name;
    EXPECT_TRUE(ProblemOf(name, std::string(width + 1, 'x'))) << name;
  }
}

TEST(CscartAccountFields, RefuseWhatIsNoValueOfTheirs) {
  EXPECT_TRUE(ProblemOf("tax_exempt", "maybe"));
  EXPECT_TRUE(ProblemOf("birthday", "1990-01-01"));
  EXPECT_TRUE(ProblemOf("user_type", "a"));
  EXPECT_TRUE(ProblemOf("status", "AD"));
  EXPECT_TRUE(ProblemOf("company_id", "-1"));
  EXPECT_TRUE(ProblemOf("timestamp", "999999999999"));
  EXPECT_TRUE(ProblemOf("timestamp", "99999999999999999999999"));
  EXPECT_FALSE(ProblemOf("birthday", "-86400"));
  EXPECT_FALSE(ProblemOf("timestamp", "yesterday"));
}

TEST(CscartAccountFields, NameTheKindOfGroupOfEachType) {
  EXPECT_EQ(GroupTypeOf("A"), "A");
  EXPECT_EQ(GroupTypeOf("V"), "A");
  EXPECT_EQ(GroupTypeOf("C"), "C");
  EXPECT_EQ(GroupTypeOf("P"), "C");
}

TEST(CscartAccountFields, PutCustomersIntoTheRealmOfTheirStore) {
  db::cscart::AccountColumns customer;
  customer.company_id = 7;
  EXPECT_EQ(RealmOf(customer, false).value, "7");
  EXPECT_EQ(RealmOf(customer, true).value, "");
  customer.user_type = "A";
  EXPECT_EQ(RealmOf(customer, false).value, "");
}

TEST(CscartAccountFields, WriteOnlyWhatWasSent) {
  db::Person person;
  person.id = {58};
  person.username = "mira";
  person.first_name = "Mira";
  db::cscart::AccountColumns account;
  account.fax = "1";
  AccountFields fields;
  fields.user_login = "";
  fields.fax = "";
  Apply(fields, person, account);
  EXPECT_EQ(person.username, "user_58");
  EXPECT_EQ(person.first_name, "Mira");
  EXPECT_EQ(account.fax, "");
}

}  // namespace
}  // namespace rosterd::cscart

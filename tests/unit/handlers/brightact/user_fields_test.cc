#include "handlers/brightact/user_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace rosterd::brightact {
namespace {

using db::brightact::AccountColumns;
using db::brightact::User;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kRequired = "username=ann&password=p&first_name=A&last_name=L&";

UserFields Read(const std::string& form, Purpose purpose = Purpose::kCreate) {
  fcgi::Request request;
  request.body = form;
  return ReadUserFields(*ReadBody(request, 1 << 20), purpose);
}

/// The texts of the errors that these fields cause beside good required ones.
std::vector<std::string> ErrorsOf(const std::string& form, Purpose purpose = Purpose::kUpdate) {
  std::vector<std::string> texts;
  for (const FieldError& error : Read(form, purpose).errors) texts.push_back(error.text);
  return texts;
}

TEST(BrightactUserFields, NamesEveryRequiredFieldThatIsAbsent) {
  EXPECT_THAT(ErrorsOf("", Purpose::kCreate),
              ElementsAre("Username cannot be blank.", "Password cannot be blank.",
                          "First Name cannot be blank.", "Last Name cannot be blank."));
  EXPECT_THAT(ErrorsOf("", Purpose::kUpdate), IsEmpty());
}

TEST(BrightactUserFields, RefusesRequiredFieldsThatAreBlankInAnUpdateToo) {
  EXPECT_THAT(ErrorsOf("username=&password=++&first_name=%09&last_name="),
              ElementsAre("Username cannot be blank.", "Password cannot be blank.",
                          "First Name cannot be blank.", "Last Name cannot be blank."));
}

TEST(BrightactUserFields, ReportsAllErrorsInTheOrderOfTheTable) {
  EXPECT_THAT(
      ErrorsOf("is_deleted=x&company[]=1&suppress_emails[]=1&extra_email[]=1&org_id=x&sp_num=x&"
               "mobile_provider=x&mobile[]=1&status=x&last_name=&first_name=&password=&username="),
      ElementsAre(
          "Username cannot be blank.", "Password cannot be blank.", "First Name cannot be blank.",
          "Last Name cannot be blank.", "Status must be an integer.", "Mobile is invalid.",
          "Mobile Provider must be an integer.", "Packs Limit must be an integer.",
          "Org ID must be an integer.", "Extra Email is invalid.", "Suppress Emails is invalid.",
          "Company is invalid.", "Deleted must be an integer."));
}

TEST(BrightactUserFields, TrimsEverythingButThePassword) {
  const UserFields fields = Read("username=+ann+&password=+p+&first_name=+A%0A&last_name=L");

  EXPECT_EQ(fields.username, "ann");
  EXPECT_EQ(fields.password, " p ");
  EXPECT_EQ(fields.first_name, "A");
}

TEST(BrightactUserFields, CountsCharactersAndOfPasswordsBytes) {
  std::string name;
  for (int i = 0; i < 255; ++i) name += "é";
  EXPECT_THAT(ErrorsOf("first_name=" + name), IsEmpty());
  EXPECT_THAT(ErrorsOf("first_name=" + name + "e"), ElementsAre("First Name is too long."));
  EXPECT_THAT(ErrorsOf("username=" + std::string(256, 'u')), ElementsAre("Username is too long."));
  EXPECT_THAT(ErrorsOf("company=" + std::string(256, 'c')), ElementsAre("Company is too long."));
  EXPECT_THAT(ErrorsOf("mobile=" + std::string(65, '1')), ElementsAre("Mobile is too long."));
  EXPECT_THAT(ErrorsOf("mobile=" + std::string(64, '1')), IsEmpty());
  EXPECT_THAT(ErrorsOf("extra_email=" + std::string(1024, 'e')), IsEmpty());
  EXPECT_THAT(ErrorsOf("extra_email=" + std::string(1025, 'e')),
              ElementsAre("Extra Email is too long."));
  EXPECT_THAT(ErrorsOf("suppress_emails=" + std::string(1025, 'e')),
              ElementsAre("Suppress Emails is too long."));
  EXPECT_THAT(ErrorsOf("password=" + std::string(256, 'p')), IsEmpty());
  EXPECT_THAT(ErrorsOf("password=" + std::string(257, 'p')), ElementsAre("Password is too long."));
}

TEST(BrightactUserFields, TakesWholeNumbersInTheirRange) {
  EXPECT_EQ(Read(kRequired + "sp_num=2147483647").sp_num, 2147483647U);
  EXPECT_EQ(Read(kRequired + "sp_num=007").sp_num, 7U);
  EXPECT_EQ(Read(kRequired + "sp_num=").sp_num, 0U);
  EXPECT_THAT(ErrorsOf("sp_num=2147483648"), ElementsAre("Packs Limit is invalid."));
  EXPECT_THAT(ErrorsOf("sp_num=99999999999999999999999"), ElementsAre("Packs Limit is invalid."));
  EXPECT_THAT(ErrorsOf("sp_num=-1"), ElementsAre("Packs Limit is invalid."));
  EXPECT_THAT(ErrorsOf("sp_num=1.5"), ElementsAre("Packs Limit must be an integer."));
  EXPECT_THAT(ErrorsOf("sp_num=1e2"), ElementsAre("Packs Limit must be an integer."));
  EXPECT_THAT(ErrorsOf("mobile_provider=-"), ElementsAre("Mobile Provider must be an integer."));
  EXPECT_THAT(ErrorsOf("org_id=9007199254740992"), ElementsAre("Org ID is invalid."));
}

TEST(BrightactUserFields, TakesFlagsOfZeroAndOne) {
  EXPECT_EQ(Read(kRequired + "status=0").status, 0U);
  EXPECT_EQ(Read(kRequired + "status=").status, 1U);
  EXPECT_THAT(ErrorsOf("status=2"), ElementsAre("Status is invalid."));
  EXPECT_EQ(Read(kRequired + "is_deleted=1").is_deleted, 1U);
  EXPECT_THAT(ErrorsOf("is_deleted=2"), ElementsAre("Deleted is invalid."));
}

TEST(BrightactUserFields, TakesAMobileOfZeroForNone) {
  EXPECT_EQ(Read(kRequired + "mobile=0").mobile, "");
  EXPECT_EQ(Read(kRequired + "mobile=").mobile, "");
  EXPECT_EQ(Read(kRequired + "mobile=%2B15550100").mobile, "+15550100");
}

TEST(BrightactUserFields, RefusesControlCharacters) {
  EXPECT_THAT(ErrorsOf("username=a%0Ab"), ElementsAre("Username is invalid."));
  EXPECT_THAT(ErrorsOf("last_name=a%1Bb"), ElementsAre("Last Name is invalid."));
  EXPECT_THAT(ErrorsOf("extra_email=a%0Ab"), IsEmpty());
}

TEST(BrightactUserFields, IgnoresWhatItDoesNotKnow) {
  const UserFields fields = Read(
      "id=x&user_id[]=1&created_at=x&updated_at=x&last_login=x&nonsense=%FF", Purpose::kUpdate);

  EXPECT_THAT(fields.errors, IsEmpty());
  EXPECT_FALSE(fields.any);
  EXPECT_TRUE(Read("sp_num=1", Purpose::kUpdate).any);
}

User Stored() {
  User user;
  user.person.id = {7};
  user.person.username = "ann@example.org";
  user.person.email = "ann@example.org";
  user.columns.sp_num = 3;
  user.columns.org_id = 4;
  return user;
}

bool Asks(const std::string& form) {
  return AsksForAdminsFields(Read(form, Purpose::kUpdate), Stored());
}

TEST(BrightactAdminsFields, MayBeWrittenBackAsTheyAre) {
  EXPECT_FALSE(Asks("sp_num=3&org_id=4&status=1&is_deleted=0&last_name=Lee"));
  EXPECT_FALSE(Asks("sp_num=03&status=&is_deleted="));
}

TEST(BrightactAdminsFields, AreForbiddenWithAnyOtherValue) {
  EXPECT_TRUE(Asks("sp_num=4"));
  EXPECT_TRUE(Asks("sp_num="));
  EXPECT_TRUE(Asks("sp_num=x"));
  EXPECT_TRUE(Asks("org_id=5"));
  EXPECT_TRUE(Asks("org_id=0"));
  EXPECT_TRUE(Asks("org_id[]=4"));
  EXPECT_TRUE(Asks("status=0"));
  EXPECT_TRUE(Asks("status=2"));
  EXPECT_TRUE(Asks("is_deleted=1"));
}

db::Person Applied(const std::string& form, db::Person person) {
  AccountColumns columns;
  Apply(Read(form, Purpose::kUpdate), person, columns);
  return person;
}

TEST(BrightactUsername, TakesTheEmailAddressAlongWhenBothAreOne) {
  const db::Person person = Applied("username=new@example.org", Stored().person);

  EXPECT_EQ(person.username, "new@example.org");
  EXPECT_EQ(person.email, "new@example.org");
}

TEST(BrightactUsername, LeavesAnotherEmailAddressAlone) {
  db::Person person = Stored().person;
  person.username = "ann";

  EXPECT_EQ(Applied("username=new@example.org", person).email, "ann@example.org");
  EXPECT_EQ(Applied("username=bob", Stored().person).email, "ann@example.org");
}

TEST(BrightactUsername, IsTheEmailAddressOfWhoHasNone) {
  db::Person person = Stored().person;
  person.email.reset();

  EXPECT_EQ(Applied("username=new@example.org", person).email, "new@example.org");
  EXPECT_EQ(Applied("username=bob", person).email, std::nullopt);
}

TEST(BrightactUsername, IsNotTouchedByWhatIsShownInPlaceOfIt) {
  db::Person person = Stored().person;
  person.username = "user_7";

  EXPECT_EQ(Applied("username=ann@example.org", person).username, "user_7");
}

TEST(BrightactStatus, LeavesAPersonAloneThatHasItAlready) {
  db::Person person;
  person.status = db::Status::kPending;
  EXPECT_EQ(Applied("status=0", person).status, db::Status::kPending);
  EXPECT_EQ(Applied("status=1", person).status, db::Status::kActive);
  person.status = db::Status::kActive;
  EXPECT_EQ(Applied("status=0", person).status, db::Status::kDisabled);
}

}  // namespace
}  // namespace rosterd::brightact

#include "directory/person_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "directory/persons.h"

namespace rosterd::directory {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

db::Person Ann() {
  db::Person ann;
  ann.id = {13};
  ann.username = "ann";
  ann.email = "ann@example.org";
  ann.password = {"$2y$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2", ""};
  return ann;
}

TEST(MaySignIn, WhoIsActive) { EXPECT_TRUE(MaySignIn(Ann())); }

TEST(MaySignIn, NobodyOfAnotherStatus) {
  for (const auto status : {db::Status::kPending, db::Status::kDisabled, db::Status::kHidden}) {
    db::Person ann = Ann();
    ann.status = status;
    EXPECT_FALSE(MaySignIn(ann)) << db::ToText(status);
  }
}

TEST(MaySignIn, NobodyWhoIsBlockedOrDeleted) {
  db::Person blocked = Ann();
  blocked.blocked = true;
  db::Person deleted = Ann();
  deleted.deleted_at = db::Time(std::chrono::seconds{1});

  EXPECT_FALSE(MaySignIn(blocked));
  EXPECT_FALSE(MaySignIn(deleted));
}

TEST(CleanText, HoldsAnyCharacter) {
  EXPECT_TRUE(IsCleanText(""));
  EXPECT_TRUE(IsCleanText("Ann\tÖzil\r\nИван 日本 \xF0\x9F\x98\x80"));
  EXPECT_TRUE(IsCleanText("\xEF\xBF\xBF\xF4\x8F\xBF\xBF"));
}

TEST(CleanText, HoldsNoControlCharacters) {
  EXPECT_FALSE(IsCleanText(std::string_view("a\0b", 3)));
  EXPECT_FALSE(IsCleanText("\x01"));
  EXPECT_FALSE(IsCleanText("\x1B[31m"));
  EXPECT_FALSE(IsCleanText("\x7F"));
}

TEST(CleanText, IsUtf8) {
  EXPECT_FALSE(IsCleanText("\xE9t\xE9"));         // Latin-1
  EXPECT_FALSE(IsCleanText("\xC0\xAF"));          // overlong
  EXPECT_FALSE(IsCleanText("\xE0\x80\xAF"));      // overlong
  EXPECT_FALSE(IsCleanText("\xF0\x80\x80\xAF"));  // overlong
  EXPECT_FALSE(IsCleanText("\xED\xB0\x80"));      // surrogate
  EXPECT_FALSE(IsCleanText("\xF4\x90\x80\x80"));  // above U+10FFFF
  EXPECT_FALSE(IsCleanText("\xF5\x80\x80\x80"));  // above U+10FFFF
  EXPECT_FALSE(IsCleanText("\x80"));              // no first byte
  EXPECT_FALSE(IsCleanText("caf\xC3"));           // cut
  EXPECT_FALSE(IsCleanText("\xF0\x9F\x98"));      // cut
}

TEST(PersonRules, TakeAnEmptyEmailForNone) {
  db::Person ann = Ann();
  ann.email = "";

  Normalise(ann);

  EXPECT_EQ(ann.email, std::nullopt);
}

TEST(PersonRules, WantNamesOnOneLine) {
  db::Person ann = Ann();
  ann.email = "ann@example.org\nBcc: all@example.org";
  EXPECT_FALSE(HasCleanTexts(Ann(), ann, {}));
  ann = Ann();
  ann.username = "ann\tb";
  EXPECT_FALSE(HasCleanTexts(Ann(), ann, {}));
}

TEST(PersonRules, LetOtherTextsHaveLines) {
  db::Person ann = Ann();
  ann.company = "Ann\nand sons";

  EXPECT_TRUE(HasCleanTexts(Ann(), ann, {}));
}

TEST(PersonRules, LookAtADialectsValues) {
  EXPECT_TRUE(HasCleanTexts(Ann(), Ann(), {{db::DialectColumn("a_fax"), "+49 30"}}));
  EXPECT_FALSE(HasCleanTexts(Ann(), Ann(), {{db::DialectColumn("a_fax"), "\x02"}}));
  EXPECT_TRUE(HasCleanTexts(Ann(), Ann(), {{db::DialectColumn("a_fax"), std::nullopt}}));
}

TEST(PersonRules, LeaveAloneWhatAnImportBrought) {
  db::Person before = Ann();
  before.phone = "\x02";
  db::Person after = before;
  after.first_name = "Ann";

  EXPECT_TRUE(HasCleanTexts(before, after, {}));
}

TEST(ChangedFields, OfTheSamePersonAreNone) { EXPECT_THAT(ChangedFields(Ann(), Ann()), IsEmpty()); }

TEST(ChangedFields, NameThePasswordOnce) {
  db::Person ann = Ann();
  ann.password = {"817c4503ab6f0f06755bc17ec712eaa4", "abc"};

  EXPECT_THAT(ChangedFields(Ann(), ann), ElementsAre("password"));
}

TEST(ChangedFields, DoNotNameUpdatedAt) {
  db::Person ann = Ann();
  ann.updated_at = db::Time(std::chrono::seconds{1});
  ann.status = db::Status::kHidden;
  ann.email.reset();
  ann.phone = "1";

  EXPECT_THAT(ChangedFields(Ann(), ann), ElementsAre("phone", "email", "status"));
}

TEST(JoinFields, NamesEachOnce) {
  EXPECT_EQ(JoinFields({"email", "status"},
                       {{db::DialectColumn("a_fax"), "1"}, {db::DialectColumn("a_url"), "2"}},
                       {"a_city", "email", "a_city"}),
            "email,status,a_fax,a_url,a_city");
  EXPECT_EQ(JoinFields({}, {}, {}), "");
}

}  // namespace
}  // namespace rosterd::directory

// One case for each row of the table of filters in contract section 10.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/cscart/world.h"

namespace rosterd::cscart {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<uint64_t> Ids(const std::string& query) { return World::Shared().Ids(query); }

TEST(CscartFilters, ListEverybodyWithoutOne) {
  EXPECT_THAT(Ids(""), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 11));
}

TEST(CscartFilters, FindIds) {
  EXPECT_THAT(Ids("user_ids[]=3&user_ids[]=5"), ElementsAre(3, 5));
  EXPECT_THAT(Ids("user_ids=3,5,x,10"), ElementsAre(3, 5));
  EXPECT_THAT(Ids("user_id=4"), ElementsAre(4));
  EXPECT_THAT(Ids("user_ids=x"), IsEmpty());
}

TEST(CscartFilters, LeaveOutIds) {
  EXPECT_THAT(Ids("user_type=C&exclude_user_ids=3,4"), ElementsAre(5, 7, 8, 9));
}

TEST(CscartFilters, FindACompanyByIdOrText) {
  EXPECT_THAT(Ids("company=1"), ElementsAre(3, 4, 9));
  EXPECT_THAT(Ids("company=simtech"), ElementsAre(3, 5));
  EXPECT_THAT(Ids("company=%26"), ElementsAre(5));
}

TEST(CscartFilters, FindACompanyId) {
  EXPECT_THAT(Ids("company_id=2"), ElementsAre(5, 6, 11));
  EXPECT_THAT(Ids("company_id=0"), ElementsAre(1, 2, 8));
}

TEST(CscartFilters, FindNames) {
  EXPECT_THAT(Ids("name=anna"), ElementsAre(2, 4, 5));
  EXPECT_THAT(Ids("name=Anna+Berg"), ElementsAre(4, 5));
  EXPECT_THAT(Ids("name=Berg+Anna"), ElementsAre(4, 5));
  EXPECT_THAT(Ids("name=Anna+van+Berg"), IsEmpty());
}

TEST(CscartFilters, TakePercentAndUnderscoreForThemselves) {
  EXPECT_THAT(Ids("name=%25"), ElementsAre(6));
  EXPECT_THAT(Ids("name=0%25_"), ElementsAre(6));
  EXPECT_THAT(Ids("email=_"), ElementsAre(7));
  EXPECT_THAT(Ids("name=%5C"), IsEmpty());
}

TEST(CscartFilters, FindLogins) { EXPECT_THAT(Ids("user_login=CUST"), ElementsAre(3)); }

TEST(CscartFilters, FindEmails) { EXPECT_THAT(Ids("email=%40example.COM"), ElementsAre(1, 2, 3)); }

TEST(CscartFilters, FindMembersOfAGroup) {
  EXPECT_THAT(Ids("usergroup_id=5"), ElementsAre(3));
  EXPECT_THAT(Ids("usergroup_id=0"), ElementsAre(1, 4, 5, 6, 7, 8, 9, 11));
  EXPECT_THAT(Ids("usergroup_id=-1&user_type=V"), ElementsAre(6));
}

TEST(CscartFilters, FindStatuses) {
  EXPECT_THAT(Ids("status=A"), ElementsAre(1, 2, 3, 4, 6, 11));
  EXPECT_THAT(Ids("status=D"), ElementsAre(5, 9));
  EXPECT_THAT(Ids("status=H"), ElementsAre(7));
  EXPECT_THAT(Ids("status=P"), ElementsAre(8));
  EXPECT_THAT(Ids("status=X"), IsEmpty());
}

TEST(CscartFilters, FindAddressesOfAnyProfile) {
  EXPECT_THAT(Ids("address=main+street"), ElementsAre(3, 5));
  EXPECT_THAT(Ids("address=lenina"), ElementsAre(3, 4));
}

TEST(CscartFilters, FindPlaces) {
  EXPECT_THAT(Ids("zipcode=0213"), ElementsAre(3));
  EXPECT_THAT(Ids("country=ru"), ElementsAre(3, 4));
  EXPECT_THAT(Ids("state=m"), ElementsAre(3));
  EXPECT_THAT(Ids("city=bost"), ElementsAre(3, 5));
  EXPECT_THAT(Ids("state_code=MA"), ElementsAre(3));
  EXPECT_THAT(Ids("state_code=M"), IsEmpty());
}

TEST(CscartFilters, WantAllOfAnAddressInOneProfile) {
  EXPECT_THAT(Ids("city=Boston&country=US"), ElementsAre(3));
  EXPECT_THAT(Ids("city=Boston&country=RU"), IsEmpty());
  EXPECT_THAT(Ids("city=Orel&state_code=MA"), IsEmpty());
}

TEST(CscartFilters, CompareDigitsOfPhones) {
  EXPECT_THAT(Ids("phone=74951234567"), ElementsAre(4));
  EXPECT_THAT(Ids("phone=%2B7-495"), ElementsAre(4));
  EXPECT_THAT(Ids("phone=8900555"), ElementsAre(4));
  EXPECT_THAT(Ids("phone=999"), IsEmpty());
}

TEST(CscartFilters, FindTypes) {
  EXPECT_THAT(Ids("user_type=V"), ElementsAre(6));
  EXPECT_THAT(Ids("user_type=V&user_type=A"), ElementsAre(1, 2, 11));
  EXPECT_THAT(Ids("user_types[]=A&user_types[]=V"), ElementsAre(1, 2, 6, 11));
  EXPECT_THAT(Ids("user_types=A,V"), ElementsAre(1, 2, 6, 11));
  EXPECT_THAT(Ids("user_types=Z"), IsEmpty());
  EXPECT_THAT(Ids("exclude_user_types=C"), ElementsAre(1, 2, 6, 11));
  EXPECT_THAT(Ids("user_type=C&exclude_user_types=C"), IsEmpty());
}

TEST(CscartFilters, FindFlags) {
  EXPECT_THAT(Ids("is_root=Y"), ElementsAre(1));
  EXPECT_THAT(Ids("tax_exempt=Y"), ElementsAre(3));
}

TEST(CscartFilters, JoinFreeTextsByOrWhenCompact) {
  EXPECT_THAT(Ids("user_login=vera&email=berg"), IsEmpty());
  EXPECT_THAT(Ids("compact=Y&user_login=vera&email=berg"), ElementsAre(5, 6));
  EXPECT_THAT(Ids("compact=Y&name=Kate&city=Tula&company=Your"), ElementsAre(1, 4, 11));
  EXPECT_THAT(Ids("compact=Y&city=Tula&country=CA"), ElementsAre(4, 5));
}

TEST(CscartFilters, KeepTheOthersTogetherWhenCompact) {
  EXPECT_THAT(Ids("compact=Y&user_login=vera&email=berg&user_type=C"), ElementsAre(5));
  EXPECT_THAT(Ids("compact=Y&user_login=vera&email=berg&company=2&status=A"), ElementsAre(6));
  EXPECT_THAT(Ids("compact=Y&city=Boston&state_code=ON"), ElementsAre(5));
}

TEST(CscartFilters, DoNothingByCompactAlone) {
  EXPECT_THAT(Ids("compact=Y&user_type=V"), ElementsAre(6));
}

TEST(CscartFilters, IgnoreWhatTheyDoNotKnow) {
  EXPECT_THAT(Ids("p_ids[]=7&view_id=1&nonsense=x&user_type=V"), ElementsAre(6));
}

TEST(CscartFilters, FindWhatChangedInAWindow) {
  EXPECT_THAT(Ids("updated_from=1582934400"), ElementsAre(3, 4));  // 2020-02-29
  EXPECT_THAT(Ids("updated_from=1582934400&updated_to=1583020800"), ElementsAre(3));
  EXPECT_THAT(Ids("updated_from=1582934400000"), ElementsAre());
  EXPECT_THAT(Ids("updated_from=999999999999999999"), ElementsAre());
  EXPECT_THAT(Ids("updated_to=1546300800"), IsEmpty());  // 2019-01-01
}

}  // namespace
}  // namespace rosterd::cscart

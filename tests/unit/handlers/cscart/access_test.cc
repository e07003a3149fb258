#include "handlers/cscart/access.h"

#include <gtest/gtest.h>

namespace rosterd::cscart {
namespace {

db::cscart::Login Admin() {
  db::cscart::Login login;
  login.id = {7};
  login.user_type = "A";
  return login;
}

TEST(CscartAccess, TellsTheKindsOfCallersApart) {
  auto login = Admin();
  EXPECT_EQ(ToCaller(login, false).kind, Caller::Kind::kAdmin);
  login.is_root = true;
  EXPECT_EQ(ToCaller(login, false).kind, Caller::Kind::kRootAdmin);
  login.company_id = 2;
  EXPECT_EQ(ToCaller(login, false).kind, Caller::Kind::kStoreAdmin);
  login.user_type = "V";
  EXPECT_EQ(ToCaller(login, false).kind, Caller::Kind::kVendor);
  login.user_type = "C";
  EXPECT_EQ(ToCaller(login, false).kind, Caller::Kind::kCustomer);
  login.user_type = "P";
  EXPECT_EQ(ToCaller(login, false).kind, Caller::Kind::kCustomer);
}

TEST(CscartAccess, GivesAnAdminWithoutGroupsEveryPrivilege) {
  const Caller caller = ToCaller(Admin(), false);
  EXPECT_FALSE(caller.restricted);
  EXPECT_TRUE(MayUse(caller, "users", "GET"));
  EXPECT_TRUE(MayUse(caller, "users", "DELETE"));
  EXPECT_TRUE(MayUse(caller, "usergroups", "PUT"));
}

TEST(CscartAccess, RestrictsAnAdminToItsGroups) {
  auto login = Admin();
  login.privileges = db::cscart::kViewUsers;
  const Caller caller = ToCaller(login, false);
  EXPECT_TRUE(caller.restricted);
  EXPECT_TRUE(MayUse(caller, "users", "GET"));
  EXPECT_FALSE(MayUse(caller, "users", "POST"));
  EXPECT_FALSE(MayUse(caller, "usergroups", "GET"));
  EXPECT_FALSE(MayUse(caller, "auth", "POST"));
}

TEST(CscartAccess, RestrictsByPrivilegesThatConcernNoUser) {
  auto login = Admin();
  login.privileges = db::cscart::kOtherPrivilege;
  EXPECT_TRUE(ToCaller(login, false).restricted);
  EXPECT_FALSE(MayUse(ToCaller(login, false), "users", "GET"));
}

TEST(CscartAccess, NeverRestrictsTheRootAdmin) {
  auto login = Admin();
  login.is_root = true;
  login.privileges = db::cscart::kViewUsers;
  EXPECT_TRUE(MayUse(ToCaller(login, false), "users", "POST"));
}

TEST(CscartAccess, GivesVendorsRightsOnlyWhenTheSettingSaysSo) {
  auto login = Admin();
  login.user_type = "V";
  login.company_id = 3;
  EXPECT_FALSE(MayUse(ToCaller(login, false), "users", "GET"));
  EXPECT_TRUE(MayUse(ToCaller(login, true), "users", "GET"));
  EXPECT_EQ(ToCaller(login, true).BoundTo(), 3U);
}

TEST(CscartAccess, GivesNothingToAVendorWithoutACompany) {
  auto login = Admin();
  login.user_type = "V";
  EXPECT_FALSE(MayUse(ToCaller(login, true), "users", "GET"));
}

TEST(CscartAccess, GivesCustomersNothingButWhatIsOpen) {
  auto login = Admin();
  login.user_type = "C";
  const Caller caller = ToCaller(login, false);
  EXPECT_FALSE(MayUse(caller, "users", "GET"));
  EXPECT_FALSE(MayUse(caller, "stores", "GET"));
  EXPECT_TRUE(MayUse(caller, "auth_tokens", "POST"));
  EXPECT_TRUE(MayUse(caller, "version", "GET"));
}

TEST(CscartAccess, KeepsAStoreAdminInItsStore) {
  auto login = Admin();
  login.company_id = 2;
  EXPECT_TRUE(MayEnter(ToCaller(login, false), 2));
  EXPECT_FALSE(MayEnter(ToCaller(login, false), 1));
  EXPECT_TRUE(MayEnter(ToCaller(Admin(), false), 1));
}

TEST(CscartAccess, ShowsCustomersAndItselfToARestrictedAdmin) {
  auto login = Admin();
  login.privileges = db::cscart::kViewUsers;
  EXPECT_EQ(SightOf(ToCaller(login, false), std::nullopt).customers_and, UserId{7});
  EXPECT_EQ(SightOf(ToCaller(Admin(), false), std::nullopt).customers_and, std::nullopt);
}

}  // namespace
}  // namespace rosterd::cscart

#include "handlers/cscart/account_rules.h"

#include <gtest/gtest.h>

namespace rosterd::cscart {
namespace {

/// A call by one caller about one account.
class CscartAccountRules : public ::testing::Test {
 protected:
  void Ask(Caller::Kind kind, std::optional<uint64_t> scope = {}) {
    call_.caller.id = {1};
    call_.caller.kind = kind;
    call_.caller.company_id = scope.value_or(0);
    call_.scope = scope;
    target_.person.id = {2};
    target_.account.company_id = scope.value_or(0);
  }

  config::Cscart settings_;
  fcgi::Request request_;
  Call call_{.request = request_,
             .method = "PUT",
             .caller = {},
             .params = {},
             .scope = {},
             .query = {},
             .fields = {}};
  Target target_;
};

TEST_F(CscartAccountRules, HideWhatIsOutOfScope) {
  Ask(Caller::Kind::kStoreAdmin, 1);
  target_.account.company_id = 2;
  EXPECT_EQ(RefuseEditing(call_, target_, settings_)->status, 404);
  EXPECT_EQ(RefuseDeleting(call_, target_, settings_)->status, 404);
  settings_.missing_user_status = 400;
  EXPECT_EQ(RefuseEditing(call_, target_, settings_)->status, 400);
}

TEST_F(CscartAccountRules, LetTheRootAdministratorEditAnyRoot) {
  Ask(Caller::Kind::kRootAdmin);
  target_.account.user_type = "A";
  target_.account.is_root = true;
  EXPECT_FALSE(RefuseEditing(call_, target_, settings_));
  EXPECT_EQ(RefuseDeleting(call_, target_, settings_)->status, 400);
}

TEST_F(CscartAccountRules, KeepACustomerInACompanyOnUltimateOnly) {
  Ask(Caller::Kind::kRootAdmin);
  target_.account.company_id = 1;
  Target after = target_;
  after.account.company_id = 0;
  EXPECT_EQ(RefuseChange(call_, target_, after, settings_)->status, 400);
  settings_.edition = "multivendor";
  EXPECT_FALSE(RefuseChange(call_, target_, after, settings_));
}

TEST_F(CscartAccountRules, LeaveACustomerWithoutACompanyAloneWhenItDoesNotMove) {
  Ask(Caller::Kind::kAdmin);
  Target after = target_;
  after.person.first_name = "Mira";
  EXPECT_FALSE(RefuseChange(call_, target_, after, settings_));
}

TEST_F(CscartAccountRules, LetNobodyDisableItself) {
  Ask(Caller::Kind::kAdmin);
  target_.person.id = {1};
  Target after = target_;
  after.person.status = db::Status::kHidden;
  EXPECT_EQ(RefuseChange(call_, target_, after, settings_)->status, 400);
}

}  // namespace
}  // namespace rosterd::cscart

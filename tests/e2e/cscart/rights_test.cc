// Contract 6: who may do what with users. One test for each row of the table.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

using Ids = std::vector<std::string>;

const Stack& On() { return DefaultStack(); }

std::string NewCustomer() { return Root().AddUser("{" + Customer(NewEmail()) + "}"); }

std::string NewCustomerForm() { return "user_type=C&company_id=1&email=" + NewEmail(); }

std::string NewAdminForm() { return "user_type=A&company_id=0&email=" + NewEmail(); }

int PutStatus(const Api& api, const std::string& id) {
  return api.PutForm("users/" + id, "company=Changed").status;
}

bool Holds(const Ids& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// Another store, so that accounts can be outside of the first one.
const std::string& OtherStore() {
  static const std::string id =
      On().RosterctlMember({"company", "add", "--name", "Second " + NewWord()}, "id");
  return id;
}

void ExpectRefusedEverywhere(const Api& api, int status) {
  const std::string id = NewCustomer();
  for (const HttpResponse& response :
       {api.Get("users"), api.Get("users/" + id), api.PostForm("users", NewCustomerForm()),
        api.PutForm("users/" + id, "company=Changed"), api.Delete("users/" + id)}) {
    EXPECT_TRUE(IsError(response, status, ""));
  }
  EXPECT_EQ(Root().User(id)["company"].text, "");
}

TEST(CscartRights, AllowTheRootEverythingButItselfAndOtherRoots) {
  const Account other_root = AddAccount(On(), "A", "Y", "0");
  const Account admin = AddAccount(On(), "A", "N", "0");

  EXPECT_EQ(Root().Get("users").status, 200);
  EXPECT_EQ(Root().Get("users/" + other_root.id).status, 200);
  EXPECT_EQ(Root().PostForm("users", NewAdminForm()).status, 201);
  EXPECT_EQ(PutStatus(Root(), other_root.id), 200);
  EXPECT_EQ(PutStatus(Root(), admin.id), 200);
  EXPECT_EQ(PutStatus(Root(), "1"), 200);
  EXPECT_TRUE(IsError(Root().Delete("users/1"), 400, "errors"));
  EXPECT_TRUE(IsError(Root().Delete("users/" + other_root.id), 400, "errors"));
  EXPECT_EQ(Root().Delete("users/" + admin.id).status, 204);
}

TEST(CscartRights, KeepAnAdministratorFromRoots) {
  const Account account = AddAccount(On(), "A", "N", "0");
  const Account other = AddAccount(On(), "A", "N", "0");
  const Api admin = As(On(), account);

  EXPECT_EQ(admin.Get("users/1").status, 200);
  EXPECT_TRUE(Holds(admin.List("user_type=A&items_per_page=0"), "1"));
  EXPECT_EQ(admin.PostForm("users", NewAdminForm()).status, 201);
  EXPECT_EQ(admin.PostForm("users", NewCustomerForm()).status, 201);
  EXPECT_EQ(PutStatus(admin, other.id), 200);
  EXPECT_EQ(PutStatus(admin, account.id), 200);
  EXPECT_TRUE(IsError(admin.PutForm("users/1", "company=Changed"), 400, "errors"));
  EXPECT_TRUE(IsError(admin.Delete("users/1"), 400, "errors"));
  EXPECT_TRUE(IsError(admin.Delete("users/" + account.id), 400, "errors"));
  EXPECT_EQ(admin.Delete("users/" + other.id).status, 204);
}

TEST(CscartRights, ShowARestrictedViewerCustomersAndItself) {
  const Account account = AddRestrictedAdmin(On(), {"view_users"});
  const Api viewer = As(On(), account);
  const std::string customer = NewCustomer();
  const Account vendor = AddAccount(On(), "V", "N", "1");
  const Account partner = AddAccount(On(), "P", "N", "1");

  EXPECT_EQ(viewer.Get("users/" + customer).status, 200);
  EXPECT_EQ(viewer.Get("users/" + account.id).status, 200);
  EXPECT_TRUE(IsError(viewer.Get("users/1"), 404, ""));
  EXPECT_TRUE(IsError(viewer.Get("users/" + vendor.id), 404, ""));
  EXPECT_TRUE(IsError(viewer.Get("users/" + partner.id), 404, ""));
  EXPECT_EQ(viewer.List("user_ids=1," + vendor.id + "," + partner.id), Ids{});
  EXPECT_EQ(viewer.List("sort_by=id&user_ids=1," + account.id + "," + customer),
            (Ids{account.id, customer}));
}

TEST(CscartRights, KeepARestrictedViewerFromChanges) {
  const Account account = AddRestrictedAdmin(On(), {"view_users"});
  const Api viewer = As(On(), account);
  const std::string customer = NewCustomer();

  EXPECT_TRUE(IsError(viewer.PostForm("users", NewCustomerForm()), 403, ""));
  EXPECT_TRUE(IsError(viewer.PutForm("users/" + customer, "company=x"), 403, ""));
  EXPECT_TRUE(IsError(viewer.PutForm("users/" + account.id, "company=x"), 403, ""));
  EXPECT_TRUE(IsError(viewer.Delete("users/" + customer), 403, ""));
}

TEST(CscartRights, LetARestrictedManagerChangeCustomersAndItself) {
  const Account account = AddRestrictedAdmin(On(), {"manage_users"});
  const Api manager = As(On(), account);
  const std::string customer = NewCustomer();
  const Account vendor = AddAccount(On(), "V", "N", "1");

  EXPECT_TRUE(IsError(manager.Get("users"), 403, ""));
  EXPECT_TRUE(IsError(manager.Get("users/" + account.id), 403, ""));
  EXPECT_EQ(manager.PostForm("users", NewCustomerForm()).status, 201);
  EXPECT_TRUE(IsError(manager.PostForm("users", NewAdminForm()), 400));
  EXPECT_TRUE(
      IsError(manager.PostForm("users", "user_type=V&company_id=1&email=" + NewEmail()), 400));
  EXPECT_TRUE(
      IsError(manager.PostForm("users", "user_type=P&company_id=1&email=" + NewEmail()), 400));
  EXPECT_EQ(PutStatus(manager, customer), 200);
  EXPECT_EQ(PutStatus(manager, account.id), 200);
  EXPECT_NE(PutStatus(manager, "1"), 200);
  EXPECT_NE(PutStatus(manager, vendor.id), 200);
  EXPECT_TRUE(IsError(manager.Delete("users/" + vendor.id), 400, "errors"));
  EXPECT_TRUE(IsError(manager.Delete("users/1"), 400, "errors"));
  EXPECT_TRUE(IsError(manager.Delete("users/" + account.id), 400, "errors"));
  EXPECT_EQ(manager.Delete("users/" + customer).status, 204);
}

TEST(CscartRights, KeepARestrictedManagerFromMakingAdministrators) {
  const Account account = AddRestrictedAdmin(On(), {"view_users", "manage_users"});
  const Api manager = As(On(), account);
  const std::string customer = NewCustomer();

  EXPECT_TRUE(IsError(manager.PutForm("users/" + customer, "user_type=A"), 400));
  EXPECT_TRUE(IsError(manager.PutForm("users/" + customer, "user_type=V"), 400));

  EXPECT_EQ(Root().User(customer)["user_type"].text, "C");
}

TEST(CscartRights, RestrictByTheGroupsThatCount) {
  const auto join = [](const std::string& group_status) {
    const Account account = AddAccount(On(), "A", "N", "0");
    const std::string group =
        Root().AddGroup(R"({"type":"A","status":")" + group_status +
                        R"(","usergroup":"g","privileges":["view_usergroups"]})");
    EXPECT_EQ(Root().PutForm("users/" + account.id + "/usergroups/" + group, "status=A").status,
              200);
    return As(On(), account).Get("users").status;
  };

  EXPECT_EQ(join("A"), 403);
  EXPECT_EQ(join("H"), 403);
  EXPECT_EQ(join("D"), 200);
}

TEST(CscartRights, AreNotRestrictedByAGroupWithoutPrivilegesOrAPendingLink) {
  const Account account = AddAccount(On(), "A", "N", "0");
  const std::string bare = Root().AddGroup(R"({"type":"A","status":"A","usergroup":"bare"})");
  const std::string full = Root().AddGroup(
      R"({"type":"A","status":"A","usergroup":"full","privileges":["view_usergroups"]})");
  const std::string links = "users/" + account.id + "/usergroups/";

  EXPECT_EQ(Root().PutForm(links + bare, "status=A").status, 200);
  EXPECT_EQ(As(On(), account).Get("users").status, 200);
  EXPECT_EQ(Root().PutForm(links + full, "status=P").status, 200);
  EXPECT_EQ(As(On(), account).Get("users").status, 200);
  EXPECT_EQ(Root().PutForm(links + full, "status=A").status, 200);
  EXPECT_EQ(As(On(), account).Get("users").status, 403);
}

TEST(CscartRights, AddUpOverGroups) {
  const Account account = AddAccount(On(), "A", "N", "0");
  for (const char* privilege : {"view_users", "manage_users"}) {
    const std::string group =
        Root().AddGroup(R"({"type":"A","status":"A","usergroup":"one of two","privileges":[")" +
                        std::string(privilege) + R"("]})");
    Root().PutForm("users/" + account.id + "/usergroups/" + group, "status=A");
  }

  EXPECT_EQ(As(On(), account).Get("users").status, 200);
  EXPECT_EQ(As(On(), account).PostForm("users", NewCustomerForm()).status, 201);
}

TEST(CscartRights, ShowAStoreAdministratorItsOwnCompany) {
  const Account account = AddAccount(On(), "A", "N", OtherStore());
  const Api store = As(On(), account);
  const Account own = AddAccount(On(), "C", "N", OtherStore());
  const std::string other = NewCustomer();

  EXPECT_EQ(store.Get("users/" + own.id).status, 200);
  EXPECT_TRUE(IsError(store.Get("users/" + other), 404, ""));
  EXPECT_TRUE(IsError(store.Get("users/1"), 404, ""));
  EXPECT_EQ(store.List("sort_by=id&user_ids=1," + other + "," + own.id), Ids{own.id});
  // The caller's company wins over the filter.
  EXPECT_TRUE(Holds(store.List("company_id=1&items_per_page=0"), own.id));
  EXPECT_FALSE(Holds(store.List("company_id=1&items_per_page=0"), other));
}

TEST(CscartRights, ForceAStoreAdministratorsCompanyOnNewAccounts) {
  const Api store = As(On(), AddAccount(On(), "A", "N", OtherStore()));

  const HttpResponse created = store.PostForm("users", NewCustomerForm());

  EXPECT_EQ(created.status, 201) << created.body;
  EXPECT_EQ(Root().User(ParseJson(created.body)["user_id"].text)["company_id"].text, OtherStore());
  const HttpResponse without = store.PostForm("users", "user_type=C&email=" + NewEmail());
  EXPECT_EQ(without.status, 201) << without.body;
}

TEST(CscartRights, LetAStoreAdministratorChangeItsOwnCompanyAlone) {
  const Api store = As(On(), AddAccount(On(), "A", "N", OtherStore()));
  const Account own = AddAccount(On(), "C", "N", OtherStore());
  const std::string other = NewCustomer();

  EXPECT_EQ(PutStatus(store, own.id), 200);
  EXPECT_TRUE(IsError(store.PutForm("users/" + other, "company=x"), 404, ""));
  EXPECT_TRUE(IsError(store.PutForm("users/1", "company=x"), 404, ""));
  store.PutForm("users/" + own.id, "company_id=1");
  EXPECT_EQ(Root().User(own.id)["company_id"].text, OtherStore());
}

TEST(CscartRights, LetAStoreAdministratorDeleteItsOwnCompanyButTheRoot) {
  const Account account = AddAccount(On(), "A", "N", OtherStore());
  const Api store = As(On(), account);
  const Account root = AddAccount(On(), "A", "Y", OtherStore());
  const Account own = AddAccount(On(), "C", "N", OtherStore());

  EXPECT_TRUE(IsError(store.Delete("users/" + NewCustomer()), 404, ""));
  EXPECT_TRUE(IsError(store.Delete("users/1"), 404, ""));
  EXPECT_TRUE(IsError(store.Delete("users/" + root.id), 400, "errors"));
  EXPECT_TRUE(IsError(store.Delete("users/" + account.id), 400, "errors"));
  EXPECT_EQ(store.Delete("users/" + own.id).status, 204);
}

TEST(CscartRights, RefuseVendorsEverything) {
  ExpectRefusedEverywhere(As(On(), AddAccount(On(), "V", "N", "1")), 403);
  ExpectRefusedEverywhere(As(On(), AddAccount(On(), "V", "Y", "1")), 403);
}

TEST(CscartRights, RefuseCustomersEverything) {
  ExpectRefusedEverywhere(As(On(), AddAccount(On(), "C", "N", "1")), 403);
}

TEST(CscartRights, RefuseNobodyEverything) { ExpectRefusedEverywhere(Api(On(), ""), 401); }

TEST(CscartRights, AreRefusedWithThatBody) {
  const Api customer = As(On(), AddAccount(On(), "C", "N", "1"));

  EXPECT_EQ(customer.Get("users").body, R"({"message":"Forbidden","status":403})");
}

TEST(CscartRights, OfGroupCallsComeFromTheirOwnPrivileges) {
  const std::string group = Root().AddGroup(R"({"type":"C","status":"A","usergroup":"mine"})");
  const std::string admins = Root().AddGroup(R"({"type":"A","status":"A","usergroup":"ours"})");
  struct Case {
    std::vector<std::string> privileges;
    int get, post_customers, post_admins, put_customers, put_admins;
  };
  for (const Case& row : std::vector<Case>{
           {{"view_users", "manage_users"}, 403, 403, 403, 403, 403},
           {{"view_usergroups"}, 200, 403, 403, 403, 403},
           {{"manage_usergroups"}, 403, 201, 403, 200, 403},
           {{"manage_usergroups", "manage_admin_usergroups"}, 403, 201, 201, 200, 200}}) {
    const Api caller = As(On(), AddRestrictedAdmin(On(), row.privileges));
    const std::string name = row.privileges.back();
    EXPECT_EQ(caller.Get("usergroups").status, row.get) << name;
    EXPECT_EQ(caller.Get("usergroups/" + group).status, row.get) << name;
    EXPECT_EQ(caller.PostForm("usergroups", "type=C&status=A&usergroup=n").status,
              row.post_customers)
        << name;
    EXPECT_EQ(caller.PostForm("usergroups", "type=A&status=A&usergroup=n").status, row.post_admins)
        << name;
    EXPECT_EQ(caller.PutForm("usergroups/" + group, "type=C&status=A").status, row.put_customers)
        << name;
    EXPECT_EQ(caller.PutForm("usergroups/" + admins, "type=A&status=A").status, row.put_admins)
        << name;
  }
}

}  // namespace
}  // namespace rosterd::testing

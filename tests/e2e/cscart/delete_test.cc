// Contract 14: DELETE /users/:id.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

std::string NewCustomer() { return Root().AddUser("{" + Customer(NewEmail()) + "}"); }

std::string NewCompany() {
  return DefaultStack().RosterctlMember({"company", "add", "--name", "Store " + NewWord()}, "id");
}

TEST(CscartDelete, RemovesAUser) {
  const std::string id = NewCustomer();

  const HttpResponse response = Root().Delete("users/" + id);

  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.body, "");
  EXPECT_TRUE(IsError(Root().Get("users/" + id), 404, ""));
  EXPECT_TRUE(Root().List("user_ids=" + id).empty());
}

TEST(CscartDelete, RefusesTheRootAndTheCaller) {
  const HttpResponse response = Root().Delete("users/1");

  EXPECT_TRUE(IsError(response, 400, "errors"));
  const Account other = AddAccount(DefaultStack(), "A", "Y", "0");
  EXPECT_TRUE(IsError(Root().Delete("users/" + other.id), 400, "errors"));
  const Account admin = AddAccount(DefaultStack(), "A", "N", "0");
  EXPECT_TRUE(IsError(As(DefaultStack(), admin).Delete("users/" + admin.id), 400, "errors"));
}

TEST(CscartDelete, IsNotThereTwice) {
  const std::string id = NewCustomer();

  EXPECT_EQ(Root().Delete("users/" + id).status, 204);
  EXPECT_TRUE(IsError(Root().Delete("users/" + id), 404));
  EXPECT_TRUE(IsError(Root().Delete("users/99999999"), 404));
}

TEST(CscartDelete, HidesWhatTheCallerMayNotSee) {
  const Account store = AddAccount(DefaultStack(), "A", "N", NewCompany());

  EXPECT_TRUE(IsError(As(DefaultStack(), store).Delete("users/" + NewCustomer()), 404, ""));
}

TEST(CscartDelete, IgnoresTypesAndEmptyBodies) {
  for (const char* type : {"application/json", "text/plain", "application/xml", "nonsense"}) {
    EXPECT_EQ(Send(Root().Request("DELETE", "users/" + NewCustomer(), type, "")).status, 204)
        << type;
  }
}

TEST(CscartDelete, TakesAStoreAdministratorsPeopleButNotTheRoot) {
  const std::string company = NewCompany();
  const Account admin = AddAccount(DefaultStack(), "A", "N", company);
  const Account root = AddAccount(DefaultStack(), "V", "Y", company);
  const Account customer = AddAccount(DefaultStack(), "C", "N", company);
  const Api api = As(DefaultStack(), admin);

  EXPECT_TRUE(IsError(api.Delete("users/" + root.id), 400, "errors"));
  EXPECT_EQ(api.Delete("users/" + customer.id).status, 204);
}

TEST(CscartDelete, RefusesARootThroughAStore) {
  const std::string company = NewCompany();
  const Account root = AddAccount(DefaultStack(), "A", "Y", company);

  EXPECT_TRUE(IsError(Root().Delete("stores/" + company + "/users/" + root.id), 400, "errors"));
  EXPECT_EQ(Root().Delete("users/" + root.id).status, 204);
}

TEST(CscartDelete, TakesGroupsAndTheKeyAlong) {
  const Account account = AddAccount(DefaultStack(), "C", "N", "1");
  const std::string group = Root().AddGroup(R"({"type":"C","status":"A","usergroup":"g"})");
  const std::string links = "users/" + account.id + "/usergroups";
  EXPECT_EQ(Root().PutForm(links + "/" + group, "status=A").status, 200);

  EXPECT_EQ(Root().Delete("users/" + account.id).status, 204);

  EXPECT_TRUE(IsError(Root().Get(links), 404));
  EXPECT_TRUE(IsError(Root().PutForm(links + "/" + group, "status=A"), 404));
  EXPECT_TRUE(Root().List("usergroup_id=" + group).empty());
  EXPECT_EQ(As(DefaultStack(), account).Get("users/1").status, 401);
}

TEST(CscartDelete, PromotesTheOldestAdministratorOfTheCompany) {
  const std::string company = NewCompany();
  const Account root = AddAccount(DefaultStack(), "V", "Y", company);
  AddAccount(DefaultStack(), "C", "N", company);
  const Account second = AddAccount(DefaultStack(), "V", "N", company);
  const Account third = AddAccount(DefaultStack(), "V", "N", company);

  EXPECT_EQ(Root().Delete("users/" + root.id).status, 204);

  EXPECT_EQ(Root().User(second.id)["is_root"].text, "Y");
  EXPECT_EQ(Root().User(third.id)["is_root"].text, "N");
}

}  // namespace
}  // namespace rosterd::testing

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/handlers/cscart_write/api.h"

namespace rosterd::testing {
namespace {

constexpr const char* kUsers = "/api/2.0/users";

TEST(CscartWriteRights, RefuseVendorsAndCustomers) {
  Api api;
  const Login vendor = api.AddCaller("v@b", "V", "2");
  const Login customer = api.AddCaller("c@b", "C", "1");
  for (const Login& login : {vendor, customer}) {
    EXPECT_EQ(
        api.Send(login, "POST", kUsers, R"({"user_type":"C","company_id":2,"email":"x@b"})").body,
        R"({"message":"Forbidden","status":403})");
    EXPECT_EQ(api.Send(login, "PUT", Api::User(api.RootId()), R"({"status":"D"})").status, 403);
    EXPECT_EQ(api.Send(login, "DELETE", Api::User(api.RootId())).status, 403);
    EXPECT_EQ(api.Send(login, "POST", "/api/2.0/usergroups", R"({"type":"C","status":"A"})").status,
              403);
    EXPECT_EQ(api.Send(login, "POST", "/api/2.0/auth", R"({"email":"root@shop.example"})").status,
              403);
  }
}

TEST(CscartWriteRights, GiveScopedVendorsTheStoreAdministratorsRow) {
  Api api([](config::Cscart& cscart) { cscart.vendor_users_api = "scoped"; });
  const Login vendor = api.AddCaller("v@b", "V", "2");
  const Reply added = api.Send(vendor, "POST", kUsers, R"({"user_type":"C","email":"x@b"})");
  EXPECT_EQ(added.status, 201) << added.body;
  EXPECT_EQ(api.Ask("SELECT cscart_company_id FROM users WHERE email = 'x@b'"), "2");
  const std::string foreign = api.Add(R"({"company_id":1,"user_type":"C","email":"f@b"})");
  EXPECT_EQ(api.Send(vendor, "DELETE", Api::User(foreign)).status, 404);
}

TEST(CscartWriteRights, GiveAVendorWithoutACompanyNothing) {
  Api api([](config::Cscart& cscart) { cscart.vendor_users_api = "scoped"; });
  const Login vendor = api.AddCaller("v@b", "V", "0");
  EXPECT_EQ(api.Send(vendor, "POST", kUsers, R"({"user_type":"A","email":"x@b"})").status, 403);
}

TEST(CscartWriteRights, LimitARestrictedAdministratorToCustomersAndItself) {
  Api api;
  const Login restricted = api.AddCaller("r@b", "A", "0");
  const std::string self = api.IdOf("r@b");
  api.Restrict(self, R"("manage_users")");
  const std::string admin = api.Add(R"({"company_id":0,"user_type":"A","email":"a@b"})");
  const std::string customer = api.Add(R"({"company_id":1,"user_type":"C","email":"c@b"})");

  EXPECT_EQ(
      api.Send(restricted, "POST", kUsers, R"({"company_id":0,"user_type":"A","email":"n@b"})")
          .status,
      400);
  EXPECT_EQ(
      api.Send(restricted, "POST", kUsers, R"({"company_id":1,"user_type":"V","email":"n@b"})")
          .status,
      400);
  EXPECT_EQ(
      api.Send(restricted, "POST", kUsers, R"({"company_id":1,"user_type":"C","email":"n@b"})")
          .status,
      201);
  EXPECT_EQ(api.Send(restricted, "PUT", Api::User(customer), R"({"firstname":"x"})").status, 200);
  EXPECT_EQ(api.Send(restricted, "PUT", Api::User(self), R"({"firstname":"x"})").status, 200);
  EXPECT_EQ(api.Send(restricted, "PUT", Api::User(admin), R"({"firstname":"x"})").status, 404);
  EXPECT_EQ(api.Send(restricted, "PUT", Api::User(customer), R"({"user_type":"A"})").status, 400);
}

TEST(CscartWriteRights, RefuseARestrictedAdministratorWithoutThePrivilege) {
  Api api;
  const Login restricted = api.AddCaller("r@b", "A", "0");
  api.Restrict(api.IdOf("r@b"), R"("view_users","view_usergroups")");
  EXPECT_EQ(
      api.Send(restricted, "POST", kUsers, R"({"company_id":1,"user_type":"C","email":"n@b"})")
          .status,
      403);
  EXPECT_EQ(api.Send(restricted, "PUT", Api::User(api.IdOf("r@b")), R"({"firstname":"x"})").status,
            403);
  EXPECT_EQ(
      api.Send(restricted, "POST", "/api/2.0/usergroups", R"({"type":"C","status":"A"})").status,
      403);
  EXPECT_EQ(api.Send(restricted, "POST", "/api/2.0/auth", R"({"email":"r@b"})").status, 403);
}

TEST(CscartWriteScope, ForcesTheStoreAdministratorsCompany) {
  Api api;
  const Login seller = api.AddCaller("s@b", "A", "1");
  EXPECT_EQ(api.Send(seller, "POST", kUsers, R"({"user_type":"C","email":"x@b"})").status, 201);
  EXPECT_EQ(
      api.Send(seller, "POST", kUsers, R"({"user_type":"C","company_id":2,"email":"y@b"})").status,
      201);
  EXPECT_EQ(
      api.Ask("SELECT GROUP_CONCAT(cscart_company_id) FROM users WHERE email IN ('x@b','y@b')"),
      "1,1");
}

TEST(CscartWriteScope, HidesOtherCompaniesFromAStoreAdministrator) {
  Api api;
  const Login seller = api.AddCaller("s@b", "A", "1");
  const std::string foreign = api.Add(R"({"company_id":2,"user_type":"C","email":"f@b"})");
  const std::string own = api.Add(R"({"company_id":1,"user_type":"C","email":"o@b"})");
  EXPECT_EQ(api.Send(seller, "PUT", Api::User(foreign), R"({"status":"D"})").status, 404);
  EXPECT_EQ(api.Send(seller, "DELETE", Api::User(foreign)).status, 404);
  EXPECT_EQ(api.Send(seller, "PUT", Api::User(own), R"({"company_id":2})").status, 400);
  EXPECT_EQ(api.Send(seller, "PUT", Api::User(own), R"({"company_id":1,"status":"D"})").status,
            200);
  EXPECT_EQ(api.Send(seller, "DELETE", Api::User(own)).status, 204);
}

TEST(CscartWriteScope, ProtectsAStoresRootFromItsOtherAdministrators) {
  Api api;
  const Login root = api.AddCaller("first@b", "A", "1");
  const Login second = api.AddCaller("second@b", "A", "1");
  const std::string root_id = api.IdOf("first@b");
  EXPECT_EQ(api.Send(second, "DELETE", Api::User(root_id)).status, 400);
  EXPECT_EQ(api.Send(second, "PUT", Api::User(root_id), R"({"status":"D"})").status, 400);
  EXPECT_EQ(api.Send(second, "PUT", Api::User(root_id), R"({"user_type":"C"})").status, 400);
  EXPECT_EQ(api.Send(root, "PUT", Api::User(api.IdOf("second@b")), R"({"status":"D"})").status,
            200);
}

TEST(CscartWriteScope, TakesTheCompanyOfThePath) {
  Api api;
  const Reply added = api.Post("/api/2.0/stores/1/users", R"({"user_type":"C","email":"x@b"})");
  ASSERT_EQ(added.status, 201) << added.body;
  const std::string id = added.Number("user_id");
  EXPECT_EQ(api.Ask("SELECT cscart_company_id FROM users WHERE id = " + id), "1");
  EXPECT_EQ(api.Post("/api/2.0/stores/1/users", R"({"user_type":"C","email":"y@b","company_id":2})")
                .status,
            400);
  EXPECT_EQ(
      api.Post("/api/2.0/vendors/1/users", R"({"user_type":"C","email":"z@b","company_id":1})")
          .status,
      201);
  EXPECT_EQ(api.Put("/api/2.0/stores/2/users/" + id, R"({"status":"D"})").status, 404);
  EXPECT_EQ(api.Delete("/api/2.0/stores/2/users/" + id).status, 404);
  EXPECT_EQ(api.Put("/api/2.0/stores/1/users/" + id, R"({"status":"D"})").status, 200);
  EXPECT_EQ(api.Put("/api/2.0/stores/1/users/" + id, R"({"company_id":"2"})").status, 400);
  EXPECT_EQ(api.Delete("/api/2.0/stores/1/users/" + id).status, 204);
}

TEST(CscartWriteScope, RefusesAnotherCompanyThanThatOfThePathFromItsOwnAdministrator) {
  Api api;
  const Login seller = api.AddCaller("s@b", "A", "1");
  const auto add = [&](std::string_view path, std::string_view email) {
    return api.Send(seller, "POST", std::string(path),
                    R"({"company_id":2,"user_type":"C","email":")" + std::string(email) + R"("})");
  };
  EXPECT_EQ(add("/api/2.0/stores/1/users", "p@b").status, 400);
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM users WHERE email = 'p@b'"), "0");
  EXPECT_EQ(add(kUsers, "q@b").status, 201);
  EXPECT_EQ(api.Ask("SELECT cscart_company_id FROM users WHERE email = 'q@b'"), "1");
}

TEST(CscartWriteScope, RefusesToDeleteAStoresRootThroughIt) {
  Api api;
  const std::string root = api.Add(R"({"company_id":1,"user_type":"A","email":"first@b"})");
  EXPECT_EQ(api.Delete("/api/2.0/stores/1/users/" + root).status, 400);
  EXPECT_EQ(api.Delete(Api::User(root)).status, 204);
}

}  // namespace
}  // namespace rosterd::testing

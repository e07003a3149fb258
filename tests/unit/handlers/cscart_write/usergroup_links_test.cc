#include <gtest/gtest.h>

#include <string>

#include "tests/unit/handlers/cscart_write/api.h"

namespace rosterd::testing {
namespace {

/// A customer and a group for customers.
class CscartUsergroupLinks : public ::testing::Test {
 protected:
  std::string Links(const std::string& suffix = "") {
    return Api::User(user_) + "/usergroups" + suffix;
  }
  Reply Set(const std::string& status) {
    return api_.Put(Links("/" + group_), R"({"status":")" + status + "\"}");
  }
  std::string Make(const std::string& body) {
    return api_.Post("/api/2.0/usergroups", body).Number("usergroup_id");
  }

  Api api_;
  std::string user_ = api_.Add(R"({"company_id":1,"user_type":"C","email":"c@b"})");
  std::string group_ = Make(R"({"type":"C","status":"A","usergroup":"Wholesale"})");
};

TEST_F(CscartUsergroupLinks, AreAnObjectByGroup) {
  EXPECT_EQ(api_.Get(Links()).body, "{}");
  Set("A");
  const std::string link = api_.Ask("SELECT id FROM cscart_usergroup_links");
  EXPECT_EQ(api_.Get(Links("?type=A")).body, "{\"" + group_ + R"(":{"link_id":")" + link +
                                                 R"(","usergroup_id":")" + group_ +
                                                 R"(","status":"A"}})");
}

TEST_F(CscartUsergroupLinks, AreSetToEachStatus) {
  EXPECT_EQ(Set("A").body, R"({"message":"Status changed"})");
  EXPECT_EQ(Set("P").status, 200);
  EXPECT_EQ(Set("D").status, 200);
  EXPECT_EQ(api_.Ask("SELECT status FROM cscart_usergroup_links"), "D");
  const Reply freed = Set("F");
  EXPECT_EQ(freed.status, 204);
  EXPECT_EQ(freed.body, "");
}

TEST_F(CscartUsergroupLinks, CountAsAChangeOfTheAccount) {
  const std::string changed_at = "SELECT updated_at FROM users WHERE id = " + user_;
  const std::string born = api_.Ask(changed_at);
  Set("A");
  const std::string linked = api_.Ask(changed_at);
  EXPECT_GT(linked, born);
  Set("A");
  EXPECT_EQ(api_.Ask(changed_at), linked);
  api_.Delete(Links("/" + group_));
  EXPECT_GT(api_.Ask(changed_at), linked);
}

TEST_F(CscartUsergroupLinks, TakeTheStatusOfAForm) {
  EXPECT_EQ(api_.Send(api_.Root(), "PUT", Links("/" + group_), "status=A", "text/plain").status,
            200);
}

TEST_F(CscartUsergroupLinks, HideWhatIsAvailableUnlessAskedFor) {
  Set("A");
  EXPECT_EQ(api_.Delete(Links("/" + group_)).status, 204);
  EXPECT_EQ(api_.Get(Links()).body, "{}");
  EXPECT_NE(api_.Get(Links("?status=F")).body.find(R"("status":"F")"), std::string::npos);
  EXPECT_NE(api_.Get(Links("?all=Y")).body.find(R"("status":"F")"), std::string::npos);
  EXPECT_EQ(api_.Get(Links("?status=A")).body, "{}");
}

TEST_F(CscartUsergroupLinks, HideDisabledGroups) {
  Set("A");
  api_.Put("/api/2.0/usergroups/" + group_, R"({"type":"C","status":"D"})");
  EXPECT_EQ(api_.Get(Links()).body, "{}");
}

TEST_F(CscartUsergroupLinks, RefuseWhatDoesNotFit) {
  const std::string admins = Make(R"({"type":"A","status":"A"})");
  EXPECT_EQ(api_.Put(Links("/" + admins), R"({"status":"A"})").status, 400);
  EXPECT_EQ(api_.Put(Links("/999999"), R"({"status":"A"})").status, 400);
  EXPECT_EQ(api_.Put(Links("/1"), R"({"status":"A"})").status, 400);
  EXPECT_EQ(api_.Put(Links("/" + group_), R"({"state":"A"})").status, 400);
  EXPECT_EQ(api_.Put(Links("/" + group_), "{}").status, 400);
  EXPECT_EQ(Set("X").status, 400);
  EXPECT_EQ(api_.Put("/api/2.0/users/999999/usergroups/" + group_, R"({"status":"A"})").status,
            404);
}

TEST_F(CscartUsergroupLinks, RefuseOtherMethods) {
  Set("A");
  EXPECT_EQ(api_.Get(Links("/" + group_)).status, 400);
  EXPECT_EQ(api_.Post(Links("/" + group_), R"({"status":"A"})").status, 400);
  EXPECT_EQ(api_.Post(Links(), R"({"status":"A"})").status, 400);
}

TEST_F(CscartUsergroupLinks, OfAdministratorsBelongToTheRootAdministrator) {
  const Login admin = api_.AddCaller("admin@b", "A", "0");
  const std::string other = api_.Add(R"({"company_id":0,"user_type":"A","email":"other@b"})");
  const std::string admins = Make(R"({"type":"A","status":"A"})");
  const std::string path = Api::User(other) + "/usergroups/" + admins;
  EXPECT_EQ(api_.Send(admin, "PUT", path, R"({"status":"A"})").status, 400);
  EXPECT_EQ(api_.Put(path, R"({"status":"A"})").status, 200);
  EXPECT_EQ(api_.Send(admin, "DELETE", path).status, 400);
  EXPECT_EQ(
      api_.Put(Api::User(api_.RootId()) + "/usergroups/" + admins, R"({"status":"A"})").status,
      400);
  EXPECT_EQ(api_.Send(admin, "PUT", Links("/" + group_), R"({"status":"A"})").status, 200);
}

TEST_F(CscartUsergroupLinks, StayInsideTheCallersCompany) {
  const Login seller = api_.AddCaller("s@b", "A", "2");
  EXPECT_EQ(api_.Send(seller, "PUT", Links("/" + group_), R"({"status":"A"})").status, 404);
  EXPECT_EQ(api_.Send(seller, "GET", Links()).status, 404);
}

}  // namespace
}  // namespace rosterd::testing

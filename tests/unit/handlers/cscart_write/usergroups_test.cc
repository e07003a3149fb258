#include <gtest/gtest.h>

#include <string>

#include "tests/unit/handlers/cscart_write/api.h"

namespace rosterd::testing {
namespace {

constexpr const char* kGroups = "/api/2.0/usergroups";

std::string Group(const std::string& id) { return std::string(kGroups) + "/" + id; }

std::string Make(Api& api, const std::string& body) {
  const Reply reply = api.Post(kGroups, body);
  EXPECT_EQ(reply.status, 201) << reply.body;
  return reply.Number("usergroup_id");
}

TEST(CscartUsergroups, ListsAnObjectByIdInTheOrderOfNames) {
  Api api;
  EXPECT_EQ(api.Get(kGroups).body, "{}");
  const std::string z = Make(api, R"({"type":"C","status":"A","usergroup":"Zoo"})");
  const std::string a = Make(api, R"({"type":"A","status":"H","usergroup":"Admins"})");
  EXPECT_EQ(api.Get(kGroups).body, "{\"" + a + R"(":{"usergroup_id":")" + a +
                                       R"(","status":"H","type":"A","usergroup":"Admins"},")" + z +
                                       R"(":{"usergroup_id":")" + z +
                                       R"(","status":"A","type":"C","usergroup":"Zoo"}})");
}

TEST(CscartUsergroups, FiltersByTypeStatusAndName) {
  Api api;
  Make(api, R"({"type":"C","status":"A","usergroup":"50% off"})");
  Make(api, R"({"type":"A","status":"H","usergroup":"Admins"})");
  EXPECT_NE(api.Get(std::string(kGroups) + "?type=A&status=H&lang_code=ru").body.find("Admins"),
            std::string::npos);
  EXPECT_EQ(api.Get(std::string(kGroups) + "?type=A&status=A").body, "{}");
  EXPECT_NE(api.Get(std::string(kGroups) + "?q=%25").body.find("50% off"), std::string::npos);
  EXPECT_EQ(api.Get(std::string(kGroups) + "?q=%25").body.find("Admins"), std::string::npos);
}

TEST(CscartUsergroups, ShowsOneWithItsPrivilegesWhenItIsForAdministrators) {
  Api api;
  const std::string a = Make(
      api,
      R"({"type":"A","status":"A","usergroup":"Staff","privileges":["view_users","manage_users"]})");
  EXPECT_EQ(api.Get(Group(a)).body, R"({"usergroup_id":")" + a +
                                        R"(","status":"A","type":"A","usergroup":"Staff",)"
                                        R"("privileges":["manage_users","view_users"]})");
  const std::string c = Make(api, R"({"type":"C","status":"A","usergroup":"Wholesale"})");
  EXPECT_EQ(api.Get(Group(c)).body,
            R"({"usergroup_id":")" + c + R"(","status":"A","type":"C","usergroup":"Wholesale"})");
  EXPECT_EQ(api.Get(Group("999999")).body, R"({"message":"Not Found","status":404})");
}

TEST(CscartUsergroups, ShowsBuiltInOnesAndNeverChangesThem) {
  Api api;
  for (const std::string id : {"0", "1", "2"}) {
    EXPECT_EQ(api.Get(Group(id)).Text("type"), "C") << id;
    EXPECT_EQ(api.Get(Group(id)).Text("status"), "A") << id;
    EXPECT_EQ(api.Put(Group(id), R"({"type":"C","status":"D"})").status, 400) << id;
    EXPECT_EQ(api.Delete(Group(id)).status, 400) << id;
  }
}

TEST(CscartUsergroups, AnswersACreationWithANumberAboveTheBuiltIn) {
  Api api;
  const Reply reply =
      api.Send(api.Root(), "POST", kGroups,
               "type=A&status=A&usergroup=Staff&privileges[]=view_users", "text/plain");
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.body, "{\"usergroup_id\":" + reply.Number("usergroup_id") + "}");
  EXPECT_GT(std::stoi(reply.Number("usergroup_id")), 2);
}

TEST(CscartUsergroups, RefusesWrongFields) {
  Api api;
  EXPECT_EQ(api.Post(kGroups, R"({"usergroup":"x"})").body,
            R"({"message":"Bad Request: type is required. status is required",)"
            R"("messages":["type is required","status is required"],"status":400})");
  EXPECT_EQ(api.Post(kGroups, R"({"type":"X","status":"A"})").status, 400);
  EXPECT_EQ(api.Post(kGroups, R"({"type":"C","status":"P"})").status, 400);
  EXPECT_EQ(api.Post(kGroups, R"({"type":"A","status":"A","privileges":["fly"]})").status, 400);
  EXPECT_EQ(api.Post(kGroups, "{}").status, 400);
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM cscart_usergroups"), "0");
}

TEST(CscartUsergroups, ChangesWhatWasSent) {
  Api api;
  const std::string id =
      Make(api, R"({"type":"A","status":"A","usergroup":"Staff","privileges":["view_users"]})");
  EXPECT_EQ(api.Put(Group(id), R"({"type":"A","status":"H"})").body,
            R"({"message":"OK","usergroup_id":)" + id + "}");
  EXPECT_EQ(api.Get(Group(id)).body,
            R"({"usergroup_id":")" + id +
                R"(","status":"H","type":"A","usergroup":"Staff","privileges":["view_users"]})");
  api.Put(Group(id), R"({"type":"A","status":"A","usergroup":"New","privileges":[]})");
  EXPECT_EQ(api.Get(Group(id)).body,
            R"({"usergroup_id":")" + id +
                R"(","status":"A","type":"A","usergroup":"New","privileges":[]})");
  EXPECT_EQ(api.Put(Group(id), R"({"usergroup":"x"})").status, 400);
  EXPECT_EQ(api.Put(Group("999999"), R"({"type":"A","status":"H"})").status, 404);
}

TEST(CscartUsergroups, DeletesOnceWithTheLinks) {
  Api api;
  const std::string id = Make(api, R"({"type":"C","status":"A"})");
  const std::string user = api.Add(R"({"company_id":1,"user_type":"C","email":"c@b"})");
  api.Put(Api::User(user) + "/usergroups/" + id, R"({"status":"A"})");
  EXPECT_EQ(api.Delete(Group(id)).status, 204);
  EXPECT_EQ(api.Delete(Group(id)).status, 404);
  EXPECT_EQ(api.Ask("SELECT COUNT(*) FROM cscart_usergroup_links"), "0");
}

TEST(CscartUsergroups, WantAPrivilegeOfItsOwnForGroupsOfAdministrators) {
  Api api;
  const Login restricted = api.AddCaller("r@b", "A", "0");
  api.Restrict(api.IdOf("r@b"), R"("manage_usergroups")");
  const std::string admins = Make(api, R"({"type":"A","status":"A"})");
  EXPECT_EQ(api.Send(restricted, "POST", kGroups, R"({"type":"C","status":"A"})").status, 201);
  EXPECT_EQ(api.Send(restricted, "POST", kGroups, R"({"type":"A","status":"A"})").status, 403);
  EXPECT_EQ(api.Send(restricted, "PUT", Group(admins), R"({"type":"C","status":"A"})").status, 403);
  EXPECT_EQ(api.Send(restricted, "DELETE", Group(admins)).status, 403);
}

TEST(CscartUsergroups, LetOnlyTheRootAdministratorLiftLimits) {
  Api api;
  const Login restricted = api.AddCaller("r@b", "A", "0");
  const std::string own =
      api.Restrict(api.IdOf("r@b"), R"("manage_usergroups","manage_admin_usergroups")");
  const auto put = [&](const Login& login, const std::string& body) {
    return api.Send(login, "PUT", Group(own), body).status;
  };
  EXPECT_EQ(api.Send(restricted, "DELETE", Group(own)).status, 400);
  EXPECT_EQ(put(restricted, R"({"type":"A","status":"D"})"), 400);
  EXPECT_EQ(put(restricted, R"({"type":"C","status":"A"})"), 400);
  EXPECT_EQ(put(restricted, R"({"type":"A","status":"A","privileges":[]})"), 400);
  EXPECT_EQ(put(restricted, R"({"type":"A","status":"A","privileges":["manage_users"]})"), 400);
  EXPECT_EQ(put(restricted, R"({"type":"A","status":"A","usergroup":"Mine"})"), 200);
  EXPECT_EQ(put(api.Root(), R"({"type":"A","status":"A","privileges":[]})"), 200);
}

TEST(CscartUsergroups, CountAtOnceForTheirMembers) {
  Api api;
  const Login admin = api.AddCaller("r@b", "A", "0");
  EXPECT_EQ(api.Send(admin, "POST", kGroups, R"({"type":"C","status":"A"})").status, 201);
  const std::string group = api.Restrict(api.IdOf("r@b"), R"("view_users")");
  EXPECT_EQ(api.Send(admin, "POST", kGroups, R"({"type":"C","status":"A"})").status, 403);
  api.Put(Group(group), R"({"type":"A","status":"A","privileges":["manage_usergroups"]})");
  EXPECT_EQ(api.Send(admin, "POST", kGroups, R"({"type":"C","status":"A"})").status, 201);
}

}  // namespace
}  // namespace rosterd::testing

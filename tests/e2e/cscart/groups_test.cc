// Contract 15: user groups, and who is in them.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

std::string NewCustomer() { return Root().AddUser("{" + Customer(NewEmail()) + "}"); }

std::string NewGroup(const std::string& type = "C", const std::string& status = "A",
                     const std::string& name = "group") {
  return Root().AddGroup(R"({"type":")" + type + R"(","status":")" + status + R"(","usergroup":")" +
                         name + R"("})");
}

Json Links(const std::string& user, const std::string& query = "") {
  return ParseJson(Root().Get("users/" + user + "/usergroups" + query).body);
}

TEST(CscartGroups, AreCreatedReadChangedAndDeleted) {
  const HttpResponse created =
      Root().Post("usergroups", R"({"type":"C","status":"A","usergroup":"Wholesale"})");
  EXPECT_EQ(created.status, 201);
  const Json ids = ParseJson(created.body);
  EXPECT_EQ(ids.Names(), std::vector<std::string>{"usergroup_id"});
  EXPECT_TRUE(ids["usergroup_id"].IsNumber());
  const std::string id = ids["usergroup_id"].text;
  EXPECT_GT(std::stoi(id), 2);

  EXPECT_JSON_EQ(
      Root().Get("usergroups/" + id).body,
      R"({"usergroup_id":")" + id + R"(","status":"A","type":"C","usergroup":"Wholesale"})");
  const HttpResponse changed =
      Root().Put("usergroups/" + id, R"({"type":"C","status":"H","usergroup":"Retail"})");
  EXPECT_EQ(changed.status, 200);
  EXPECT_JSON_EQ(changed.body, R"({"message":"OK","usergroup_id":)" + id + "}");
  EXPECT_JSON_EQ(
      Root().Get("usergroups/" + id).body,
      R"({"usergroup_id":")" + id + R"(","status":"H","type":"C","usergroup":"Retail"})");
  EXPECT_EQ(Root().Delete("usergroups/" + id).status, 204);
  EXPECT_TRUE(IsError(Root().Get("usergroups/" + id), 404));
  EXPECT_TRUE(IsError(Root().Delete("usergroups/" + id), 404));
}

TEST(CscartGroups, AreAnObjectByIdOrderedByName) {
  const std::string word = NewWord();
  const std::string b = NewGroup("C", "A", "b" + word);
  const std::string c = NewGroup("A", "H", "c" + word);
  const std::string a = NewGroup("C", "D", "A" + word);

  const Json list = ParseJson(Root().Get("usergroups?q=" + word).body);

  EXPECT_EQ(list.Names(), (std::vector<std::string>{a, b, c}));
  EXPECT_EQ(list[b].Canonical(), R"({"usergroup_id":")" + b +
                                     R"(","status":"A","type":"C","usergroup":"b)" + word + "\"}");
}

TEST(CscartGroups, AreFiltered) {
  const std::string word = NewWord();
  const std::string b = NewGroup("C", "A", word + "b%");
  const std::string c = NewGroup("A", "H", word + "c");
  const auto names = [&](const std::string& query) {
    return ParseJson(Root().Get("usergroups?q=" + word + query).body).Names();
  };
  using Names = std::vector<std::string>;

  EXPECT_EQ(names("&type=C"), Names{b});
  EXPECT_EQ(names("&type=A"), Names{c});
  EXPECT_EQ(names("&status=H"), Names{c});
  EXPECT_EQ(names("&type=C&status=H"), Names{});
  EXPECT_EQ(names("&lang_code=ru"), (Names{b, c}));
  EXPECT_EQ(names("b%25"), Names{b});
  EXPECT_EQ(names("_c"), Names{});
}

TEST(CscartGroups, AreAnEmptyObjectWhenThereAreNone) {
  EXPECT_EQ(Root().Get("usergroups?q=" + NewWord()).body, "{}");
}

TEST(CscartGroups, ThatAreBuiltInStandAlone) {
  for (const char* id : {"0", "1", "2"}) {
    const std::string path = std::string("usergroups/") + id;
    const Json group = ParseJson(Root().Get(path).body);
    EXPECT_EQ(group["usergroup_id"].text, id);
    EXPECT_EQ(group["type"].text, "C");
    EXPECT_EQ(group["status"].text, "A");
    EXPECT_TRUE(ParseJson(Root().Get("usergroups").body)[id].IsMissing());
    EXPECT_GE(Root().Put(path, R"({"type":"C","status":"D"})").status, 400);
    EXPECT_GE(Root().Delete(path).status, 400);
    EXPECT_EQ(Root().Get(path).status, 200);
  }
}

TEST(CscartGroups, CarryPrivileges) {
  const HttpResponse created =
      Root().Post("usergroups", R"({"type":"A","status":"A","usergroup":"staff",)"
                                R"("privileges":["view_users","manage_users"]})");
  EXPECT_EQ(created.status, 201);
  const std::string path = "usergroups/" + ParseJson(created.body)["usergroup_id"].text;
  const Json group = ParseJson(Root().Get(path).body);
  EXPECT_EQ(group.Names().back(), "privileges");
  EXPECT_EQ(group["privileges"].items.size(), 2U);

  EXPECT_EQ(Root().PutForm(path, "type=A&status=A&privileges[]=view_usergroups").status, 200);
  EXPECT_EQ(ParseJson(Root().Get(path).body)["privileges"].Canonical(), R"(["view_usergroups"])");
  EXPECT_EQ(ParseJson(Root().Get("usergroups/" + NewGroup("A")).body)["privileges"].Canonical(),
            "[]");
}

TEST(CscartGroups, AreCheckedOnCreation) {
  for (const char* form :
       {"status=A&usergroup=x", "type=C&usergroup=x", "type=X&status=A", "type=C&status=X",
        "type=A&status=A&privileges[]=nonsense", "type=&status=A"}) {
    EXPECT_TRUE(IsError(Root().PostForm("usergroups", form), 400)) << form;
  }
  const std::string path = "usergroups/" + NewGroup();
  for (const char* form : {"status=A", "type=C", "type=X&status=A", "type=C&status=X"}) {
    EXPECT_TRUE(IsError(Root().PutForm(path, form), 400)) << form;
  }
  EXPECT_TRUE(IsError(Root().PutForm("usergroups/999999", "type=C&status=A"), 404));
}

TEST(CscartGroups, AnswerOtherMethodsWith405) {
  EXPECT_TRUE(IsError(Root().PutForm("usergroups", "type=C&status=A"), 405));
  EXPECT_TRUE(IsError(Root().Delete("usergroups"), 405));
  EXPECT_TRUE(IsError(Root().PostForm("usergroups/" + NewGroup(), "type=C&status=A"), 405));
}

TEST(CscartLinks, StartEmpty) {
  EXPECT_EQ(Root().Get("users/" + NewCustomer() + "/usergroups").body, "{}");
}

TEST(CscartLinks, AreSetAndShown) {
  const std::string user = NewCustomer();
  const std::string group = NewGroup();

  const HttpResponse response =
      Root().PutForm("users/" + user + "/usergroups/" + group, "status=A");

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(ParseJson(response.body).Names(), std::vector<std::string>{"message"});
  const Json links = Links(user);
  EXPECT_EQ(links.Names(), std::vector<std::string>{group});
  EXPECT_EQ(links[group].Names(), (std::vector<std::string>{"link_id", "usergroup_id", "status"}));
  EXPECT_TRUE(links[group]["link_id"].IsString());
  EXPECT_EQ(links[group]["usergroup_id"].Canonical(), "\"" + group + "\"");
  EXPECT_EQ(links[group]["status"].text, "A");
  EXPECT_EQ(Links(user, "?type=A")[group]["status"].text, "A");
}

TEST(CscartLinks, TakeEachStatus) {
  const std::string user = NewCustomer();
  const std::string group = NewGroup();
  const std::string path = "users/" + user + "/usergroups/" + group;

  for (const char* status : {"A", "P", "D"}) {
    EXPECT_EQ(Root().PutForm(path, std::string("status=") + status).status, 200) << status;
    EXPECT_EQ(Links(user)[group]["status"].text, status);
    EXPECT_EQ(Links(user, std::string("?status=") + status).Names().size(), 1U) << status;
  }
  EXPECT_EQ(Root().Get("users/" + user + "/usergroups?status=A").body, "{}");
  EXPECT_EQ(Root().PutForm(path, "status=F").status, 204);
  EXPECT_EQ(Root().Get("users/" + user + "/usergroups").body, "{}");
}

TEST(CscartLinks, ShowAvailableOnesWhenAsked) {
  const std::string user = NewCustomer();
  const std::string group = NewGroup();
  const std::string path = "users/" + user + "/usergroups/" + group;
  Root().PutForm(path, "status=A");
  EXPECT_EQ(Root().Delete(path).status, 204);

  EXPECT_EQ(Links(user, "?status=F")[group]["status"].text, "F");
  EXPECT_EQ(Links(user, "?all=Y")[group]["status"].text, "F");
  EXPECT_TRUE(Links(user)[group].IsMissing());
}

TEST(CscartLinks, OfDisabledGroupsAreHidden) {
  const std::string user = NewCustomer();
  const std::string group = NewGroup();
  Root().PutForm("users/" + user + "/usergroups/" + group, "status=A");

  Root().Put("usergroups/" + group, R"({"type":"C","status":"D"})");

  EXPECT_EQ(Root().Get("users/" + user + "/usergroups").body, "{}");
}

TEST(CscartLinks, EndWithTheirGroup) {
  const std::string user = NewCustomer();
  const std::string group = NewGroup();
  Root().PutForm("users/" + user + "/usergroups/" + group, "status=A");

  EXPECT_EQ(Root().Delete("usergroups/" + group).status, 204);

  EXPECT_EQ(Root().Get("users/" + user + "/usergroups?all=Y").body, "{}");
  EXPECT_EQ(Root().List("usergroup_id=0&user_ids=" + user), std::vector<std::string>{user});
}

TEST(CscartLinks, AreChecked) {
  const std::string user = NewCustomer();
  const std::string links = "users/" + user + "/usergroups/";
  const std::string customers = NewGroup();
  const std::string admins = NewGroup("A");
  const Account admin = AddAccount(DefaultStack(), "A", "N", "0");

  EXPECT_TRUE(IsError(Root().PutForm(links + customers, "x=y"), 400));
  EXPECT_TRUE(IsError(Root().PutForm(links + customers, ""), 400));
  EXPECT_TRUE(IsError(Root().PutForm(links + customers, "status=X"), 400));
  EXPECT_TRUE(IsError(Root().PutForm(links + "999999", "status=A"), 400));
  EXPECT_TRUE(IsError(Root().PutForm(links + admins, "status=A"), 400));
  EXPECT_TRUE(
      IsError(Root().PutForm("users/" + admin.id + "/usergroups/" + customers, "status=A"), 400));
  EXPECT_TRUE(IsError(Root().PutForm("users/9999999/usergroups/" + customers, "status=A"), 404));
  EXPECT_TRUE(IsError(Root().Get("users/9999999/usergroups"), 404));
  EXPECT_EQ(Root().Get("users/" + user + "/usergroups").body, "{}");
}

TEST(CscartLinks, AreNeitherReadOneByOneNorPosted) {
  const std::string user = NewCustomer();
  const std::string links = "users/" + user + "/usergroups";
  const std::string group = NewGroup();

  EXPECT_TRUE(IsError(Root().Get(links + "/" + group), 400));
  EXPECT_TRUE(IsError(Root().PostForm(links + "/" + group, "status=A"), 400));
  EXPECT_TRUE(IsError(Root().PostForm(links, "status=A"), 400));
}

TEST(CscartLinks, OfAdministratorsAreTheRootsToChange) {
  const Account root = AddAccount(DefaultStack(), "A", "Y", "0");
  const Account admin = AddAccount(DefaultStack(), "A", "N", "0");
  const Account other = AddAccount(DefaultStack(), "A", "N", "0");
  const std::string group = NewGroup("A");
  const auto path = [&](const std::string& id) { return "users/" + id + "/usergroups/" + group; };

  EXPECT_EQ(Root().PutForm(path(other.id), "status=A").status, 200);
  EXPECT_TRUE(IsError(As(DefaultStack(), admin).PutForm(path(other.id), "status=A"), 400));
  EXPECT_TRUE(IsError(As(DefaultStack(), admin).Delete(path(other.id)), 400));
  EXPECT_TRUE(IsError(Root().PutForm(path("1"), "status=A"), 400));
  EXPECT_TRUE(IsError(Root().PutForm(path(root.id), "status=A"), 400));
}

}  // namespace
}  // namespace rosterd::testing

#include <gtest/gtest.h>

#include "db/bedita/attributes.h"
#include "tests/unit/handlers/bedita_users/steps.h"

namespace rosterd::bedita {
namespace {

TEST(BeditaCreateUser, NeedsAWriter) {
  World& world = World::Shared();
  const std::string body = R"({"data":{"type":"users","attributes":{"username":"x"}}})";
  EXPECT_EQ(world.Send({.target = "/users", .method = "POST", .body = body}).status, 401);
  EXPECT_EQ(Post(world, "/users", body, "paul").status, 403);
}

TEST(BeditaCreateUser, RefusesBadBodies) {
  World& world = World::Shared();
  EXPECT_EQ(Told(Post(world, "/users", "")),
            "400 Invalid data: [username._required]: This field is required");
  EXPECT_EQ(Told(Post(world, "/users", "{}")), "400 Invalid JSON input");
  EXPECT_EQ(Told(Post(world, "/users", R"({"data":{"attributes":{}}})")),
            "400 Bad JSON API input: Key `type` is mandatory");
  EXPECT_EQ(Told(Post(world, "/users", R"({"data":{"type":"roles"}})")),
            "409 Unsupported resource type");
  EXPECT_EQ(Told(Post(world, "/users", R"({"data":{"type":"users","id":"7"}})")),
            "403 Client-generated IDs are not supported");
  EXPECT_EQ(Post(world, "/users", "{").status, 400);
}

TEST(BeditaCreateUser, ReportsTakenNamesWithEverythingElse) {
  World& world = World::Shared();
  EXPECT_EQ(Told(AddUser(world, R"({"username":"PAUL","email":"MARA@example.org"})")),
            "400 Invalid data: [username.unique]: The provided value is invalid "
            "[email.unique]: The provided value is invalid");
  EXPECT_EQ(Told(AddUser(world, R"({"username":"paul","status":"gone"})")),
            "400 Invalid data: [status.inList]: The provided value is invalid "
            "[username.unique]: The provided value is invalid");
}

TEST(BeditaCreateUser, ShowsEveryAttributeOfANewUser) {
  World world;
  const Reply reply = AddUser(world, R"({"username":"new"})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.At("data/attributes/status"), "draft");
  EXPECT_EQ(reply.At("data/attributes/uname"), "user-new");
  EXPECT_EQ(reply.At("data/attributes/company"), "false");
  for (const std::string name : {"title",
                                 "description",
                                 "body",
                                 "extra",
                                 "lang",
                                 "name",
                                 "surname",
                                 "email",
                                 "person_title",
                                 "gender",
                                 "birthdate",
                                 "deathdate",
                                 "company_name",
                                 "company_kind",
                                 "street_address",
                                 "city",
                                 "zipcode",
                                 "country",
                                 "state_name",
                                 "phone",
                                 "website",
                                 "national_id_number",
                                 "vat_number",
                                 "publish_start",
                                 "publish_end",
                                 "pseudonym",
                                 "user_preferences"}) {
    EXPECT_EQ(reply.At("data/attributes/" + name), "null") << name;
  }
  for (const std::string name : {"locked", "blocked"}) {
    EXPECT_EQ(reply.At("data/meta/" + name), "false") << name;
  }
  for (const std::string name :
       {"published", "last_login", "last_login_err", "verified", "password_modified"}) {
    EXPECT_EQ(reply.At("data/meta/" + name), "null") << name;
  }
  EXPECT_EQ(reply.At("data/meta/num_login_err"), "0");
  EXPECT_NE(reply.body.find(R"("external_auth":[])"), std::string::npos);
  EXPECT_EQ(reply.At("data/meta/created"), reply.At("data/attributes/created"));
  EXPECT_EQ(reply.At("meta/schema/users/$id"), "https://dir.example.org/model/schema/users");
  EXPECT_EQ(reply.Header("Cache-Control"), "no-store");
}

TEST(BeditaCreateUser, KeepsFourByteTextInEveryTextAttribute) {
  World world;
  const std::string text = "\xf0\x9f\x98\x80 \xe6\x97\xa5\xe6\x9c\xac \xc3\xa9";
  std::string attributes = R"({"username":"u)" + text + "\"";
  std::vector<std::string> names;
  for (const auto& attribute : db::bedita::Users().attributes) {
    const bool plain = attribute.kind == db::bedita::Kind::kText && attribute.writable;
    const std::string name(attribute.name);
    if (!plain || name == "username" || name == "uname" || name == "email" || name == "website") {
      continue;
    }
    names.push_back(name);
    attributes += ",\"" + name + "\":\"" + text + "\"";
  }
  const Reply reply = AddUser(world, attributes + R"(,"extra":{"x":")" + text + R"("}})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(names.size(), 19U);
  for (const std::string& name : names)
    EXPECT_EQ(reply.At("data/attributes/" + name), text) << name;
  EXPECT_EQ(reply.At("data/attributes/extra/x"), text);
  EXPECT_EQ(reply.At("data/attributes/username"), "u" + text);
  EXPECT_EQ(reply.At("data/attributes/uname"), "user-u-e");
}

TEST(BeditaCreateUser, StoresWhatEachKindOfAttributeMeans) {
  World world;
  const Reply reply = AddUser(world, R"({"username":"kinds","status":"on","company":"1",
      "birthdate":"1980-02-29T10:00:00+02:00","publish_start":"2018-03-04T05:06:07+02:00",
      "extra":[1,{"a":2.50}],"user_preferences":{"n":1e2},"website":"https://example.org/x",
      "email":"kinds@example.org","zipcode":40100})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.At("data/attributes/company"), "true");
  EXPECT_EQ(reply.At("data/attributes/birthdate"), "1980-02-29");
  EXPECT_EQ(reply.At("data/attributes/publish_start"), "2018-03-04T03:06:07+00:00");
  EXPECT_EQ(reply.At("data/attributes/extra/1/a"), "2.50");
  EXPECT_EQ(reply.At("data/attributes/user_preferences/n"), "1e2");
  EXPECT_EQ(reply.At("data/attributes/zipcode"), "40100");
  EXPECT_EQ(reply.At("data/attributes/status"), "on");
}

TEST(BeditaCreateUser, MakesTitlesOfNames) {
  World world;
  const auto title = [&](const std::string& name, const std::string& attributes) {
    return AddUser(world, R"({"username":")" + name + "\"," + attributes + "}")
        .At("data/attributes/title");
  };
  EXPECT_EQ(title("t1", R"("name":"John","surname":"Doe")"), "John Doe");
  EXPECT_EQ(title("t2", R"("surname":"Doe")"), "Doe");
  EXPECT_EQ(title("t3", R"("company_name":"Acme")"), "Acme");
  EXPECT_EQ(title("t4", R"("name":"John","title":"Mine")"), "Mine");
  EXPECT_EQ(title("t5", R"("name":"John","title":null)"), "null");
  EXPECT_EQ(title("t6", R"("gender":"x")"), "null");
  const std::string longer(300, 'x');
  EXPECT_EQ(title("t7", R"("title":")" + longer + "\""), longer);
}

TEST(BeditaCreateUser, MakesUniqueNamesUnique) {
  World world;
  const auto uname = [&](const std::string& attributes) {
    return AddUser(world, attributes).At("data/attributes/uname");
  };
  EXPECT_EQ(uname(R"({"username":"first user"})"), "user-first-user");
  EXPECT_EQ(uname(R"({"username":"n1","uname":""})"), "user-n1");
  EXPECT_EQ(uname(R"({"username":"n2","uname":"My Name!"})"), "my-name");
  const std::string second = uname(R"({"username":"n3","uname":"my-name"})");
  EXPECT_TRUE(second.starts_with("user-my-name-")) << second;
  EXPECT_EQ(second.size(), std::string("user-my-name-").size() + 6);
  // Of a person that came from another dialect and has none of its own.
  EXPECT_TRUE(uname(R"({"username":"n4","uname":"user-9"})").starts_with("user-9-"));
}

TEST(BeditaCreateUser, LetsAUserOnSignInAtOnce) {
  World world;
  AddUser(world, R"({"username":"on","password":"on-password","status":"on"})");
  EXPECT_NO_THROW(world.Login("on"));
}

TEST(BeditaCreateUser, MakesNobodyForAQueryThatIsRefused) {
  World& world = World::Shared();
  const std::string body = R"({"data":{"type":"users","attributes":{"username":"nobody"}}})";
  EXPECT_EQ(Post(world, "/users?include=nope", body).status, 400);
  EXPECT_EQ(Ids(world.Get("/users?filter[username]=nobody")), "");
  EXPECT_EQ(Patch(world, "/users/4?include=nope",
                  R"({"data":{"id":"4","type":"users","attributes":{"city":"Rome"}}})")
                .status,
            400);
  EXPECT_EQ(world.Get("/users/4").At("data/attributes/city"), "null");
}

TEST(BeditaCreateUser, AuditsWithoutValues) {
  World world;
  const std::string id = AddUser(world, R"({"username":"aud","name":"Secretname"})").At("data/id");
  EXPECT_EQ(world.AskDatabase("SELECT CONCAT_WS('|', dialect, action, actor_id, fields LIKE"
                              " '%Secretname%') FROM audit WHERE user_id = " +
                              id),
            "bedita|user.create|1|0");
}

TEST(BeditaCreateUser, IsCompleteInTheSharedColumns) {
  World world;
  const std::string id =
      AddUser(world,
              R"({"username":"all","name":"A","surname":"B","company_name":"C","phone":"1"})")
          .At("data/id");
  EXPECT_EQ(world.AskDatabase("SELECT CONCAT_WS('|', first_name, last_name, company, phone,"
                              " display_name, status) FROM users WHERE id = " +
                              id),
            "A|B|C|1|A B|pending");
}

}  // namespace
}  // namespace rosterd::bedita

// Contract sections 15 and 16.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/bedita/world.h"

namespace rosterd::bedita {
namespace {

using ::testing::HasSubstr;

Reply Get(const std::string& target, const std::string& as = {}) {
  return World::Shared().Get(target, as);
}

std::string Allowed(const Reply& reply, const std::string& path) {
  const fcgi::Value json = reply.Json();
  const fcgi::Value* entry = json.Find("meta")->Find("resources")->Find(path);
  if (entry == nullptr) return "-";
  std::string methods;
  for (const fcgi::Value& method : *entry->Find("hints")->Find("allow")->AsList()) {
    methods += (methods.empty() ? "" : " ") + *method.AsText();
  }
  return methods;
}

TEST(BeditaHome, SaysWhatAnybodyMayDo) {
  const Reply home = Get("/home");
  EXPECT_EQ(home.status, 200);
  EXPECT_EQ(Allowed(home, "/auth"), "POST");
  EXPECT_EQ(Allowed(home, "/roles"), "GET");
  EXPECT_EQ(Allowed(home, "/signup"), "POST");
  EXPECT_EQ(Allowed(home, "/status"), "GET");
  EXPECT_EQ(Allowed(home, "/trash"), "GET");
  EXPECT_EQ(Allowed(home, "/users"), "GET");
  EXPECT_EQ(Allowed(home, "/model"), "GET");
  EXPECT_EQ(home.At("meta/project/name"), "rosterd");
  EXPECT_EQ(home.At("meta/version"), "4.13.1");
  EXPECT_THAT(home.body,
              HasSubstr(R"("/users":{"href":"https://dir.example.org/users","hints":{"allow":)"
                        R"(["GET"],"formats":["application/json","application/vnd.api+json"],)"
                        R"("display":{"label":"Users"},"object_type":true,)"
                        R"("multiple_types":false}})"));
}

TEST(BeditaHome, SaysWhatUsersMayDo) {
  EXPECT_EQ(Allowed(Get("/home", "paul"), "/users"), "GET");
  EXPECT_EQ(Allowed(Get("/home", "paul"), "/auth"), "GET POST");
  EXPECT_EQ(Allowed(Get("/home", "bedita"), "/users"), "GET POST PATCH DELETE");
  EXPECT_EQ(Allowed(Get("/home", "bedita"), "/trash"), "GET POST PATCH DELETE");
}

TEST(BeditaHome, LeavesOutWhatIsClosed) {
  config::Settings settings = World::Defaults();
  settings.bedita.block_anonymous_users = true;
  settings.bedita.signup_enabled = false;
  settings.bedita.manager_support = false;
  settings.bedita.project_name = "Example directory";
  World world(settings);
  const Reply home = world.Get("/home");
  EXPECT_EQ(Allowed(home, "/users"), "-");
  EXPECT_EQ(Allowed(home, "/signup"), "-");
  EXPECT_EQ(Allowed(home, "/model"), "-");
  EXPECT_EQ(Allowed(home, "/auth"), "POST");
  EXPECT_EQ(home.At("meta/project/name"), "Example directory");
  EXPECT_EQ(world.Get("/model/tags").status, 404);
  EXPECT_EQ(world.Get("/users").Title(), "Authentication is required to continue");
  EXPECT_EQ(world.Get("/users", "paul").status, 200);
}

TEST(BeditaStatus, TellsWhetherTheStoreIsThere) {
  const Reply reply = World::Shared().Send({.target = "/status", .accept = "text/html"});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Header("Content-Type"), "application/json");
  EXPECT_EQ(reply.body,
            R"({"links":{"self":"https://dir.example.org/status",)"
            R"("home":"https://dir.example.org/home"},"meta":{"status":{"environment":"ok"}}})");
  EXPECT_EQ(Get("/status").Header("Content-Type"), "application/vnd.api+json");
  EXPECT_EQ(World::Shared().Send({.target = "/status", .key = ""}).Title(), "Missing API key");
}

TEST(BeditaStatus, NeedsNoKeyWhenTold) {
  config::Settings settings = World::Defaults();
  settings.bedita.status_needs_key = false;
  World world(settings);
  EXPECT_EQ(world.Send({.target = "/status", .key = ""}).status, 200);
}

TEST(BeditaSchema, DescribesUsers) {
  const Reply reply =
      World::Shared().Send({.target = "/model/schema/users", .accept = "text/html"});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Header("Content-Type"), "application/schema+json");
  EXPECT_EQ(reply.Header("ETag"), '"' + reply.At("revision") + '"');
  EXPECT_EQ(reply.At("$id"), "https://dir.example.org/model/schema/users");
  EXPECT_EQ(reply.At("$schema"), "http://json-schema.org/draft-06/schema#");
  EXPECT_EQ(reply.At("type"), "object");
  EXPECT_EQ(reply.At("required/0"), "username");
  EXPECT_EQ(reply.At("properties/username/type"), "string");
  EXPECT_EQ(reply.At("properties/username/maxLength"), "100");
  EXPECT_EQ(reply.At("properties/email/oneOf/0/type"), "null");
  EXPECT_EQ(reply.At("properties/email/oneOf/1/format"), "email");
  EXPECT_EQ(reply.At("properties/email/oneOf/1/maxLength"), "100");
  EXPECT_EQ(reply.At("properties/status/enum/2"), "draft");
  EXPECT_EQ(reply.At("properties/status/default"), "draft");
  EXPECT_EQ(reply.At("properties/created/format"), "date-time");
  EXPECT_EQ(reply.At("properties/created/readOnly"), "true");
  EXPECT_EQ(reply.At("properties/birthdate/oneOf/1/format"), "date");
  EXPECT_EQ(reply.At("properties/website/oneOf/1/format"), "uri");
  EXPECT_EQ(reply.At("properties/extra/title"), "Extra");
  EXPECT_EQ(reply.At("properties/extra/type"), "");
  EXPECT_EQ(reply.At("properties/password/writeOnly"), "true");
  EXPECT_EQ(reply.At("properties/person_title/title"), "Person Title");
  EXPECT_EQ(reply.At("properties/person_title/$id"), "/properties/person_title");
  EXPECT_EQ(reply.At("properties/person_title/description"), "null");
}

TEST(BeditaSchema, DescribesRoles) {
  const Reply reply = Get("/model/schema/roles");
  EXPECT_EQ(reply.At("required/0"), "name");
  EXPECT_EQ(reply.At("properties/name/maxLength"), "32");
  EXPECT_EQ(reply.At("properties/priority/type"), "integer");
  EXPECT_EQ(reply.body.find("associations"), std::string::npos);
}

TEST(BeditaSchema, IsCachedByItsRevision) {
  World& world = World::Shared();
  const std::string tag = Get("/model/schema/users").Header("ETag");
  for (const std::string& known : {tag, "W/" + tag, "\"1\", " + tag, std::string("*")}) {
    const Reply reply =
        world.Send({.target = "/model/schema/users", .headers = {{"If-None-Match", known}}});
    EXPECT_EQ(reply.status, 304) << known;
    EXPECT_EQ(reply.body, "") << known;
    EXPECT_EQ(reply.Header("ETag"), tag) << known;
  }
  EXPECT_EQ(
      world.Send({.target = "/model/schema/users", .headers = {{"If-None-Match", "\"1\""}}}).status,
      200);
  EXPECT_EQ('"' + Get("/users/2").At("meta/schema/users/revision") + '"', tag);
}

TEST(BeditaSchema, KnowsNoOthers) {
  EXPECT_EQ(Get("/model/schema/objects").body, "false");
  EXPECT_EQ(Get("/model/schema/documents").status, 404);
  for (const char* accept : {"", "*/*", "text/html", "application/vnd.api+json"}) {
    const Reply refused =
        World::Shared().Send({.target = "/model/schema/users", .key = "", .accept = accept});
    EXPECT_EQ(refused.status, 403) << accept;
    EXPECT_EQ(refused.Header("Content-Type"), "application/vnd.api+json") << accept;
  }
}

TEST(BeditaSchema, ChangesItsRevisionWithTheSettings) {
  config::Settings settings = World::Defaults();
  settings.bedita.new_user_status = "on";
  World world(settings);
  EXPECT_NE(world.Get("/model/schema/users").At("revision"),
            Get("/model/schema/users").At("revision"));
}

TEST(BeditaManager, ListsOneObjectType) {
  const Reply list = Get("/model/object_types?filter[x]=y");
  EXPECT_EQ(list.status, 200);
  EXPECT_EQ(list.At("meta/pagination/count"), "1");
  EXPECT_THAT(list.body,
              HasSubstr(R"("data":[{"id":"3","type":"object_types","attributes":{"name":"users",)"
                        R"("singular":"user","is_abstract":false,"parent_name":"objects",)"
                        R"("associations":[],"enabled":true},"meta":{"relations":[]})"));
  EXPECT_THAT(Get("/model/object_types?fields=enabled,name").body,
              HasSubstr(R"("attributes":{"enabled":true,"name":"users"},"links")"));
  EXPECT_EQ(Get("/model/object_types/users").At("data/attributes/singular"), "user");
  EXPECT_EQ(Get("/model/object_types/documents").status, 404);
}

TEST(BeditaManager, ListsNothingElse) {
  for (const char* target : {"/model/relations", "/model/properties", "/model/categories",
                             "/model/tags", "/config", "/history", "/streams"}) {
    const Reply reply = Get(std::string(target) + "?page_size=50");
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_THAT(reply.body, HasSubstr(R"({"data":[],"links":{"self":")")) << target;
    EXPECT_EQ(reply.At("meta/pagination/count"), "0") << target;
    EXPECT_EQ(reply.At("meta/pagination/page_count"), "1") << target;
    EXPECT_EQ(reply.At("meta/pagination/page_size"), "50") << target;
  }
  EXPECT_EQ(Get("/config?page=2").Title(), "Not Found");
  EXPECT_EQ(World::Shared().Send({.target = "/bulk/edit", .method = "POST"}).status, 404);
}

}  // namespace
}  // namespace rosterd::bedita

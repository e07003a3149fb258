// Paths, methods, suffixes, and which check comes first: contract sections 1 to 3 and 7.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "handlers/brightact/routes.h"
#include "tests/unit/handlers/brightact/world.h"

namespace rosterd::brightact {
namespace {

const std::string kNotFound = R"({"error":"Not found."})";

TEST(BrightactCalls, AnswerWithAndWithoutTheSuffixAndTheTrailingSlash) {
  World world;
  const std::string org = world.AddOrg("Kite");
  for (const std::string path : {"user/my", "user/2", "user/002", "users?org_id=0", "orgs"}) {
    std::string suffixed = path;
    suffixed.insert(std::min(path.find('?'), path.size()), ".json");
    std::string slashed = suffixed;
    slashed.insert(std::min(suffixed.find('?'), suffixed.size()), "/");
    for (const std::string& spelling : {path, suffixed, slashed}) {
      EXPECT_EQ(world.Get("/api/v1/" + spelling).status, 200) << spelling;
    }
  }
  EXPECT_EQ(world.Get("/api/v1/org/" + org + ".json").status, 200);
}

TEST(BrightactCalls, AreNotFoundAtOtherPaths) {
  World world;
  for (const std::string path : {"/api/v1/Users",
                                 "/api/v1/USER/my",
                                 "/api/v1/user/My",
                                 "/api/v1/user/abc",
                                 "/api/v1/user/-1",
                                 "/api/v1/user/13.json.json",
                                 "/api/v1/user/99999999999999999999",
                                 "/api/v1/org/my",
                                 "/api/v1/users/1",
                                 "/api/v1/orgs/1",
                                 "/api/v1/packs",
                                 "/api/v1",
                                 "/api/v1/",
                                 "/api/v2/orgs",
                                 "/orgs",
                                 "/api/v1//orgs",
                                 "/api/v1/resetUserPassword",
                                 "/api/v1/resetuserpassword/2",
                                 "/api/v1/user/2/x",
                                 "/api/v1/user/%2e%2e/orgs"}) {
    const Reply reply = world.Get(path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(reply.body, kNotFound) << path;
  }
}

TEST(BrightactCalls, NeverFindTheNumbersThatAreNoId) {
  World world;
  for (const std::string id : {"0", "000", "3", "9007199254740993", "9999999999999999999"}) {
    EXPECT_EQ(world.Get("/api/v1/user/" + id).status, 404) << id;
    EXPECT_EQ(world.Get("/api/v1/org/" + id).status, 404) << id;
    EXPECT_EQ(world.Delete("/api/v1/user/" + id).status, 404) << id;
  }
}

struct Allowed {
  std::string path;
  std::string refused_method;
  std::string allow;
};

TEST(BrightactCalls, SayWhichMethodsAPathKnows) {
  World world;
  const std::vector<Allowed> cases = {
      {"user", "GET", "POST, OPTIONS"},
      {"user", "HEAD", "POST, OPTIONS"},
      {"user/2", "POST", "GET, HEAD, PUT, DELETE, OPTIONS"},
      {"user/my.json", "PATCH", "GET, HEAD, PUT, DELETE, OPTIONS"},
      {"users", "POST", "GET, HEAD, OPTIONS"},
      {"resetUserPassword/2", "PUT", "GET, POST, OPTIONS"},
      {"resetUserPassword/my.json", "HEAD", "GET, POST, OPTIONS"},
      {"org", "GET", "POST, OPTIONS"},
      {"org/1", "POST", "GET, HEAD, PUT, DELETE, OPTIONS"},
      {"orgs", "DELETE", "GET, HEAD, OPTIONS"},
  };
  for (const Allowed& wanted : cases) {
    const Reply refused =
        world.Send({.target = "/api/v1/" + wanted.path, .method = wanted.refused_method});
    EXPECT_EQ(refused.status, 405) << wanted.path;
    EXPECT_EQ(refused.body, R"({"error":"Method not allowed."})");
    EXPECT_EQ(refused.Header("Allow"), wanted.allow) << wanted.path;

    const Reply options =
        world.Send({.target = "/api/v1/" + wanted.path, .method = "OPTIONS", .key = ""});
    EXPECT_EQ(options.status, 204) << wanted.path;
    EXPECT_EQ(options.Header("Allow"), wanted.allow) << wanted.path;
  }
}

TEST(BrightactCalls, AnswerHeadLikeGet) {
  World world;
  const std::string org = world.AddOrg("Kite");
  for (const std::string& path :
       std::vector<std::string>{"user/2", "users?org_id=0", "orgs", "org/" + org}) {
    EXPECT_EQ(world.Send({.target = "/api/v1/" + path, .method = "HEAD"}).status, 200) << path;
  }
}

TEST(BrightactCalls, OfferNoXml) {
  World world;
  for (const std::string path :
       {"/api/v1/users.xml", "/api/v1/user/2.xml", "/api/v1/user/my.xml", "/api/v1/orgs.xml"}) {
    const Reply reply = world.Get(path, "");
    EXPECT_EQ(reply.status, 406) << path;
    EXPECT_EQ(reply.body, R"({"error":"Only JSON is offered."})");
  }
}

TEST(BrightactCalls, AreCheckedInTheOrderOfTheContract) {
  World world;
  const std::string wrong = "ffffffffffffffffffffffffffffffff";
  EXPECT_EQ(world.Send({.target = "/api/v1/nothing.xml", .method = "PATCH", .key = wrong}).status,
            404);
  EXPECT_EQ(world.Send({.target = "/api/v1/user/2.xml", .method = "PATCH", .key = wrong}).status,
            405);
  EXPECT_EQ(world.Send({.target = "/api/v1/user/2.xml", .method = "PUT", .key = wrong}).status,
            406);
  EXPECT_EQ(world.Put("/api/v1/user/999", "sp_num=x", wrong).status, 401);
  EXPECT_EQ(world.Put("/api/v1/user/999", "sp_num=x", kUserKey).status, 403);
  EXPECT_EQ(world
                .Send({.target = "/api/v1/user/999",
                       .method = "PUT",
                       .body = "<a/>",
                       .content_type = "text/xml"})
                .status,
            404);
  EXPECT_EQ(world
                .Send({.target = "/api/v1/user/2",
                       .method = "PUT",
                       .body = "<a/>",
                       .content_type = "text/xml"})
                .status,
            415);
  EXPECT_EQ(world.Put("/api/v1/user/2", "sp_num=x").status, 400);
}

TEST(BrightactCalls, HaveTheSameHeadersWhateverTheyAnswer) {
  World world;
  const std::vector<Reply> replies = {world.Get("/api/v1/user/my"), world.Get("/api/v1/nothing"),
                                      world.Get("/api/v1/user/my", ""), world.Get("/api/v1/orgs"),
                                      world.Post("/api/v1/user", "")};
  for (const Reply& reply : replies) {
    EXPECT_EQ(reply.Header("Content-Type"), "application/json; charset=utf-8");
    EXPECT_EQ(reply.Header("Cache-Control"), "no-store");
    EXPECT_EQ(reply.Header("Location"), "");
    EXPECT_FALSE(reply.body.empty());
  }
}

TEST(BrightactCalls, TellTheLogThePatternAndTheCaller) {
  World world;
  const Reply reply = world.Get("/api/v1/user/my.json", kUserKey);
  EXPECT_EQ(reply.response.route, "/api/v1/user/{uid}");
  EXPECT_EQ(reply.response.person, 2U);
  EXPECT_EQ(world.Get("/api/v1/nothing").response.route, "-");
}

TEST(BrightactCalls, ReadNoBodyLongerThanTheLimit) {
  World world([](config::Settings& settings) { settings.brightact.max_body = 1024; });

  EXPECT_EQ(world.Post("/api/v1/org", "name=" + std::string(2000, 'x')).status, 413);
  EXPECT_EQ(world.Ask("SELECT COUNT(*) FROM brightact_orgs"), "0");
}

}  // namespace
}  // namespace rosterd::brightact

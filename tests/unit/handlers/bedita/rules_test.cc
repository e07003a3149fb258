// Rights, origins, addresses, problems and bodies: what needs no database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fcgi/json.h"
#include "handlers/bedita/access.h"
#include "handlers/bedita/address.h"
#include "handlers/bedita/body.h"
#include "handlers/bedita/cors.h"
#include "handlers/bedita/problem.h"

namespace rosterd::bedita {
namespace {

Caller User(std::vector<Role> roles) {
  Caller caller;
  caller.id = {5};
  caller.roles = std::move(roles);
  return caller;
}

int StatusOf(const std::optional<Problem>& problem) { return problem ? problem->status : 0; }

TEST(BeditaAccess, FollowsTheTableOfTheContract) {
  const config::Bedita settings;
  const Caller nobody;
  const Caller plain = User({});
  const Caller admin = User({{1, "admin", 0}});
  EXPECT_EQ(StatusOf(RefuseAccess(Access::kOpen, nobody, settings)), 0);
  EXPECT_EQ(StatusOf(RefuseAccess(Access::kRead, nobody, settings)), 0);
  EXPECT_EQ(RefuseAccess(Access::kUser, nobody, settings)->title,
            "Authentication is required to continue");
  EXPECT_EQ(RefuseAccess(Access::kWrite, nobody, settings)->title, "Unauthorized");
  EXPECT_EQ(RefuseAccess(Access::kWrite, plain, settings)->title,
            "Identity is not authorized to perform this action");
  EXPECT_EQ(StatusOf(RefuseAccess(Access::kUser, plain, settings)), 0);
  EXPECT_EQ(StatusOf(RefuseAccess(Access::kWrite, admin, settings)), 0);
}

TEST(BeditaAccess, BlocksAnonymousReadersWhenTold) {
  config::Bedita settings;
  settings.block_anonymous_users = true;
  EXPECT_EQ(StatusOf(RefuseAccess(Access::kRead, Caller(), settings)), 401);
  EXPECT_EQ(StatusOf(RefuseAccess(Access::kRead, User({}), settings)), 0);
  EXPECT_EQ(StatusOf(RefuseAccess(Access::kOpen, Caller(), settings)), 0);
}

TEST(BeditaAccess, LetsWritersWrite) {
  config::Bedita settings;
  settings.writers = {"manager"};
  EXPECT_TRUE(MayWrite(User({{2, "manager", 50}}), settings));
  EXPECT_FALSE(MayWrite(User({{3, "editor", 100}}), settings));
  EXPECT_TRUE(MayWrite(User({{1, "renamed", 0}}), settings));
  settings.writers = {"any"};
  EXPECT_TRUE(MayWrite(User({}), settings));
  EXPECT_FALSE(MayWrite(Caller(), settings));
}

TEST(BeditaAccess, KeepsTheWeakFromGoverningTheStrong) {
  const Caller manager = User({{2, "manager", 50}, {3, "editor", 100}});
  EXPECT_TRUE(MayGovern(manager, 50));
  EXPECT_TRUE(MayGovern(manager, Caller::kNoPriority));
  EXPECT_FALSE(MayGovern(manager, 0));
  EXPECT_TRUE(MayGovern(User({}), Caller::kNoPriority));
  EXPECT_FALSE(MayGovern(User({}), 100));
  EXPECT_TRUE(MayGovern(User({{1, "admin", 0}}), 0));
  EXPECT_TRUE(MayHandleRole(manager, 50));
  EXPECT_FALSE(MayHandleRole(manager, 49));
  EXPECT_FALSE(MayHandleRole(User({}), 100));
}

TEST(BeditaCors, KnowsAllowedOrigins) {
  config::Bedita settings;
  settings.cors_allow_origin = {"https://app.example.com", "*.example.org"};
  EXPECT_TRUE(IsAllowedOrigin("https://app.example.com", settings));
  EXPECT_TRUE(IsAllowedOrigin("http://a.b.example.org:8080", settings));
  EXPECT_FALSE(IsAllowedOrigin("https://example.org", settings));
  EXPECT_FALSE(IsAllowedOrigin("https://app.example.com.evil.net", settings));
  EXPECT_FALSE(IsAllowedOrigin("https://evilexample.org", settings));
  EXPECT_FALSE(IsAllowedOrigin("null", settings));
}

TEST(BeditaAddress, PrefersTheConfiguredBase) {
  fcgi::Request request;
  request.raw_path = "/dir/users/x%20y";
  request.prefix = "/dir/";
  request.AddParam("HTTP_HOST", "evil.example.net");
  config::Bedita settings;
  EXPECT_EQ(BaseUrl(request, settings), "http://evil.example.net/dir");
  settings.public_base_url = "https://dir.example.org/";
  EXPECT_EQ(BaseUrl(request, settings), "https://dir.example.org/dir");
  EXPECT_EQ(PathBehindPrefix(request), "/users/x%20y");
}

TEST(BeditaAddress, TrustsNoHostThatIsNone) {
  fcgi::Request request;
  request.raw_path = "/\xff<x>";
  request.https = true;
  request.AddParam("HTTP_HOST", "a\"><script>");
  EXPECT_EQ(BaseUrl(request, {}), "https://localhost");
  EXPECT_EQ(PathBehindPrefix(request), "/%FF<x>");
}

TEST(BeditaViolations, AreJoinedAsTheManagerCutsThem) {
  Violations violations;
  EXPECT_TRUE(violations.Empty());
  violations.Add("username", "_required");
  violations.Add("email", "unique");
  violations.Add("status", "_empty");
  violations.Add("birthdate", "date", "Invalid date or datetime \"x\"");
  EXPECT_EQ(violations.ToProblem().title, "Invalid data");
  EXPECT_EQ(violations.ToProblem().detail,
            "[username._required]: This field is required [email.unique]: The provided value is "
            "invalid [status._empty]: This field cannot be left empty [birthdate.date]: Invalid "
            "date or datetime \"x\"");
}

Result<Body, Problem> Read(const BodyRule& rule, const std::string& method,
                           const std::string& text) {
  fcgi::Request request;
  request.method = method;
  request.body = text;
  request.content_type = "application/json";
  if (text.empty()) return ReadBody(rule, request, nullptr);
  fcgi::JsonError error;
  const auto json = fcgi::ParseJson(text, error);
  return ReadBody(rule, request, &json.value());
}

std::string Refusal(const BodyRule& rule, const std::string& method, const std::string& text) {
  const auto body = Read(rule, method, text);
  if (body) return "";
  return std::to_string(body.error().status) + " " + body.error().title;
}

TEST(BeditaBody, ReadsAResource) {
  const auto body = Read(kUserBody, "PATCH",
                         R"({"data":{"id":19283,"type":"users","attributes":{"id":"1","type":"x",)"
                         R"("name":"J"},"meta":{"blocked":true},"links":1,"relationships":[]}})");
  ASSERT_TRUE(body);
  EXPECT_TRUE(body->IsAbout(19283));
  EXPECT_FALSE(body->IsAbout(1));
  EXPECT_EQ(body->attributes.AsObject()->size(), 1U);
  EXPECT_TRUE(*body->meta.Find("blocked")->AsBoolean());
}

TEST(BeditaBody, RefusesWhatIsNoDocument) {
  for (const char* text : {"[]", "{}", "1", "\"data\"", R"({"Data":{}})"}) {
    EXPECT_EQ(Refusal(kUserBody, "POST", text), "400 Invalid JSON input") << text;
  }
  for (const char* text :
       {R"({"data":{}})", R"({"data":[]})", R"({"data":null})", R"({"data":{"type":""}})",
        R"({"data":{"type":7}})", R"({"data":{"type":"users","attributes":"x"}})",
        R"({"data":{"type":"users","id":{}}})", R"({"data":{"type":"users","meta":[1]}})"}) {
    EXPECT_EQ(Refusal(kUserBody, "POST", text), "400 Bad JSON API input") << text;
  }
  EXPECT_EQ(Refusal(kUserBody, "PATCH", ""), "400 Invalid JSON input");
  EXPECT_EQ(Refusal(kUserBody, "POST", ""), "");
}

TEST(BeditaBody, RefusesOtherTypesAndIdsOfClients) {
  EXPECT_EQ(Refusal(kUserBody, "POST", R"({"data":{"type":"roles","id":"1"}})"),
            "409 Unsupported resource type");
  EXPECT_EQ(Refusal(kUserBody, "POST", R"({"data":{"type":"users","id":"1"}})"),
            "403 Client-generated IDs are not supported");
  EXPECT_EQ(Refusal(kUserBody, "POST", R"({"data":{"type":"users","id":""}})"), "");
  EXPECT_EQ(Refusal(kAnyBody, "PATCH", R"({"data":{"type":"objects","id":"1"}})"), "");
}

TEST(BeditaBody, ReadsIdentifiersOneOrMany) {
  EXPECT_EQ(Read(kRoleIds, "POST", R"({"data":{"type":"roles","id":7}})")->ids,
            std::vector<uint64_t>{7});
  EXPECT_EQ(Read(kRoleIds, "POST",
                 R"({"data":[{"type":"roles","id":"8"},{"type":"roles","id":7},)"
                 R"({"type":"roles","id":"7"}]})")
                ->ids,
            (std::vector<uint64_t>{7, 8}));
  EXPECT_TRUE(Read(kRoleIds, "PATCH", R"({"data":null})")->ids.empty());
  EXPECT_TRUE(Read(kRoleIds, "PATCH", R"({"data":[]})")->ids.empty());
  EXPECT_EQ(Read(kRoleIds, "POST", R"({"data":[{"type":"roles","id":"x"}]})")->ids,
            std::vector<uint64_t>{0});
  EXPECT_EQ(Refusal(kRoleIds, "DELETE", ""), "400 Invalid JSON input");
  EXPECT_EQ(Refusal(kRoleIds, "POST", R"({"data":[{"id":"1"}]})"), "400 Bad JSON API input");
  EXPECT_EQ(Refusal(kRoleIds, "POST", R"({"data":[{"type":"roles"}]})"), "400 Bad JSON API input");
  EXPECT_EQ(Refusal(kRoleIds, "POST", R"({"data":[{"type":"users","id":1}]})"),
            "409 Unsupported resource type");
}

TEST(BeditaBody, ReadsFormsWhereTheyAreTaken) {
  fcgi::Request request;
  request.method = "POST";
  request.body = "username=a+b&password=x";
  request.content_type = "application/x-www-form-urlencoded; charset=utf-8";
  EXPECT_TRUE(IsSupported(kFlatBody, request));
  EXPECT_FALSE(IsSupported(kUserBody, request));
  const auto body = ReadBody(kFlatBody, request, nullptr);
  ASSERT_TRUE(body);
  EXPECT_EQ(*body->fields.Find("username")->AsText(), "a b");
  request.body = "username=%ff";
  EXPECT_FALSE(ReadBody(kFlatBody, request, nullptr));
}

TEST(BeditaBody, KnowsTheTwoJsonTypes) {
  EXPECT_TRUE(IsJsonType("application/json"));
  EXPECT_TRUE(IsJsonType("application/vnd.api+json; charset=utf-8"));
  EXPECT_FALSE(IsJsonType("text/plain"));
}

}  // namespace
}  // namespace rosterd::bedita

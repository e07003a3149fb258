#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/handlers/cocoaheads/world.h"

namespace rosterd::cocoaheads {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kOk[] = R"({"code":200,"answer":"ok"})";

class CocoaheadsFacade : public ::testing::Test {
 protected:
  CocoaheadsFacade() {
    EXPECT_TRUE(world_.Own().credentials.Issue(TestActor(),
                                               {.dialect = "cocoaheads",
                                                .kind = "token",
                                                .user = UserId{std::stoull(vera_.id)},
                                                .role = "",
                                                .label = "",
                                                .lifetime = {}},
                                               "q1w2+E/=="));
  }
  std::string Edit(const std::string& name, const std::string& position) {
    return world_
        .App("user/edit",
             kToken + "&name=" + name +
                 "&last_name=Orlova&email=vera%40example.org&phone=&company=&position=" + position)
        .body;
  }
  std::string Column(const std::string& name) {
    return world_.AskDatabase("SELECT " + name + " FROM users WHERE id = " + vera_.id);
  }

  const std::string kToken = "token=q1w2%2BE%2F%3D%3D";
  World world_{[](config::Settings& settings) {
    settings.cocoaheads.app_facade = true;
    settings.cocoaheads.max_photo = 4096;
  }};
  Member vera_ = world_.Join();
};

TEST_F(CocoaheadsFacade, ShowsTheProfileAsTheAppReadsIt) {
  world_.Execute("UPDATE users SET phone = '+7 (999) 000-00-00', position = 'Lead \"iOS\"'");

  const Reply reply = world_.App("user/profile", kToken + "&debug=1");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"id":)" + vera_.id +
                            R"(,"name":"Vera","lastname":"Orlova","regStatus":"complete",)"
                            R"("photo_url":"","company":"","position":"Lead \"iOS\"",)"
                            R"("phone":"+7 (999) 000-00-00","email":"vera@example.org"})");
  EXPECT_EQ(reply.Header("Content-Type"), "application/json; charset=utf-8");
}

TEST_F(CocoaheadsFacade, AsksToCompleteAProfileThatLacksSomething) {
  for (const std::string column : {"first_name", "last_name", "email"}) {
    world_.Execute("UPDATE users SET first_name = 'V', last_name = 'O', email = 'v@e.org'");
    world_.Execute("UPDATE users SET " + column + " = ''");
    EXPECT_EQ(world_.App("user/profile", kToken).Member("regStatus"), "requiresCompletion");
  }
}

TEST_F(CocoaheadsFacade, EditsAllSixFieldsFromTheAppsOwnForm) {
  const Reply reply = world_.App(
      "user/edit", kToken +
                       "&name=%D0%92%D0%B5%D1%80%D0%B0&last_name=Orlova&email=vera%40example.org"
                       "&phone=%2B7%20%28999%29%20000-00-00&company=&position=Lead \"iOS\"");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, kOk);
  EXPECT_EQ(Column("CONCAT_WS('|', first_name, last_name, email, phone, company, position)"),
            "Вера|Orlova|vera@example.org|+7 (999) 000-00-00||Lead \"iOS\"");
}

TEST_F(CocoaheadsFacade, TakesRawBytesBetweenTheSigns) {
  const std::string raw = "\"<b>\\^`{|}\r\nnext\tline~";
  EXPECT_EQ(Edit("Vera", raw), kOk);
  EXPECT_EQ(Column("position"), raw);
}

TEST_F(CocoaheadsFacade, EmptiesWhatTheAppDoesNotSend) {
  world_.Execute("UPDATE users SET phone = '1', company = 'c', position = 'p'");
  EXPECT_EQ(world_.App("user/edit", kToken + "&name=V&last_name=O&email=vera%40example.org").body,
            kOk);
  EXPECT_EQ(Column("CONCAT(phone, company, position)"), "");
}

TEST_F(CocoaheadsFacade, RefusesBadFieldsAndChangesNothing) {
  EXPECT_THAT(Edit("", "p"), StartsWith(R"({"code":400,"answer":")"));
  EXPECT_THAT(Edit("", "p"), HasSubstr(R"(","error":"failedRequest"})"));
  EXPECT_THAT(Edit("%FF", "p"), HasSubstr("failedRequest"));
  EXPECT_THAT(world_.App("user/edit", kToken).body, HasSubstr("failedRequest"));
  EXPECT_THAT(world_.App("user/edit", kToken + "&name=V&lastname=O&email=vera%40example.org").body,
              HasSubstr("failedRequest"));
  world_.Join("anna@example.org");
  const Reply taken =
      world_.App("user/edit", kToken + "&name=V&last_name=O&email=anna%40example.org");
  EXPECT_EQ(taken.status, 409);
  EXPECT_EQ(taken.Member("error"), "failedRequest");
  EXPECT_EQ(Column("CONCAT(first_name, position)"), "Vera");
}

TEST_F(CocoaheadsFacade, ForbidsAccessWithoutAToken) {
  for (const std::string call :
       {"user/profile", "user/edit", "user/register_push", "user/update_photo"}) {
    for (const std::string form : {"", "token=", "token=wrong", "push_token=t", "token[]=a"}) {
      const Reply reply = world_.App(call, form);
      EXPECT_EQ(reply.status, 401) << call << form;
      EXPECT_EQ(reply.Member("code"), "401");
      EXPECT_EQ(reply.Member("error"), "accessForbidden");
      EXPECT_EQ(reply.Member("id"), "(none)");
    }
  }
  EXPECT_EQ(world_
                .Send({.method = "POST",
                       .target = "/method/user/profile",
                       .headers = {{"user-token", vera_.token}}})
                .status,
            401);
}

TEST_F(CocoaheadsFacade, CountsNoSignOutTowardsALock) {
  for (int i = 0; i < 30; ++i) world_.App("user/register_push", "token=&push_token=t");
  EXPECT_EQ(world_.App("user/register_push", kToken + "&push_token=t").body, kOk);
  EXPECT_EQ(world_.AskDatabase("SELECT push_token FROM cocoaheads_clients"), "t");
  EXPECT_EQ(world_.App("user/register_push", kToken).status, 400);
}

TEST_F(CocoaheadsFacade, StoresAPhoto) {
  std::string encoded;
  for (const char c : kPngBase64) {
    encoded += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string(1, c);
  }
  EXPECT_EQ(world_.App("user/update_photo", kToken + "&photo=" + encoded).body, kOk);
  EXPECT_THAT(world_.App("user/profile", kToken).Member("photo_url"),
              StartsWith("http://api.example.org/user_photos/" + vera_.id + "/"));
  EXPECT_EQ(world_.PhotoFiles(), 1U);
  EXPECT_EQ(world_.App("user/update_photo", kToken).Member("error"), "failedRequest");
}

TEST_F(CocoaheadsFacade, KnowsNoSocialNetwork) {
  const Reply reply = world_.App("user/auth", "token=code&secret=s&social=vk");
  EXPECT_EQ(reply.status, 501);
  EXPECT_EQ(reply.Member("code"), "501");
  EXPECT_EQ(reply.Member("error"), "failedRequest");
}

TEST_F(CocoaheadsFacade, KnowsNoOtherCall) {
  const Reply reply = world_.App("event/list", kToken);
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.Member("error"), "notFound");
  EXPECT_EQ(world_.App("", kToken).status, 404);
}

TEST_F(CocoaheadsFacade, TakesPostsAlone) {
  const Reply reply = world_.Send({.target = "/method/user/profile"});
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.Header("Allow"), "POST");
  EXPECT_EQ(reply.Member("error"), "failedRequest");
  EXPECT_EQ(world_.Send({.method = "OPTIONS", .target = "/method/user/edit"}).status, 204);
}

TEST_F(CocoaheadsFacade, IsTheSameWhetherItsPrefixBelongsToTheMount) {
  for (const char* prefix : {"", "/method", "/method/"}) {
    EXPECT_EQ(world_
                  .Send({.method = "POST",
                         .target = "/method/user/profile",
                         .body = kToken,
                         .content_type = "application/x-www-form-urlencoded",
                         .prefix = prefix})
                  .status,
              200)
        << prefix;
  }
}

TEST_F(CocoaheadsFacade, WordsTheErrorsOfTheLayersBelow) {
  fcgi::Request request;
  request.raw_path = "/method/user/edit";
  const fcgi::Response response = world_.Own().dialect->Failed(request, 413);
  EXPECT_EQ(response.status, 413);
  EXPECT_THAT(response.body, StartsWith(R"({"code":413,"answer":")"));
}

TEST(CocoaheadsFacadeSwitch, IsOffByDefault) {
  World world;
  const Member vera = world.Join();
  const Reply reply = world.App("user/profile", "token=" + vera.token);
  EXPECT_EQ(reply.status, 404);
  EXPECT_THAT(reply.body, HasSubstr(R"({"error":true,"reason":")"));
}

TEST(CocoaheadsFacadeSwitch, AsksForNoApplicationToken) {
  World world([](config::Settings& settings) {
    settings.cocoaheads.app_facade = true;
    settings.cocoaheads.app_token = {"secret"};
  });
  EXPECT_EQ(world.App("user/profile", "token=x").Member("error"), "accessForbidden");
  EXPECT_EQ(world.App("user/auth", "token=x").status, 501);
}

}  // namespace
}  // namespace rosterd::cocoaheads

// DESIGN.md 2, rule 3: what a change of one dialect ends in the others, and at once.

#include <gtest/gtest.h>

#include <functional>

#include "tests/e2e/dialects/world.h"

namespace rosterd::testing {
namespace {

/// Everything that a person holds, one credential of each kind, with a way to use it.
struct Held {
  std::string what;
  HttpRequest use;
};

HttpRequest With(HttpRequest request, const std::string& header) {
  request.headers.push_back(header);
  return request;
}

std::string MemberOf(const HttpResponse& answer, const std::string& group,
                     const std::string& name) {
  const Json body = ParseJson(answer.body);
  return group.empty() ? body[name].text : body[group][name].text;
}

std::vector<Held> SessionsOf(const std::string& id, const std::string& email,
                             const std::string& password) {
  const HttpResponse cms = Of("bedita").SignIn(email, password);
  const HttpResponse app = Of("cocoaheads").SignIn(email, password);
  const HttpResponse slots = Of("timeslot").SignIn(email, password);
  const std::string key = "X-Api-Key: " + World().Credential("bedita", "api_key");
  const std::string json_api = "Accept: application/vnd.api+json";
  HttpRequest renew = With(With(PlainRequest(World(), "POST", "/auth", "application/json",
                                             R"({"grant_type":"refresh_token"})"),
                                key),
                           "Authorization: Bearer " + MemberOf(cms, "meta", "renew"));
  HttpRequest access = With(With(With(PlainRequest(World(), "GET", "/auth/user"), key), json_api),
                            "Authorization: Bearer " + MemberOf(cms, "meta", "jwt"));
  HttpRequest profile = With(PlainRequest(World(), "GET", "/user/" + id),
                             "user-token: " + MemberOf(app, "", "token"));
  HttpRequest slot = With(PlainRequest(World(), "GET", "/v1/users/" + id),
                          "Authorization: Token token=" + MemberOf(slots, "", "authToken"));
  return {{"bedita access", access},
          {"bedita renew", renew},
          {"cocoaheads token", profile},
          {"timeslot token", slot}};
}

/// The names of those that still work.
std::vector<std::string> Alive(const std::vector<Held>& held) {
  std::vector<std::string> names;
  for (const Held& each : held) {
    if (Send(each.use).status == 200) names.push_back(each.what);
  }
  return names;
}

const std::vector<std::string> kAllSessions = {"bedita access", "bedita renew", "cocoaheads token",
                                               "timeslot token"};

TEST(DialectsTokens, ANewPasswordEndsThemEverywhere) {
  const std::string admin = World().Credential("brightact", "admin_key");
  const std::vector<std::pair<std::string, std::function<int(const std::string&)>>> changes = {
      {"cscart",
       [](const std::string& id) {
         return Of("cscart").Change(id, {{"password", "another one"}}).status;
       }},
      {"bedita",
       [](const std::string& id) {
         return Of("bedita").Change(id, {{"password", "another one"}}).status;
       }},
      {"brightact",
       [](const std::string& id) {
         return Of("brightact").Change(id, {{"password", "another one"}}).status;
       }},
      {"brightact reset",
       [&](const std::string& id) {
         return Send(PlainRequest(World(), "GET",
                                  "/api/v1/resetUserPassword/" + id + ".json?key=" + admin))
             .status;
       }},
      {"timeslot",
       [](const std::string& id) {
         return Of("timeslot").Change(id, {{"password", "another one"}}).status;
       }},
  };
  for (const auto& [what, change] : changes) {
    const std::string email = NewAddress();
    const std::string id = MakeWithPassword(email, "pass word");
    const std::vector<Held> held = SessionsOf(id, email, "pass word");
    ASSERT_EQ(Alive(held), kAllSessions) << what;

    ASSERT_EQ(change(id), 200) << what;

    EXPECT_EQ(Alive(held), std::vector<std::string>()) << what;
  }
}

TEST(DialectsTokens, AStatusThatForbidsToSignInEndsAll) {
  for (const char* changer : {"cscart", "bedita", "brightact"}) {
    const std::string email = NewAddress();
    const std::string id = MakeWithPassword(email, "pass word");
    const std::vector<Held> held = SessionsOf(id, email, "pass word");
    ASSERT_EQ(Alive(held), kAllSessions) << changer;
    const std::string off = changer == std::string("cscart")   ? "D"
                            : changer == std::string("bedita") ? "off"
                                                               : "0";

    ASSERT_EQ(Of(changer).Change(id, {{"status", off}}).status, 200) << changer;

    EXPECT_TRUE(Alive(held).empty()) << changer;
    ASSERT_EQ(World().Rosterctl({"user", "set", id, "--status", "active"}).status, 0);
    EXPECT_EQ(Alive(held), std::vector<std::string>()) << changer << ": ended is ended";
  }
}

TEST(DialectsTokens, AChangeOfNamesEndsNone) {
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "pass word");
  const std::vector<Held> held = SessionsOf(id, email, "pass word");

  for (const auto& changer : Callers()) {
    if (changer->Name() == "timeslot") continue;  // its caller signs in anew
    ASSERT_EQ(changer->Change(id, {{"last_name", NewName()}}).status, 200) << changer->Name();
  }

  EXPECT_EQ(Alive(held), kAllSessions);
}

}  // namespace
}  // namespace rosterd::testing

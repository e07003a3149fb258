#include "handlers/cocoaheads/views.h"

#include <gtest/gtest.h>

namespace rosterd::cocoaheads {
namespace {

Profile Vera() {
  return {.id = {42},
          .name = "Вера",
          .lastname = "Orlova",
          .company = "Kite",
          .position = "Lead \"iOS\"",
          .email = "v@e.org",
          .phone = "+7",
          .picture = "file:42/ab.png"};
}

fcgi::Request From(const std::string& host, bool https = false) {
  fcgi::Request request;
  request.https = https;
  if (!host.empty()) request.AddParam("HTTP_HOST", host);
  request.AddParam("SERVER_NAME", "server.example");
  return request;
}

TEST(CocoaheadsUserView, WritesTheSeedsMembersInOrder) {
  const config::Settings settings;
  EXPECT_EQ(UserView(settings, From("h.example:8080")).User(Vera(), "t"),
            R"({"id":42,"name":"Вера","lastname":"Orlova","company":"Kite",)"
            R"("position":"Lead \"iOS\"","email":"v@e.org","phone":"+7",)"
            R"("photo":"http://h.example:8080/user_photos/42/ab.png","token":"t"})");
}

TEST(CocoaheadsUserView, WritesTheAppsMembersInOrder) {
  const config::Settings settings;
  EXPECT_EQ(UserView(settings, From("h.example", true)).AppUser(Vera()),
            R"({"id":42,"name":"Вера","lastname":"Orlova","regStatus":"complete",)"
            R"("photo_url":"https://h.example/user_photos/42/ab.png","company":"Kite",)"
            R"("position":"Lead \"iOS\"","phone":"+7","email":"v@e.org"})");
}

TEST(CocoaheadsUserView, PutsNoOddHostIntoAddresses) {
  const config::Settings settings;
  for (const char* host : {"", "evil\"x", "a b", "a/b", "<x>"}) {
    EXPECT_NE(UserView(settings, From(host))
                  .User(Vera())
                  .find("\"http://server.example/user_photos/42/ab.png\""),
              std::string::npos)
        << host;
  }
}

}  // namespace
}  // namespace rosterd::cocoaheads

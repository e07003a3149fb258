#include "handlers/bedita/link_rules.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rosterd::bedita {
namespace {

/// Whether a call with these settings, at `base`, lets mails lead there.
bool Allows(const config::Bedita& bedita, const std::string& base, const std::string& url) {
  config::Settings settings;
  settings.bedita = bedita;
  const fcgi::Request request;
  const Call call{.request = request,
                  .settings = settings,
                  .method = "POST",
                  .params = {},
                  .query = {},
                  .base = base};
  return IsAllowedLink(url, call);
}

TEST(BeditaLinks, AreWholeAddresses) {
  for (const char* url : {"https://www.example.org", "http://a.example:8080/x?y#z", "myapp://",
                          "http://127.0.0.1:3000/", "http://localhost:3000/", "my-app+1://x"}) {
    EXPECT_TRUE(IsLink(url)) << url;
  }
  for (const char* url :
       {"", "https://activate", "https://", "https:/a.example", "www.example.org", "://a.example",
        "1app://x", "my app://x", "https://a.example/\n", "https://a.example/\"x",
        "https://a.example\\@b.example/", "https://a .example/"}) {
    EXPECT_FALSE(IsLink(url)) << url;
  }
}

TEST(BeditaLinks, BeginWithAnEntry) {
  config::Bedita bedita;
  bedita.link_allow = {"https://www.example.org", "https://b.example/in/", "myapp://"};
  for (const char* url :
       {"https://www.example.org", "https://www.example.org/x", "HTTPS://WWW.example.org?x",
        "https://www.example.org#x", "https://b.example/in/x", "myapp://x"}) {
    EXPECT_TRUE(Allows(bedita, "https://dir.example.org", url)) << url;
  }
  for (const char* url :
       {"https://www.example.org.evil.example/", "https://www.example.org:81/",
        "https://www.example.org@evil.example/", "http://www.example.org/", "https://b.example/",
        "https://b.example/IN/x", "https://dir.example.org/", "otherapp://x"}) {
    EXPECT_FALSE(Allows(bedita, "https://dir.example.org", url)) << url;
  }
}

TEST(BeditaLinks, LeadAnywhereWithAStar) {
  config::Bedita bedita;
  bedita.link_allow = {"*"};
  EXPECT_TRUE(Allows(bedita, "https://dir.example.org", "https://any.example/x"));
  EXPECT_FALSE(Allows(bedita, "https://dir.example.org", "nowhere"));
}

TEST(BeditaLinks, LeadToUsAndToPagesThatMayCall) {
  config::Bedita bedita;
  bedita.public_base_url = "https://dir.example.org/api";
  bedita.cors_allow_origin = {"https://app.example.org", "*.sites.example"};
  const std::string base = bedita.public_base_url;
  for (const char* url :
       {"https://dir.example.org/x", "https://app.example.org/x", "https://a.sites.example/x"}) {
    EXPECT_TRUE(Allows(bedita, base, url)) << url;
  }
  for (const char* url : {"https://other.example/x", "https://evil.example/.sites.example",
                          "https://evil.example?.sites.example", "https://x@a.sites.example/"}) {
    EXPECT_FALSE(Allows(bedita, base, url)) << url;
  }
  bedita.cors_allow_origin = {"*"};
  EXPECT_FALSE(Allows(bedita, base, "https://other.example/x"));
}

TEST(BeditaLinks, DoNotTrustWhatARequestSaysOfItself) {
  const config::Bedita bedita;
  EXPECT_FALSE(Allows(bedita, "https://forged.example", "https://forged.example/x"));
  EXPECT_TRUE(Allows(bedita, "http://127.0.0.1:8080", "http://127.0.0.1:8080/x"));
  EXPECT_TRUE(Allows(bedita, "http://bedita.localhost:8080", "http://bedita.localhost:8080/x"));
  EXPECT_FALSE(Allows(bedita, "http://127.0.0.1:8080", "http://127.0.0.1:8081/x"));
}

TEST(BeditaLinks, CarryOneMoreParameter) {
  EXPECT_EQ(WithParameter("https://a.example/x", "uuid", "1"), "https://a.example/x?uuid=1");
  EXPECT_EQ(WithParameter("https://a.example/x?y=z", "to", "b&c d"),
            "https://a.example/x?y=z&to=b%26c%20d");
}

}  // namespace
}  // namespace rosterd::bedita

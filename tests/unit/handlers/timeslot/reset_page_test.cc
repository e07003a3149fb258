#include "handlers/timeslot/reset_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "directory/secrets.h"

namespace rosterd::timeslot {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Header(const fcgi::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

class TimeslotResetPage : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { directory::InitialiseSecrets(); }
};

TEST_F(TimeslotResetPage, AsksForAPasswordTwice) {
  const auto page = PasswordForm({"/v1/users/reset/password", "secret-of-the-link"});
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, StartsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
  EXPECT_THAT(page.body, HasSubstr("<form method=\"post\" action=\"/v1/users/reset/password\">"));
  EXPECT_THAT(page.body, HasSubstr("name=\"token\" value=\"secret-of-the-link\""));
  EXPECT_THAT(page.body, HasSubstr("<label for=\"password\">New password</label>\n"
                                   "<input type=\"password\" id=\"password\" name=\"password\""
                                   " autocomplete=\"new-password\" required"
                                   " aria-describedby=\"rule\" autofocus>"));
  EXPECT_THAT(page.body, HasSubstr("<label for=\"repeated\">"));
  EXPECT_THAT(page.body, Not(HasSubstr("alert")));
}

TEST_F(TimeslotResetPage, SaysWhatIsWrongWithThePassword) {
  const auto page = PasswordForm({"/p", "t"}, PasswordProblem::kTooShort);
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, HasSubstr("<title>Error: Set a new password</title>"));
  EXPECT_THAT(page.body, HasSubstr("<p class=\"problem\" id=\"problem\" role=\"alert\">The password"
                                   " is too short. Use at least 5 characters.</p>"));
  EXPECT_THAT(page.body, HasSubstr("aria-describedby=\"problem rule\" aria-invalid=\"true\""
                                   " autofocus>\n<label for=\"repeated\">"));
}

TEST_F(TimeslotResetPage, SaysWhatIsWrongWithTheRepetition) {
  const auto page = PasswordForm({"/p", "t"}, PasswordProblem::kNotRepeated);
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, HasSubstr("name=\"repeated\" autocomplete=\"new-password\" required"
                                   " aria-describedby=\"problem\" aria-invalid=\"true\">"));
  EXPECT_THAT(page.body, HasSubstr("aria-describedby=\"problem rule\" autofocus>"));
}

TEST_F(TimeslotResetPage, SaysHowLongAPasswordIs) {
  const auto page = PasswordForm({"/p", "t", 12, 64}, PasswordProblem::kTooLong);
  EXPECT_THAT(page.body, HasSubstr("<p id=\"rule\">Use 12 to 64 characters.</p>"));
  EXPECT_THAT(page.body, HasSubstr("Use at most 64 characters."));
  EXPECT_THAT(PasswordForm({"/p", "t", 12, 64}, PasswordProblem::kTooShort).body,
              HasSubstr("Use at least 12 characters."));
}

TEST_F(TimeslotResetPage, LetsNothingBecomeMarkup) {
  const auto page = PasswordForm({"/\"><script>", "'\"&<>"});
  EXPECT_THAT(page.body, HasSubstr("action=\"/&quot;&gt;&lt;script&gt;\""));
  EXPECT_THAT(page.body, HasSubstr("value=\"&#39;&quot;&amp;&lt;&gt;\""));
}

TEST_F(TimeslotResetPage, AllowsItsOwnStyleAndNothingElse) {
  for (const auto& page : {PasswordForm({"/p", "t"}), PasswordChanged(), LinkRefused(410),
                           LinkRefused(404), TryLater()}) {
    EXPECT_THAT(Header(page, "Content-Security-Policy"),
                ::testing::MatchesRegex(
                    "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action 'self';"
                    " base-uri 'none'; frame-ancestors 'none'"));
    EXPECT_EQ(Header(page, "Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(Header(page, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(Header(page, "Cache-Control"), "no-store");
    EXPECT_EQ(Header(page, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(Header(page, "X-Frame-Options"), "DENY");
    EXPECT_THAT(page.body, Not(HasSubstr("<script")));
    EXPECT_THAT(page.body, Not(HasSubstr("http")));
  }
}

TEST_F(TimeslotResetPage, DoesNotTellAUsedLinkFromNone) {
  EXPECT_EQ(LinkRefused(410).body, LinkRefused(404).body);
  EXPECT_EQ(LinkRefused(410).status, 410);
  EXPECT_EQ(TryLater().status, 503);
  EXPECT_EQ(Header(TryLater(), "Retry-After"), "60");
}

}  // namespace
}  // namespace rosterd::timeslot

#include "handlers/timeslot/reset_page.h"

#include <openssl/evp.h>

#include <array>
#include <string>
#include <utility>

#include "directory/mail.h"
#include "directory/secrets.h"

namespace rosterd::timeslot {
namespace {

// Wide enough at 320 px; every text has a contrast of 7 to its ground, every border 4.5.
constexpr std::string_view kStyle =
    "body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff}"
    "main{max-width:26rem;margin:0 auto;padding:1.5rem 1rem}"
    "h1{margin:0 0 1rem;font-size:1.5rem;line-height:1.25}"
    "label{display:block;margin-top:1rem;font-weight:600}"
    "input{box-sizing:border-box;width:100%;margin-top:.5rem;min-height:2.75rem;padding:.5rem;font:"
    "inherit;"
    "color:#1b1b1b;background:#fff;border:2px solid #595959;border-radius:.25rem}"
    "input[aria-invalid]{border-color:#a4001a}"
    ".problem{padding:.75rem 1rem;color:#7d0014;background:#fdf1f2;border:2px solid #a4001a;"
    "border-radius:.25rem}"
    "button{min-height:2.75rem;margin-top:1.5rem;padding:.5rem 1.25rem;font:inherit;"
    "font-weight:600;color:#fff;background:#0a4b8f;border:2px solid #0a4b8f;border-radius:.25rem}"
    ":focus-visible{outline:3px solid #8a4600;outline-offset:2px}";

/// A problem as the person reads it, and the field that it is about.
struct Told {
  std::string text;
  bool about_repetition = false;
};

Told Tell(PasswordProblem problem, const PasswordFormView& view) {
  switch (problem) {
    case PasswordProblem::kMissing:
      return {"Enter a new password."};
    case PasswordProblem::kTooShort:
      return {"The password is too short. Use at least " + std::to_string(view.shortest) +
              " characters."};
    case PasswordProblem::kTooLong:
      return {"The password is too long. Use at most " + std::to_string(view.longest) +
              " characters."};
    case PasswordProblem::kBadCharacter:
      return {"The password holds a character that cannot be used. Type it anew."};
    case PasswordProblem::kNotRepeated:
      break;
  }
  return {"The two passwords are not the same. Type both anew.", true};
}

/// The one style sheet that the page may have, by its digest.
std::string StyleSource() {
  const std::string digest = directory::Sha256(kStyle);
  std::array<unsigned char, 48> encoded{};  // 32 bytes in Base64, and a NUL
  const int size = EVP_EncodeBlock(encoded.data(),
                                   // OpenSSL speaks unsigned char; both are bytes.
                                   reinterpret_cast<const unsigned char*>(digest.data()),
                                   static_cast<int>(digest.size()));
  return "'sha256-" + std::string(encoded.begin(), encoded.begin() + size) + "'";
}

fcgi::Response Page(int status, std::string_view title, std::string_view main) {
  fcgi::Response page;
  page.status = status;
  page.SetHeader("Content-Type", "text/html; charset=utf-8");
  page.SetHeader("Content-Security-Policy",
                 "default-src 'none'; style-src " + StyleSource() +
                     "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  page.SetHeader("X-Frame-Options", "DENY");
  page.SetHeader("X-Content-Type-Options", "nosniff");
  page.SetHeader("Referrer-Policy", "no-referrer");
  page.SetHeader("Cache-Control", "no-store");
  page.body.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
      .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
      .append("<meta name=\"robots\" content=\"noindex\">\n")
      .append("<title>")
      .append(title)
      .append("</title>\n<style>")
      .append(kStyle)
      .append("</style>\n</head>\n<body>\n<main>\n")
      .append(main)
      .append("</main>\n</body>\n</html>\n");
  return page;
}

/// One field with its label. `described_by` names the texts that belong to it.
struct Field {
  std::string_view name;
  std::string_view label;
  std::string_view described_by;
  bool invalid = false;
  bool focus = false;
};

std::string ToHtml(const Field& field) {
  std::string html = R"(<label for=")";
  html.append(field.name).append("\">").append(field.label).append("</label>\n");
  html.append(R"(<input type="password" id=")").append(field.name).append("\" name=\"");
  html.append(field.name).append("\" autocomplete=\"new-password\" required");
  if (!field.described_by.empty()) {
    html.append(" aria-describedby=\"").append(field.described_by).append("\"");
  }
  if (field.invalid) html.append(" aria-invalid=\"true\"");
  if (field.focus) html.append(" autofocus");
  return html.append(">\n");
}

/// Both fields. A page holds no password that was typed, so both are to be typed anew: the focus is
/// on the first one, which also tells of a problem with the second.
std::string Fields(const std::optional<Told>& told) {
  return ToHtml({.name = "password",
                 .label = "New password",
                 .described_by = told ? "problem rule" : "rule",
                 .invalid = told && !told->about_repetition,
                 .focus = true}) +
         ToHtml({.name = "repeated",
                 .label = "New password, once more",
                 .described_by = told && told->about_repetition ? "problem" : "",
                 .invalid = told && told->about_repetition});
}

}  // namespace

fcgi::Response PasswordForm(const PasswordFormView& view, std::optional<PasswordProblem> problem) {
  std::optional<Told> told;
  if (problem) told = Tell(*problem, view);
  std::string main = "<h1>Set a new password</h1>\n";
  if (told) {
    main.append(R"(<p class="problem" id="problem" role="alert">)")
        .append(told->text)
        .append("</p>\n");
  }
  main.append(R"(<form method="post" action=")")
      .append(directory::EscapeHtml(view.action))
      .append("\">\n<input type=\"hidden\" name=\"token\" value=\"")
      .append(directory::EscapeHtml(view.token))
      .append("\">\n<p id=\"rule\">Use ")
      .append(std::to_string(view.shortest))
      .append(" to ")
      .append(std::to_string(view.longest))
      .append(" characters.</p>\n")
      .append(Fields(told))
      .append("<button type=\"submit\">Set the password</button>\n</form>\n");
  return Page(told ? 422 : 200, told ? "Error: Set a new password" : "Set a new password", main);
}

fcgi::Response PasswordChanged() {
  return Page(200, "Password changed",
              "<h1>Password changed</h1>\n"
              "<p>Your new password is set, and all devices are signed out. Open the app and sign "
              "in with the new password.</p>\n");
}

fcgi::Response LinkRefused(int status) {
  return Page(status, "This link does not work",
              "<h1>This link does not work</h1>\n"
              "<p>A link to set a new password works once, and for one hour. Ask for a new one in "
              "the app.</p>\n");
}

fcgi::Response TryLater() {
  fcgi::Response page =
      Page(503, "Try again later",
           "<h1>Try again later</h1>\n"
           "<p>Your password was not changed. Wait a minute, then open the link in the mail once "
           "more.</p>\n");
  page.SetHeader("Retry-After", "60");
  return page;
}

}  // namespace rosterd::timeslot

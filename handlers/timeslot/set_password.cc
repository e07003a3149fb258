#include "handlers/timeslot/set_password.h"

#include <algorithm>
#include <optional>
#include <string>

#include "fcgi/form.h"
#include "handlers/timeslot/reset_page.h"
#include "handlers/timeslot/text.h"

namespace rosterd::timeslot {
namespace {

constexpr int kShortestPassword = 5;
constexpr int kLongestPassword = 72;

std::string QueryToken(const Call& call) {
  const auto query = fcgi::ParseForm(call.request.query);
  const fcgi::Value* token = query ? query->Find("token") : nullptr;
  const std::string* text = token == nullptr ? nullptr : token->AsText();
  return text == nullptr ? "" : *text;
}

std::string FormAction(const Call& call) {
  return call.request.prefix + std::string(kResetPagePath);
}

PasswordFormView View(const Services& services, std::string_view action, std::string_view secret) {
  return {.action = action,
          .token = secret,
          .shortest = std::max(kShortestPassword, services.settings.directory.min_password_length),
          .longest = kLongestPassword};
}

fcgi::Response Refuse(const directory::Refusal& refusal, std::string_view secret) {
  if (refusal == directory::Refusal::Kind::kNotFound) {
    return LinkRefused(ResetLinks::LooksRight(secret) ? 410 : 404);
  }
  return TryLater();
}

std::optional<PasswordProblem> Check(const std::string& password, const std::string& repeated,
                                     const PasswordFormView& view) {
  if (IsBlank(std::string_view(password))) return PasswordProblem::kMissing;
  if (password.find('\0') != std::string::npos) return PasswordProblem::kBadCharacter;
  const size_t length = Length(password);
  if (length < static_cast<size_t>(view.shortest)) return PasswordProblem::kTooShort;
  if (length > static_cast<size_t>(view.longest)) return PasswordProblem::kTooLong;
  if (password != repeated) return PasswordProblem::kNotRepeated;
  return std::nullopt;
}

}  // namespace

Answer ShowPasswordPage::operator()(const Call& call) const {
  const std::string secret = QueryToken(call);
  const auto link = links_.Find(secret);
  if (!link) return Refuse(link.error(), secret);
  const std::string action = FormAction(call);
  return PasswordForm(View(services_, action, secret));
}

Answer SetPassword::operator()(const Call& call) const {
  const std::string secret = call.body.Get("token").text;
  const auto link = links_.Find(secret);
  if (!link) return Refuse(link.error(), secret);

  const std::string password = call.body.Get("password").text;
  const std::string action = FormAction(call);
  const PasswordFormView view = View(services_, action, secret);
  if (const auto problem = Check(password, call.body.Get("repeated").text, view)) {
    return PasswordForm(view, problem);
  }
  directory::Actor actor = call.ToActor();
  actor.user = link->user;
  actor.credential = "reset:" + std::to_string(link->credential);
  const auto used = links_.Use(actor, secret, *link, password);
  if (!used) return Refuse(used.error(), secret);
  return PasswordChanged();
}

}  // namespace rosterd::timeslot

#include "handlers/timeslot/set_password.h"

#include <optional>
#include <string>

#include "fcgi/form.h"
#include "handlers/timeslot/reset_page.h"
#include "handlers/timeslot/text.h"

namespace rosterd::timeslot {
namespace {

constexpr size_t kLeastPassword = 5;
constexpr size_t kMostPassword = 72;

std::string QueryToken(const Call& call) {
  const auto query = fcgi::ParseForm(call.request.query);
  const fcgi::Value* token = query ? query->Find("token") : nullptr;
  const std::string* text = token == nullptr ? nullptr : token->AsText();
  return text == nullptr ? "" : *text;
}

std::string FormAction(const Call& call) {
  return call.request.prefix + std::string(kResetPagePath);
}

fcgi::Response Refuse(const directory::Refusal& refusal, std::string_view secret) {
  if (refusal == directory::Refusal::Kind::kNotFound) {
    return LinkRefused(ResetLinks::LooksRight(secret) ? 410 : 404);
  }
  return TryLater();
}

std::optional<PasswordProblem> Check(const std::string& password, const std::string& repeated) {
  if (IsBlank(std::string_view(password))) return PasswordProblem::kMissing;
  if (password.find('\0') != std::string::npos) return PasswordProblem::kBadCharacter;
  if (Length(password) < kLeastPassword) return PasswordProblem::kTooShort;
  if (Length(password) > kMostPassword) return PasswordProblem::kTooLong;
  if (password != repeated) return PasswordProblem::kNotRepeated;
  return std::nullopt;
}

}  // namespace

Answer ShowPasswordPage::operator()(const Call& call) const {
  const std::string secret = QueryToken(call);
  const auto link = links_.Find(secret);
  if (!link) return Refuse(link.error(), secret);
  return PasswordForm(FormAction(call), secret);
}

Answer SetPassword::operator()(const Call& call) const {
  const std::string secret = call.body.Get("token").text;
  const auto link = links_.Find(secret);
  if (!link) return Refuse(link.error(), secret);

  const std::string password = call.body.Get("password").text;
  if (const auto problem = Check(password, call.body.Get("repeated").text)) {
    return PasswordForm(FormAction(call), secret, problem);
  }
  directory::Actor actor = call.ToActor();
  actor.user = link->user;
  actor.credential = "reset:" + std::to_string(link->credential);
  const auto used = links_.Use(actor, secret, *link, password);
  if (!used) return Refuse(used.error(), secret);
  return PasswordChanged();
}

}  // namespace rosterd::timeslot

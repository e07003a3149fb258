#include "handlers/timeslot/request_reset.h"

#include <string>
#include <variant>

#include "directory/mail.h"
#include "directory/secrets.h"
#include "handlers/timeslot/answer.h"
#include "handlers/timeslot/reset_link.h"
#include "handlers/timeslot/use_limit.h"

namespace rosterd::timeslot {
namespace {

using directory::Mail;
using directory::MailTemplates;
using directory::Outcome;
using directory::Refusal;

constexpr std::string_view kLinkMail = "timeslot.reset";
constexpr std::string_view kPasswordMail = "timeslot.temporary";
constexpr size_t kPasswordSize = 16;

std::string LinkAddress(const Call& call, const config::Timeslot& settings,
                        std::string_view secret) {
  std::string address = settings.public_url.empty() ? call.MailedBaseUrl() : settings.public_url;
  while (address.ends_with('/')) address.pop_back();
  return address.append(kResetPagePath).append("?token=").append(secret);
}

/// Whether the mail may still go where it was rendered for.
bool IsSame(const db::Person& found, const db::Person& now) {
  return !now.deleted_at && now.email == found.email;
}

}  // namespace

Answer RequestReset::operator()(const Call& call) const {
  if (call.body.IsBlank("email")) return Problem::Missing("email");
  const Scalar email = call.body.Get("email");
  if (email.text.find('\0') != std::string::npos) return Problem::Invalid("email");

  const auto person = Find(call, email.text);
  if (!person) return ToProblem(person.error());
  const bool by_link = services_.settings.timeslot.reset_mode == "link";
  const auto sent = by_link ? SendLink(call, *person) : SendPassword(call, *person);
  if (!sent) return ToProblem(sent.error());
  return OneSpaceAnswer();
}

Outcome<db::Person> RequestReset::Find(const Call& call, std::string_view email) const {
  const config::Timeslot& settings = services_.settings.timeslot;
  // Committed also when nobody is found, so that trying addresses is counted.
  using Found = std::optional<db::Person>;
  const auto found = services_.connection.Transaction([&](db::Session& session) -> Outcome<Found> {
    Found person = db::PersonStore::FindByEmail(session, email);
    std::vector<directory::Throttle::Limit> limits = {HourlyLimit(
        "timeslot.reset.address", call.request.remote_address, settings.resets_per_address)};
    if (person) {
      limits.push_back(HourlyLimit("timeslot.reset.account", std::to_string(person->id.value),
                                   settings.resets_per_account));
    }
    const auto counted = CountUse(session, services_.throttle, limits);
    if (!counted) return counted.error();
    return person;
  });
  if (!found) return found.error();
  if (!*found) return Refusal(Refusal::Kind::kNotFound);
  return **found;
}

Outcome<std::monostate> RequestReset::SendLink(const Call& call, const db::Person& found) const {
  const std::string secret = ResetLinks::MakeSecret();
  const Mail mail = MailTemplates(services_.settings.mail.templates)
                        .Render(kLinkMail,
                                {{"link", LinkAddress(call, services_.settings.timeslot, secret)},
                                 {"minutes", std::to_string(kResetLinkLifetime.count())}},
                                found.email.value_or(""));
  return services_.connection.Transaction([&](db::Session& session) -> Outcome<std::monostate> {
    const auto person = db::PersonStore::Find(session, found.id, /*lock=*/true);
    if (!person || !IsSame(found, *person)) return Refusal::Kind::kNotFound;
    ResetLinks::Add(session, call.ToActor(), found.id, secret);
    directory::QueueMail(session, kLinkMail, found.id, mail);
    return std::monostate();
  });
}

Outcome<std::monostate> RequestReset::SendPassword(const Call& call,
                                                   const db::Person& found) const {
  const std::string password = directory::RandomAlphanumeric(kPasswordSize);
  const auto stored = services_.passwords.Hash(password);
  if (!stored) return Refusal::Kind::kBusy;
  const Mail mail = MailTemplates(services_.settings.mail.templates)
                        .Render(kPasswordMail, {{"password", password}}, found.email.value_or(""));
  const auto edit = [&](db::Session& session, db::Person& person,
                        directory::EditExtras& /*extras*/) -> Outcome<std::monostate> {
    if (!IsSame(found, person)) return Refusal::Kind::kNotFound;
    person.password = *stored;
    directory::QueueMail(session, kPasswordMail, person.id, mail);
    return std::monostate();
  };
  const auto updated = services_.persons.Update(call.ToActor(), found.id, edit);
  if (!updated) return updated.error();
  return std::monostate();
}

}  // namespace rosterd::timeslot

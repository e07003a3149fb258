#include "directory/mailer.h"

#include <algorithm>
#include <exception>
#include <utility>
#include <variant>
#include <vector>

#include "config/log.h"
#include "db/migrator.h"
#include "directory/mail.h"
#include "directory/mail_message.h"
#include "directory/persons.h"

namespace rosterd::directory {
namespace {

using Done = std::monostate;

constexpr std::chrono::milliseconds kPoll{300};
constexpr std::chrono::milliseconds kPollWithoutSchema{1000};
constexpr std::chrono::seconds kSendLimit{60};
// So long a mail belongs to who took it; it is tried again when that one died.
constexpr std::chrono::seconds kLease{150};
constexpr std::chrono::hours kLongestPause{4};
constexpr int kCandidates = 8;
constexpr size_t kFailureSize = 255;

bool HasSchema(db::Connection& connection) {
  const auto version = db::SchemaVersion(connection);
  return version && *version >= db::kSchemaVersion;
}

std::string Name(const db::OutboxMail& mail) {
  return "mail " + std::to_string(mail.id) + " (" + mail.kind + ", person " +
         std::to_string(mail.user.value) + ")";
}

}  // namespace

Mailer::Mailer(config::Mail settings, db::Connection& connection, CountEvent count_event)
    : settings_(std::move(settings)),
      connection_(connection),
      count_event_(std::move(count_event)),
      carrier_(MakeMailCarrier(settings_)) {}

void Mailer::Run(const Wait& wait) {
  while (!HasSchema(connection_)) {
    if (!wait(kPollWithoutSchema)) return;
  }
  while (wait(SendNext() ? std::chrono::milliseconds(0) : kPoll)) continue;
  Settle();
}

bool Mailer::SendNext() {
  if (!Settle()) return false;
  const auto mail = Take();
  if (!mail) return false;
  unwritten_ = Try(*mail);
  return Settle();
}

std::optional<db::OutboxMail> Mailer::Take() {
  using Ids = std::vector<uint64_t>;
  using Claimed = std::optional<db::OutboxMail>;
  const db::Time now = db::Now();
  const auto due = connection_.Read([&](db::Session& session) -> db::StoreResult<Ids> {
    return db::Outbox::Due(session, now, kCandidates);
  });
  if (!due) return std::nullopt;
  for (const uint64_t id : *due) {
    auto claimed = connection_.Transaction([&](db::Session& session) -> db::StoreResult<Claimed> {
      return db::Outbox::Claim(session, id, now, now + kLease);
    });
    if (!claimed) return std::nullopt;
    if (*claimed) return *std::move(claimed);
  }
  return std::nullopt;
}

Mailer::Outcome Mailer::Try(const db::OutboxMail& mail) {
  const auto from = MailAddress(settings_.from);
  const auto to = MailAddress(mail.recipient);
  if (!from || !to) return {mail, "no mail can go to this address", true};
  const Letter letter{*from, *to, MailMessage(mail, *from, *to, db::Now())};
  std::optional<std::string> failure;
  try {
    failure = carrier_->Send(letter, kSendLimit);
  } catch (const std::exception& thrown) {
    failure = thrown.what();
  }
  if (failure) {
    failure = OneLine(*failure, kFailureSize);
    failure->resize(failure->find_last_not_of(' ') + 1);
  }
  count_event_(kEvents[failure ? 1 : 0]);
  return {mail, failure, false};
}

bool Mailer::Settle() {
  if (!unwritten_) return true;
  const Outcome& outcome = *unwritten_;
  const db::Time now = db::Now();
  const auto written = connection_.Transaction([&](db::Session& session) -> db::StoreResult<Done> {
    Record(session, outcome, now);
    return Done();
  });
  if (!written) return false;
  if (outcome.failure) {
    const std::string after = std::to_string(outcome.mail.tries) + ": " + *outcome.failure;
    if (IsOver(outcome, now)) {
      Log(Priority::kError, Name(outcome.mail) + " is given up after try " + after);
    } else {
      Log(Priority::kWarning, Name(outcome.mail) + " was not sent at try " + after);
    }
  }
  unwritten_.reset();
  return true;
}

void Mailer::Record(db::Session& session, const Outcome& outcome, db::Time now) const {
  const db::OutboxMail& mail = outcome.mail;
  if (!outcome.failure) {
    db::Outbox::Remove(session, mail.id);
    return;
  }
  if (!IsOver(outcome, now)) {
    db::Outbox::Fail(session, mail.id, *outcome.failure, now, NextTry(mail, now));
    return;
  }
  db::Outbox::GiveUp(session, mail.id, *outcome.failure, now);
  Actor actor;
  actor.dialect = "rosterd";
  actor.credential = "mailer";
  Persons::Audit(session, actor, "mail.give_up", mail.user, mail.kind, Persons::Shown::kNowhere);
}

bool Mailer::IsOver(const Outcome& outcome, db::Time now) const {
  return outcome.hopeless || now - outcome.mail.created_at >= settings_.give_up_after;
}

// The last try is made when the time is over.
db::Time Mailer::NextTry(const db::OutboxMail& mail, db::Time now) const {
  const auto longest = std::max<std::chrono::seconds>(kLongestPause, settings_.retry_delay);
  std::chrono::seconds pause = settings_.retry_delay;
  for (uint64_t i = 1; i < mail.tries && pause < longest; ++i) pause *= 2;
  const db::Time next = now + std::min(pause, longest);
  return std::min<db::Time>(next, std::max<db::Time>(mail.created_at + settings_.give_up_after,
                                                     now + std::chrono::seconds(1)));
}

}  // namespace rosterd::directory

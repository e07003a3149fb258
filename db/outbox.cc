#include "db/outbox.h"

namespace rosterd::db {
namespace {

constexpr std::string_view kAdd =
    "INSERT INTO mail_outbox (kind, user_id, recipient, subject, text_body, html_body, created_at,"
    " next_try_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

constexpr std::string_view kDue =
    "SELECT id FROM mail_outbox WHERE given_up_at IS NULL AND next_try_at <= ?"
    " ORDER BY next_try_at, id LIMIT ?";

// By the primary key alone, so that no gap is locked in which requests queue their mails.
constexpr std::string_view kLock =
    "SELECT kind, user_id, recipient, subject, text_body, html_body, created_at, tries"
    " FROM mail_outbox WHERE id = ? AND given_up_at IS NULL AND next_try_at <= ? FOR UPDATE";

constexpr std::string_view kClaim =
    "UPDATE mail_outbox SET tries = tries + 1, next_try_at = ? WHERE id = ?";

constexpr std::string_view kRemove = "DELETE FROM mail_outbox WHERE id = ?";

constexpr std::string_view kFail =
    "UPDATE mail_outbox SET failure = ?, failed_at = ?, next_try_at = ?"
    " WHERE id = ? AND given_up_at IS NULL";

constexpr std::string_view kGiveUp =
    "UPDATE mail_outbox SET failure = ?, failed_at = ?, given_up_at = ?, text_body = '',"
    " html_body = '' WHERE id = ? AND given_up_at IS NULL";

constexpr std::string_view kRemoveOfUser = "DELETE FROM mail_outbox WHERE user_id = ?";

constexpr std::string_view kSweep =
    "DELETE FROM mail_outbox WHERE given_up_at < ? ORDER BY given_up_at LIMIT ?";

constexpr std::string_view kCount =
    "SELECT SUM(given_up_at IS NULL), SUM(given_up_at IS NOT NULL),"
    " MIN(IF(given_up_at IS NULL, created_at, NULL)) FROM mail_outbox";

constexpr std::string_view kLastFailure =
    "SELECT failure FROM mail_outbox WHERE failed_at IS NOT NULL ORDER BY failed_at DESC, id DESC"
    " LIMIT 1";

}  // namespace

void Outbox::Add(Session& session, const OutboxMail& mail) {
  session.Execute(kAdd, mail.kind, mail.user, mail.recipient, mail.subject, mail.text, mail.html,
                  mail.created_at, mail.created_at);
}

std::vector<uint64_t> Outbox::Due(Session& session, Time now, int limit) {
  std::vector<uint64_t> due;
  Rows rows = session.Query(kDue, now, limit);
  while (rows.Next()) due.push_back(rows.Number(0));
  return due;
}

std::optional<OutboxMail> Outbox::Claim(Session& session, uint64_t id, Time now, Time until) {
  Rows rows = session.Query(kLock, id, now);
  if (!rows.Next()) return std::nullopt;
  OutboxMail mail;
  mail.id = id;
  mail.kind = rows.Text(0);
  mail.user = {rows.Number(1)};
  mail.recipient = rows.Text(2);
  mail.subject = rows.Text(3);
  mail.text = rows.Text(4);
  mail.html = rows.Text(5);
  mail.created_at = rows.Moment(6).value_or(now);
  mail.tries = rows.Number(7) + 1;
  session.Execute(kClaim, until, id);
  return mail;
}

void Outbox::Remove(Session& session, uint64_t id) { session.Execute(kRemove, id); }

void Outbox::Fail(Session& session, uint64_t id, std::string_view failure, Time now,
                  Time next_try) {
  session.Execute(kFail, failure, now, next_try, id);
}

void Outbox::GiveUp(Session& session, uint64_t id, std::string_view failure, Time now) {
  session.Execute(kGiveUp, failure, now, now, id);
}

void Outbox::RemoveOfUser(Session& session, UserId user) { session.Execute(kRemoveOfUser, user); }

uint64_t Outbox::Sweep(Session& session, Time before, int limit) {
  return session.Execute(kSweep, before, limit).rows;
}

Outbox::State Outbox::Look(Session& session) {
  State state;
  Rows counts = session.Query(kCount);
  if (counts.Next()) {
    state.waiting = counts.Number(0);
    state.given_up = counts.Number(1);
    state.oldest = counts.Moment(2);
  }
  Rows failures = session.Query(kLastFailure);
  if (failures.Next()) state.last_failure = failures.Text(0);
  return state;
}

}  // namespace rosterd::db

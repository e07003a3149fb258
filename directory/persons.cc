#include "directory/persons.h"

#include <algorithm>
#include <chrono>

#include "db/audit.h"
#include "db/credentials.h"
#include "db/outbox.h"
#include "db/tally.h"
#include "directory/person_rules.h"
#include "directory/secrets.h"

namespace rosterd::directory {

namespace {

using Done = std::monostate;

constexpr size_t kSuffixSize = 8;
constexpr size_t kAuditTextSize = 64;  // bytes; the columns hold as many characters

/// At most `size` bytes of a text, whole characters only.
std::string Cut(std::string_view text, size_t size) {
  if (text.size() <= size) return std::string(text);
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return std::string(text.substr(0, size));
}

std::string MadeUpUsername(UserId id) { return "user_" + std::to_string(id.value); }

/// The row, locked. A purged one is not there.
Outcome<db::Person> Locked(db::Session& session, UserId id) {
  auto person = db::PersonStore::Find(session, id, /*lock=*/true);
  if (!person || person->username.empty()) return Refusal::Kind::kNotFound;
  return *std::move(person);
}

/// The same when it is live (or deleted, as wanted).
Outcome<db::Person> Locked(db::Session& session, UserId id, bool deleted) {
  auto person = Locked(session, id);
  if (person && person->deleted_at.has_value() != deleted) return Refusal::Kind::kNotFound;
  return person;
}

Outcome<Done> Ask(const Persons::Guard& guard, db::Session& session, const db::Person& person) {
  if (!guard) return Done();
  return guard(session, person);
}

/// One edit of a person on its way into the database.
struct Revision {
  db::Person before;
  db::Person after;
  EditExtras extras;
  db::Time now;

  bool DeletesOrRestores() const {
    return before.deleted_at.has_value() != after.deleted_at.has_value();
  }
};

/// What a cached verdict about a person may hang on: whether it may sign in, by which names and
/// password.
bool TouchesCredentials(const Revision& change) {
  const db::Person& before = change.before;
  const db::Person& after = change.after;
  return change.extras.rights_changed || change.extras.realm.has_value() ||
         change.DeletesOrRestores() || before.status != after.status ||
         before.blocked != after.blocked || before.password != after.password ||
         before.username != after.username || before.email != after.email;
}

/// Rule 3: a new password, and a status that forbids to sign in, end what lets the person in. API
/// keys stay; who looks them up refuses them while the person may not sign in.
void EndCredentials(db::Session& session, const Revision& change) {
  const db::Person& before = change.before;
  const db::Person& after = change.after;
  if (change.DeletesOrRestores()) {
    db::CredentialStore::RevokeOfUser(session, after.id, {}, 0, change.now);
    return;
  }
  const bool barred =
      (before.status != after.status || before.blocked != after.blocked) && !MaySignIn(after);
  if (!barred && before.password == after.password) return;
  db::CredentialStore::RevokeOfUser(session, after.id, change.extras.kept_kinds,
                                    barred ? 0 : change.extras.kept_credential, change.now);
}

/// Writes an edit with its audit row and its consequences; false when it changes nothing.
Outcome<bool> Write(db::Session& session, const Actor& actor, Revision& change,
                    bool reserve_names) {
  const EditExtras& extras = change.extras;
  if (!HasCleanTexts(change.before, change.after, extras.values)) return Refusal::Kind::kBadText;
  const std::string fields =
      JoinFields(ChangedFields(change.before, change.after), extras.values, extras.more_fields);
  const bool edited = !fields.empty() || extras.realm;
  if (!edited && !change.DeletesOrRestores()) return false;
  if (!extras.keep_updated_at) change.after.updated_at = change.now;
  db::PersonStore::Update(session, change.before, change.after, extras.realm, extras.values,
                          reserve_names);
  EndCredentials(session, change);
  if (edited) Persons::Audit(session, actor, "user.update", change.after.id, fields);
  if (change.DeletesOrRestores()) {
    const std::string_view action = change.after.deleted_at ? "user.delete" : "user.restore";
    Persons::Audit(session, actor, action, change.after.id, "deleted_at");
  }
  return true;
}

/// Keeps out of an edit what only other calls may change, and the username from being empty.
void Restrain(Revision& change) {
  Normalise(change.after);
  change.after.id = change.before.id;
  change.after.deleted_at = change.before.deleted_at;
  const std::optional<bool>& deleted = change.extras.deleted;
  if (deleted && *deleted && !change.before.deleted_at) change.after.deleted_at = change.now;
  if (deleted && !*deleted) change.after.deleted_at.reset();
  if (change.after.username.empty()) change.after.username = MadeUpUsername(change.after.id);
}

/// Moves the epoch when a unit of work was committed, or may have been: without an answer to the
/// commit nobody knows.
template <typename T>
void Settle(const Outcome<T>& outcome, CredentialEpoch& epoch) {
  if (outcome || outcome.error() == Refusal::Kind::kUnavailable) epoch.Advance();
}

/// Runs `work` for each id, the lowest first as everybody locks them; who is not there does not
/// count.
template <typename Work>
Outcome<Done> ForEach(std::vector<UserId>& ids, const Work& work) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (const UserId id : ids) {
    const Outcome<Done> outcome = work(id);
    if (!outcome && !(outcome.error() == Refusal::Kind::kNotFound)) return outcome;
  }
  return Done();
}

}  // namespace

Persons::Persons(db::Connection& connection, const config::Directory& settings,
                 CredentialEpoch& epoch)
    : connection_(connection), settings_(settings), epoch_(epoch) {}

Outcome<UserId> Persons::Create(const Actor& actor, NewPerson person,
                                const AfterInsert& after_insert) {
  Normalise(person.person);
  if (!HasCleanTexts({}, person.person, person.values)) return Refusal::Kind::kBadText;
  const auto insert = [&](std::string_view suffix) {
    return Insert(actor, person, after_insert, suffix);
  };
  auto outcome = insert("");
  if (!outcome && outcome.error() == Refusal::Kind::kBusy && person.person.id.value == 0 &&
      SkipTakenIds()) {
    outcome = insert("");
  }
  const bool made_up_name_taken = person.person.username.empty() && !outcome &&
                                  outcome.error() == Refusal::Kind::kUsernameTaken;
  if (!made_up_name_taken) return outcome;
  return insert("_" + RandomAlphanumeric(kSuffixSize));
}

bool Persons::SkipTakenIds() {
  const auto skipped = connection_.Transaction([](db::Session& session) -> Outcome<Done> {
    if (!db::PersonStore::SkipTakenIds(session)) return Refusal::Kind::kNotFound;
    return Done();
  });
  return static_cast<bool>(skipped);
}

Outcome<UserId> Persons::Insert(const Actor& actor, const NewPerson& wanted,
                                const AfterInsert& after_insert, std::string_view suffix) {
  const std::string fields =
      JoinFields(ChangedFields({}, wanted.person), wanted.values, wanted.more_fields);
  return connection_.Transaction([&](db::Session& session) -> Outcome<UserId> {
    db::Person person = wanted.person;
    const db::Time now = db::Now();
    if (person.created_at == db::Time()) person.created_at = now;
    if (person.updated_at == db::Time()) person.updated_at = now;
    if (person.id.value == 0) person.id = db::PersonStore::NewId(session);
    if (person.username.empty()) person.username = MadeUpUsername(person.id).append(suffix);
    db::PersonStore::Insert(session, person, wanted.realm, wanted.values);
    if (after_insert) {
      if (const auto added = after_insert(session, person.id); !added) return added.error();
    }
    Audit(session, actor, "user.create", person.id, fields);
    return person.id;
  });
}

Outcome<db::Person> Persons::Update(const Actor& actor, UserId id, const Edit& edit) {
  return Change(actor, id, edit, Reach::kLive);
}

Outcome<db::Person> Persons::Amend(const Actor& actor, UserId id, const Edit& edit) {
  return Change(actor, id, edit, Reach::kDeletedToo);
}

Outcome<db::Person> Persons::Change(const Actor& actor, UserId id, const Edit& edit, Reach reach) {
  bool moves_epoch = false;
  auto outcome = connection_.Transaction([&](db::Session& session) -> Outcome<db::Person> {
    auto person =
        reach == Reach::kLive ? Locked(session, id, /*deleted=*/false) : Locked(session, id);
    if (!person) return person.error();
    Revision change{*person, *person, {}, db::Now()};
    if (const auto edited = edit(session, change.after, change.extras); !edited)
      return edited.error();
    if (reach == Reach::kLive) change.extras.deleted.reset();
    Restrain(change);
    moves_epoch = TouchesCredentials(change);
    const auto written = Write(session, actor, change, settings_.reserve_deleted_names);
    if (!written) return written.error();
    return change.after;
  });
  if (moves_epoch) Settle(outcome, epoch_);
  return outcome;
}

Outcome<Done> Persons::DeleteOne(db::Session& session, const Actor& actor, UserId id,
                                 const Guard& guard) const {
  const auto person = Locked(session, id, /*deleted=*/false);
  if (!person) return person.error();
  if (const auto allowed = Ask(guard, session, *person); !allowed) return allowed;
  Bury(session, actor, *person);
  return Done();
}

Outcome<Done> Persons::Delete(const Actor& actor, UserId id, const Guard& guard) {
  auto outcome = connection_.Transaction(
      [&](db::Session& session) { return DeleteOne(session, actor, id, guard); });
  Settle(outcome, epoch_);
  return outcome;
}

Outcome<Done> Persons::DeleteAll(const Actor& actor, std::vector<UserId> ids, const Guard& guard) {
  auto outcome = connection_.Transaction([&](db::Session& session) {
    return ForEach(ids, [&](UserId id) { return DeleteOne(session, actor, id, guard); });
  });
  Settle(outcome, epoch_);
  return outcome;
}

Outcome<Done> Persons::Restore(const Actor& actor, UserId id, const Guard& guard) {
  auto outcome = connection_.Transaction([&](db::Session& session) -> Outcome<Done> {
    const auto person = Locked(session, id, /*deleted=*/true);
    if (!person) return person.error();
    if (const auto allowed = Ask(guard, session, *person); !allowed) return allowed;
    db::Person after = *person;
    const db::Time now = db::Now();
    after.deleted_at.reset();
    after.updated_at = now;
    db::PersonStore::Update(session, *person, after, std::nullopt, {},
                            settings_.reserve_deleted_names);
    // What a sign-in issued while the delete was on its way has not ended yet.
    db::CredentialStore::RevokeOfUser(session, id, {}, 0, now);
    Audit(session, actor, "user.restore", id, "deleted_at");
    return Done();
  });
  Settle(outcome, epoch_);
  return outcome;
}

Outcome<Done> Persons::PurgeOne(db::Session& session, const Actor& actor, UserId id,
                                const Guard& guard) const {
  const auto person = Locked(session, id, /*deleted=*/true);
  if (!person) return person.error();
  if (const auto allowed = Ask(guard, session, *person); !allowed) return allowed;
  EraseAll(session, actor, id);
  return Done();
}

Outcome<Done> Persons::Purge(const Actor& actor, UserId id, const Guard& guard) {
  auto outcome = connection_.Transaction(
      [&](db::Session& session) { return PurgeOne(session, actor, id, guard); });
  if (outcome) {
    for (const auto& remove : removers_) remove(id);
  }
  Settle(outcome, epoch_);
  return outcome;
}

Outcome<Done> Persons::PurgeAll(const Actor& actor, std::vector<UserId> ids, const Guard& guard) {
  std::vector<UserId> purged;
  auto outcome = connection_.Transaction([&](db::Session& session) {
    purged.clear();
    return ForEach(ids, [&](UserId id) {
      auto one = PurgeOne(session, actor, id, guard);
      if (one) purged.push_back(id);
      return one;
    });
  });
  if (outcome) {
    for (const UserId id : purged) {
      for (const auto& remove : removers_) remove(id);
    }
  }
  Settle(outcome, epoch_);
  return outcome;
}

Outcome<Done> Persons::DeleteForGood(const Actor& actor, UserId id, const Guard& guard) {
  auto outcome = connection_.Transaction([&](db::Session& session) -> Outcome<Done> {
    const auto person = Locked(session, id, /*deleted=*/false);
    if (!person) return person.error();
    if (const auto allowed = Ask(guard, session, *person); !allowed) return allowed;
    Bury(session, actor, *person);
    EraseAll(session, actor, id);
    return Done();
  });
  if (outcome) {
    for (const auto& remove : removers_) remove(id);
  }
  Settle(outcome, epoch_);
  return outcome;
}

void Persons::Bury(db::Session& session, const Actor& actor, const db::Person& person) const {
  db::Person after = person;
  const db::Time now = db::Now();
  after.deleted_at = now;
  after.updated_at = now;
  db::PersonStore::Update(session, person, after, std::nullopt, {},
                          settings_.reserve_deleted_names);
  db::CredentialStore::RevokeOfUser(session, person.id, {}, 0, now);
  Audit(session, actor, "user.delete", person.id, "deleted_at");
}

void Persons::EraseAll(db::Session& session, const Actor& actor, UserId id) const {
  db::Tallies::Leave(session, id);
  for (const auto& erase : erasers_) erase(session, id);
  db::CredentialStore::RemoveOfUser(session, id);
  db::Outbox::RemoveOfUser(session, id);
  db::AuditStore::ForgetAddresses(session, id);
  db::PersonStore::Erase(session, id);
  Audit(session, actor, "user.purge", id, "");
}

Outcome<int> Persons::PurgeExpired(const Actor& actor, int limit) {
  if (settings_.trash_days <= 0) return 0;
  const db::Time before = db::Now() - std::chrono::days(settings_.trash_days);
  using Ids = std::vector<UserId>;
  const auto expired = connection_.Read([&](db::Session& session) -> Outcome<Ids> {
    return db::PersonStore::ListDeleted(session, before, limit);
  });
  if (!expired) return expired.error();
  int purged = 0;
  for (const UserId id : *expired) {
    const auto outcome = Purge(actor, id);
    // Somebody else purged or restored it meanwhile.
    if (!outcome && outcome.error() == Refusal::Kind::kNotFound) continue;
    if (!outcome) return outcome.error();
    ++purged;
  }
  return purged;
}

void Persons::Audit(db::Session& session, const Actor& actor, std::string_view action, UserId user,
                    std::string_view fields, Shown shown) {
  db::AuditRow row;
  row.at = db::Now();
  row.dialect = actor.dialect;
  row.action = action;
  row.user = user;
  row.actor = actor.user;
  row.credential = Cut(actor.credential, kAuditTextSize);
  row.address = Cut(actor.address, kAuditTextSize);
  row.request_id = Cut(actor.request_id, kAuditTextSize);
  row.fields = fields;
  db::AuditStore::Insert(session, row);
  if (shown == Shown::kInLists) session.Notes().Note();
}

void Persons::Touch(db::Session& session, UserId id, db::Time now) {
  const auto person = Locked(session, id, /*deleted=*/false);
  if (!person) return;
  db::Person after = *person;
  after.updated_at = now;
  db::PersonStore::Update(session, *person, after, std::nullopt, {}, /*reserve_names=*/false);
}

}  // namespace rosterd::directory

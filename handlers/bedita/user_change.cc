#include "handlers/bedita/user_change.h"

#include <algorithm>
#include <utility>

#include "db/bedita/role_store.h"
#include "directory/person_rules.h"
#include "directory/secrets.h"
#include "handlers/bedita/access.h"
#include "handlers/bedita/sight.h"
#include "handlers/bedita/unique_name.h"

namespace rosterd::bedita {
namespace {

using db::bedita::Kind;
using db::bedita::Record;
using db::bedita::RecordStore;
using db::bedita::UserColumnStore;
using directory::EditExtras;
using directory::Outcome;
using directory::Refusal;
namespace user = db::bedita::user;

constexpr size_t kDisplayName = 255;
constexpr size_t kStoredMoment = 19;  // without fractions
constexpr int kMostTries = 10;
constexpr size_t kSuffixBytes = 3;

constexpr std::string_view kTakenUsername = "[username.unique]: The provided value is invalid";
constexpr std::string_view kTakenEmail = "[email.unique]: The provided value is invalid";

/// The first characters of valid UTF-8.
std::string CutCharacters(const std::string& text, size_t most) {
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (starts && ++characters > most) return text.substr(0, i);
  }
  return text;
}

std::string Trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

db::Status ToStatus(const std::string& word, db::Status before) {
  if (word == "on") return db::Status::kActive;
  if (word == "draft") return db::Status::kPending;
  return before == db::Status::kHidden ? before : db::Status::kDisabled;
}

void ApplyShared(const UserFields& fields, db::Person& person) {
  if (fields.Sent(user::kName)) person.first_name = fields.Text(user::kName);
  if (fields.Sent(user::kSurname)) person.last_name = fields.Text(user::kSurname);
  if (fields.Sent(user::kCompanyName)) person.company = fields.Text(user::kCompanyName);
  if (fields.Sent(user::kPhone)) person.phone = fields.Text(user::kPhone);
  if (fields.Sent(user::kUsername)) person.username = fields.Text(user::kUsername);
  if (fields.Sent(user::kEmail)) person.email = fields.values[user::kEmail].value();
  if (fields.Sent(user::kStatus)) {
    person.status = ToStatus(fields.Text(user::kStatus), person.status);
  }
}

bool Differs(Kind kind, const std::optional<std::string>& before,
             const std::optional<std::string>& after) {
  if (before.has_value() != after.has_value()) return true;
  if (!before) return false;
  if (kind != Kind::kDateTime) return *before != *after;
  return before->substr(0, kStoredMoment) != after->substr(0, kStoredMoment);
}

void ApplyColumns(const UserFields& fields, const Record& before, db::DialectValues& values) {
  const auto attributes = db::bedita::Users().attributes;
  for (size_t i = 0; i < attributes.size(); ++i) {
    const bool own = attributes[i].column && i != user::kTitle && i != user::kUname;
    if (!own || !fields.values.at(i)) continue;
    const auto& wanted = *fields.values.at(i);
    if (Differs(attributes[i].kind, before.values[i], wanted)) {
      values.emplace_back(*attributes[i].column, db::Parameter(wanted));
    }
  }
}

bool Renamed(const db::Person& before, const db::Person& after) {
  return before.first_name != after.first_name || before.last_name != after.last_name ||
         before.company != after.company;
}

void ApplyTitle(const UserFields& fields, const Record& before, const db::Person& old,
                db::Person& person, db::DialectValues& values) {
  const bool creating = before.id == 0;
  std::optional<std::string> title = before.values[user::kTitle];
  const bool sent = fields.Sent(user::kTitle) && (creating || fields.values[user::kTitle] != title);
  if (sent) {
    title = *fields.values[user::kTitle];
  } else if (Renamed(old, person)) {
    title = MakeTitle(person);
  }
  if (title == before.values[user::kTitle]) return;
  person.display_name = CutCharacters(title.value_or(""), kDisplayName);
  values.emplace_back(db::DialectColumn("bedita_title"), db::Parameter(title));
}

bool IsTakenByOther(const std::optional<db::Person>& person, uint64_t self) {
  return person && person->id.value != self;
}

const std::string* TextOf(const fcgi::Value& attributes, std::string_view name) {
  const fcgi::Value* value = attributes.Find(name);
  const std::string* text = value == nullptr ? nullptr : value->AsText();
  return text == nullptr || text->empty() ? nullptr : text;
}

bool ChangesIdentity(const db::Person& before, const db::Person& after) {
  return before.username != after.username || before.email != after.email ||
         before.password != after.password || before.status != after.status;
}

bool SetsUname(const EditExtras& extras) {
  return std::any_of(extras.values.begin(), extras.values.end(),
                     [](const auto& value) { return value.first.name == "bedita_uname"; });
}

Problem BadRequest(std::string title) {
  Problem problem;
  problem.status = 400;
  problem.title = std::move(title);
  return problem;
}

}  // namespace

std::string MakeTitle(const db::Person& person) {
  std::string title = Trimmed(person.first_name + " " + person.last_name);
  return title.empty() ? person.company : title;
}

void ApplyFields(const UserFields& fields, const Record& before, db::Person& person,
                 db::DialectValues& values) {
  const db::Person old = person;
  ApplyShared(fields, person);
  ApplyColumns(fields, before, values);
  ApplyTitle(fields, before, old, person, values);
}

std::string FreeUname(db::Session& session, const std::string& wanted, uint64_t self,
                      bool trashed) {
  std::string candidate = wanted;
  for (int tries = 0; tries < kMostTries; ++tries) {
    if (!UserColumnStore::HasUname(session, candidate, self, trashed)) break;
    candidate = NextUname(wanted, directory::Hex(directory::RandomBytes(kSuffixBytes)));
  }
  return candidate;
}

Problem WithTaken(db::Connection& connection, const fcgi::Value& attributes, uint64_t self,
                  Problem problem) {
  if (problem.status != 400 || problem.title != "Invalid data") return problem;
  const auto add = [&](std::string_view text) {
    if (problem.detail.find(text) != std::string::npos) return;
    if (!problem.detail.empty()) problem.detail += ' ';
    problem.detail += text;
  };
  const auto looked = connection.Read([&](db::Session& session) -> db::StoreResult<bool> {
    const std::string* username = TextOf(attributes, "username");
    const std::string* email = TextOf(attributes, "email");
    if (username != nullptr &&
        IsTakenByOther(db::PersonStore::FindByUsername(session, *username), self)) {
      add(kTakenUsername);
    }
    if (email != nullptr && IsTakenByOther(db::PersonStore::FindByEmail(session, *email), self)) {
      add(kTakenEmail);
    }
    return true;
  });
  return looked ? problem : ToProblem(looked.error());
}

Problem LockedProblem() {
  Problem problem;
  problem.status = 403;
  problem.title = "Operation not allowed on \"locked\" objects";
  return problem;
}

Refusal UserEdit::Refuse(Problem problem) {
  reason_ = std::move(problem);
  return Refusal::Kind::kByDialect;
}

Outcome<std::monostate> UserEdit::operator()(db::Session& session, db::Person& person,
                                             EditExtras& extras) {
  const auto before = RecordStore::Find(session, db::bedita::Users(), {person.id.value, {}}, {},
                                        db::bedita::Users().All());
  if (!before) return Refusal(Refusal::Kind::kNotFound);
  const db::Person old = person;
  ApplyFields(fields_, *before, person, extras.values);
  if (password_) person.password = *password_;
  ApplyMeta(*before, person, extras);
  ApplyUname(session, *before, person, extras);
  if (auto problem = RefuseChange(session, *before, old, person, extras)) {
    return Refuse(*std::move(problem));
  }
  if (directory::ChangedFields(old, person).empty() && extras.values.empty()) {
    return std::monostate();
  }
  if (own_profile_) extras.kept_credential = call_.caller.session;
  if (!call_.Settings().jwt_revoke_on_password_change) extras.kept_kinds.emplace_back("session");
  extras.values.emplace_back(db::DialectColumn("bedita_modified_by"),
                             db::Parameter(call_.caller.id));
  return std::monostate();
}

void UserEdit::ApplyMeta(const Record& before, db::Person& person, EditExtras& extras) const {
  if (!call_.caller.IsAdmin()) return;
  const bool may_block = person.id != call_.caller.id && person.id != kAdminUser;
  if (fields_.blocked && may_block) person.blocked = *fields_.blocked;
  if (fields_.locked && *fields_.locked != before.Flag(user::kLocked)) {
    extras.values.emplace_back(db::DialectColumn("bedita_locked"), db::Parameter(*fields_.locked));
  }
}

// A name is made when an empty one was sent, unless the user has such a one already.
void UserEdit::ApplyUname(db::Session& session, const Record& before, const db::Person& person,
                          EditExtras& extras) const {
  if (!fields_.Sent(user::kUname)) return;
  const std::string sent = fields_.Text(user::kUname);
  const std::string current(before.Text(user::kUname));
  if (sent == current) return;
  std::string wanted = MakeUname(sent, person.username);
  if (wanted == current || (sent.empty() && current.starts_with(wanted + "-"))) return;
  wanted = FreeUname(session, wanted, before.id, call_.settings.directory.reserve_deleted_names);
  extras.values.emplace_back(db::DialectColumn("bedita_uname"), db::Parameter(wanted));
}

std::optional<Problem> UserEdit::RefuseChange(db::Session& session, const Record& before,
                                              const db::Person& old, const db::Person& person,
                                              const EditExtras& extras) const {
  if (!own_profile_ && (ChangesIdentity(old, person) || old.blocked != person.blocked)) {
    const auto lowest = db::bedita::RoleLinkStore::LowestPriority(session, before.id);
    if (!MayGovern(call_.caller, lowest.value_or(Caller::kNoPriority))) return Problem::Forbidden();
  }
  const bool sets_lock = call_.caller.IsAdmin() && fields_.locked.has_value();
  const bool forbidden = old.status != person.status || SetsUname(extras);
  if (before.Flag(user::kLocked) && forbidden && !sets_lock) return LockedProblem();

  const std::string status = fields_.Text(user::kStatus);
  if (status.empty() || IsShown(LevelOf(call_.Settings()), status)) return std::nullopt;
  return BadRequest("Status \"" + status + "\" is not consistent with configured Status.level \"" +
                    call_.Settings().status_level + "\"");
}

}  // namespace rosterd::bedita

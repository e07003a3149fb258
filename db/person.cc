#include "db/person.h"

#include <array>

#include "db/failure.h"
#include "db/tally.h"

namespace rosterd::db {
namespace {

const std::string kSelect =
    "SELECT id, username, email, phone, first_name, last_name, display_name, company, position,"
    " picture, password_hash, password_salt, status, blocked, deleted_at, created_at, updated_at,"
    " last_login_at FROM users";

const std::string kFind = kSelect + " FORCE INDEX (PRIMARY) WHERE id = ? LIMIT 1";
const std::string kFindLocked = kSelect + " WHERE id = ? LIMIT 1 FOR UPDATE";
const std::string kFindByUsername =
    kSelect + " WHERE username_key = LOWER(?) AND deleted_at IS NULL LIMIT 1";
const std::string kFindByEmail =
    kSelect + " WHERE email_key = CONCAT(LOWER(?), ?) AND deleted_at IS NULL LIMIT 1";

constexpr std::string_view kListDeleted =
    "SELECT id FROM users WHERE deleted_at < ? AND LENGTH(username) > 0"
    " ORDER BY deleted_at LIMIT ?";

constexpr std::string_view kErase =
    "UPDATE users SET username = '', email = NULL, username_key = NULL, email_key = NULL,"
    " email_realm = '', phone = '', first_name = '', last_name = '', display_name = '',"
    " company = '', position = '', picture = '', password_hash = '', password_salt = '',"
    " password_changed_at = NULL, last_login_at = NULL"
    " WHERE id = ? AND deleted_at IS NOT NULL";

constexpr std::string_view kNewId = "INSERT INTO person_ids () VALUES ()";
constexpr std::string_view kTakenFrom = "SELECT MAX(id) FROM users WHERE id >= ?";
constexpr std::string_view kSkipTo = "INSERT IGNORE INTO person_ids (id) VALUES (?)";

constexpr std::string_view kTouchLogin = "UPDATE users SET last_login_at = ? WHERE id = ?";

constexpr std::string_view kSetPicture = "UPDATE users SET picture = ? WHERE id = ?";

constexpr std::string_view kRehash =
    "UPDATE users SET password_hash = ?, password_salt = ?"
    " WHERE id = ? AND password_hash = ? AND password_salt = ?";

constexpr auto kStatuses = std::to_array<std::pair<Status, std::string_view>>({
    {Status::kActive, "active"},
    {Status::kPending, "pending"},
    {Status::kDisabled, "disabled"},
    {Status::kHidden, "hidden"},
});

Person ReadPerson(const Rows& rows) {
  Person person;
  person.id = {rows.Number(0)};
  person.username = rows.Text(1);
  person.email = rows.OptionalText(2);
  person.phone = rows.Text(3);
  person.first_name = rows.Text(4);
  person.last_name = rows.Text(5);
  person.display_name = rows.Text(6);
  person.company = rows.Text(7);
  person.position = rows.Text(8);
  person.picture = rows.Text(9);
  person.password = {rows.Text(10), rows.Text(11)};
  person.status = StatusFromText(rows.Text(12)).value_or(Status::kDisabled);
  person.blocked = rows.Flag(13);
  person.deleted_at = rows.Moment(14);
  person.created_at = rows.Moment(15).value_or(Time{});
  person.updated_at = rows.Moment(16).value_or(Time{});
  person.last_login_at = rows.Moment(17);
  return person;
}

std::optional<Person> ReadOne(Rows rows) {
  if (!rows.Next()) return std::nullopt;
  return ReadPerson(rows);
}

// A realm stands behind a NUL in the unique key, so no name may hold one itself.
bool HoldsNul(std::string_view name) { return name.find('\0') != std::string_view::npos; }

std::string RealmSuffix(const Realm& realm) {
  return realm.value.empty() ? std::string() : std::string(1, '\0') + realm.value;
}

void RefuseNul(const Person& person) {
  if (HoldsNul(person.username) || (person.email && HoldsNul(*person.email))) {
    throw Failure(StoreError::kBadText, Remedy::kNone, 0, "a NUL in a name");
  }
}

/// The columns of one INSERT or UPDATE, with an SQL expression and values for each. Names and
/// expressions are constants.
class Assignments {
 public:
  void Set(std::string_view column, Parameter value) { Set(column, "?", std::move(value)); }
  void Set(std::string_view column, std::string_view expression, Parameter value) {
    columns_.emplace_back(column, expression);
    values_.push_back(std::move(value));
  }
  /// One more value for the expression that was set last.
  void More(Parameter value) { values_.push_back(std::move(value)); }

  bool Empty() const { return columns_.empty(); }
  std::vector<Parameter>& Values() { return values_; }

  std::string InsertSql() const {
    std::string names;
    std::string expressions;
    for (const auto& [column, expression] : columns_) {
      if (!names.empty()) names += ", ", expressions += ", ";
      names += column;
      expressions += expression;
    }
    return "INSERT INTO users (" + names + ") VALUES (" + expressions + ")";
  }

  std::string UpdateSql() const {
    std::string sql = "UPDATE users SET ";
    for (const auto& [column, expression] : columns_) {
      if (!sql.ends_with("SET ")) sql += ", ";
      sql.append(column).append(" = ").append(expression);
    }
    return sql + " WHERE id = ?";
  }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> columns_;
  std::vector<Parameter> values_;
};

/// A shared column that is written when it differs.
struct SharedColumn {
  std::string_view name;
  Parameter (*value)(const Person&);
  bool searched = false;  // stands in kSharedSearchTexts
};

constexpr auto kSharedColumns = std::to_array<SharedColumn>({
    {"username", [](const Person& p) -> Parameter { return p.username; }, true},
    {"email", [](const Person& p) -> Parameter { return p.email; }, true},
    {"phone", [](const Person& p) -> Parameter { return p.phone; }, true},
    {"first_name", [](const Person& p) -> Parameter { return p.first_name; }, true},
    {"last_name", [](const Person& p) -> Parameter { return p.last_name; }, true},
    {"display_name", [](const Person& p) -> Parameter { return p.display_name; }, true},
    {"company", [](const Person& p) -> Parameter { return p.company; }, true},
    {"position", [](const Person& p) -> Parameter { return p.position; }},
    {"picture", [](const Person& p) -> Parameter { return p.picture; }},
    {"password_hash", [](const Person& p) -> Parameter { return p.password.hash; }},
    {"password_salt", [](const Person& p) -> Parameter { return p.password.salt; }},
    {"status", [](const Person& p) -> Parameter { return ToText(p.status); }},
    {"blocked", [](const Person& p) -> Parameter { return p.blocked; }},
    {"deleted_at", [](const Person& p) -> Parameter { return p.deleted_at; }},
    {"created_at", [](const Person& p) -> Parameter { return p.created_at; }},
    {"last_login_at", [](const Person& p) -> Parameter { return p.last_login_at; }},
});

bool Same(const Parameter& a, const Parameter& b) {
  return a.IsNull() == b.IsNull() && a.Text() == b.Text();
}

// NULL sets a name free; so does an empty one.
Parameter KeyOf(std::string_view name, bool keep) {
  return keep && !name.empty() ? Parameter(name) : Parameter(std::nullopt);
}

void SetKeys(Assignments& set, const Person& person, const std::optional<Realm>& realm, bool keep) {
  set.Set("username_key", "LOWER(?)", KeyOf(person.username, keep));
  const Parameter email = KeyOf(person.email.value_or(""), keep);
  if (!realm) {
    set.Set("email_key", "CONCAT(LOWER(?), email_realm)", email);
    return;
  }
  set.Set("email_key", "CONCAT(LOWER(?), ?)", email);
  set.More(RealmSuffix(*realm));
  set.Set("email_realm", RealmSuffix(*realm));
}

bool MovesKeys(const Person& before, const Person& after) {
  return before.username != after.username || before.email != after.email ||
         before.deleted_at != after.deleted_at;
}

}  // namespace

std::string_view ToText(Status status) {
  for (const auto& [value, text] : kStatuses) {
    if (value == status) return text;
  }
  return "disabled";
}

std::optional<Status> StatusFromText(std::string_view text) {
  for (const auto& [value, name] : kStatuses) {
    if (name == text) return value;
  }
  return std::nullopt;
}

std::optional<Person> PersonStore::Find(Session& session, UserId id, bool lock) {
  return ReadOne(session.Query(lock ? kFindLocked : kFind, id));
}

std::optional<Person> PersonStore::FindByLogin(Session& session, std::string_view login) {
  if (auto person = FindByUsername(session, login)) return person;
  return FindByEmail(session, login);
}

std::optional<Person> PersonStore::FindByEmail(Session& session, std::string_view email,
                                               const Realm& realm) {
  if (HoldsNul(email)) return std::nullopt;
  return ReadOne(session.Query(kFindByEmail, email, RealmSuffix(realm)));
}

std::optional<Person> PersonStore::FindByUsername(Session& session, std::string_view username) {
  if (HoldsNul(username)) return std::nullopt;
  return ReadOne(session.Query(kFindByUsername, username));
}

std::vector<UserId> PersonStore::ListDeleted(Session& session, Time before, int limit) {
  std::vector<UserId> ids;
  Rows rows = session.Query(kListDeleted, before, limit);
  while (rows.Next()) ids.push_back({rows.Number(0)});
  return ids;
}

UserId PersonStore::NewId(Session& session) {
  const UserId id{session.Execute(kNewId).last_id};
  session.Notes().NoteNumbered(id);
  return id;
}

bool PersonStore::SkipTakenIds(Session& session) {
  Rows rows = session.Query(kTakenFrom, session.Execute(kNewId).last_id);
  if (!rows.Next() || rows.IsNull(0)) return false;
  session.Execute(kSkipTo, rows.Number(0));
  return true;
}

UserId PersonStore::Insert(Session& session, const Person& person, const Realm& realm,
                           const DialectValues& values) {
  RefuseNul(person);
  const UserId id = person.id.value != 0 ? person.id : NewId(session);
  Assignments set;
  set.Set("id", id);
  for (const SharedColumn& column : kSharedColumns) set.Set(column.name, column.value(person));
  set.Set("updated_at", person.updated_at);
  if (!person.password.hash.empty()) set.Set("password_changed_at", person.created_at);
  SetKeys(set, person, realm, /*keep=*/!person.deleted_at);
  for (const auto& [column, value] : values) set.Set(column.name, value);

  session.ExecuteWith(set.InsertSql(), set.Values());
  Tallies::Enter(session.Notes(), person, values);
  session.Notes().NoteNew(id);
  return id;
}

std::vector<std::string> PersonStore::Update(Session& session, const Person& before,
                                             const Person& after, const std::optional<Realm>& realm,
                                             const DialectValues& values, bool reserve_names) {
  RefuseNul(after);
  Assignments set;
  std::vector<std::string> names;
  // Which columns of a dialect are searched is the dialect's to know.
  bool searched = !values.empty();
  for (const SharedColumn& column : kSharedColumns) {
    Parameter value = column.value(after);
    if (Same(column.value(before), value)) continue;
    searched = searched || column.searched;
    set.Set(column.name, std::move(value));
    names.emplace_back(column.name);
  }
  for (const auto& [column, value] : values) {
    set.Set(column.name, value);
    names.emplace_back(column.name);
  }
  if (before.password != after.password) set.Set("password_changed_at", after.updated_at);
  if (realm || MovesKeys(before, after)) {
    SetKeys(set, after, realm, /*keep=*/!after.deleted_at || reserve_names);
  }
  if (set.Empty() && before.updated_at == after.updated_at) return names;

  Tallies::Move(session, before, after, values);
  session.Notes().Note();
  set.Set("updated_at", after.updated_at);
  set.More(after.id);
  session.ExecuteWith(set.UpdateSql(), set.Values());
  if (searched) session.Notes().NoteTexts(after.id);
  return names;
}

void PersonStore::Erase(Session& session, UserId id) {
  session.Execute(kErase, id);
  session.Notes().NoteErased(id);
}

void PersonStore::TouchLogin(Session& session, UserId id, Time at) {
  session.Execute(kTouchLogin, at, id);
  session.Notes().NoteSignIn();
}

void PersonStore::SetPicture(Session& session, UserId id, std::string_view picture) {
  session.Execute(kSetPicture, picture, id);
}

std::vector<std::pair<UserId, std::string>> PersonStore::PicturesOf(Session& session,
                                                                    std::span<const uint64_t> ids) {
  std::vector<std::pair<UserId, std::string>> pictures;
  StatementBuilder statement;
  statement.Add("SELECT id, picture FROM users WHERE picture <> '' AND id IN (")
      .Values(ids)
      .Add(")");
  Rows rows = statement.Query(session);
  while (rows.Next()) pictures.emplace_back(UserId{rows.Number(0)}, rows.Text(1));
  return pictures;
}

void PersonStore::Rehash(Session& session, UserId id, const StoredPassword& before,
                         const StoredPassword& after) {
  session.Execute(kRehash, after.hash, after.salt, id, before.hash, before.salt);
}

}  // namespace rosterd::db

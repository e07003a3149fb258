#include "db/credentials.h"

#include "db/hex.h"

namespace rosterd::db {
namespace {

constexpr char kColumns[] =  // NOLINT(modernize-avoid-c-arrays): a builder takes literals alone
    "SELECT id, dialect, kind, user_id, form, digest, nonce, role, label, created_at, expires_at,"
    " last_used_at, revoked_at FROM credentials";

constexpr std::string_view kInsert =
    "INSERT INTO credentials (dialect, kind, user_id, form, digest, nonce, role, label, created_at,"
    " expires_at, last_used_at, revoked_at)"
    " VALUES (?, ?, ?, ?, UNHEX(?), UNHEX(?), ?, ?, ?, ?, ?, ?)";

const std::string kByDigest =
    std::string(kColumns) +
    " WHERE digest = UNHEX(?) AND dialect = ? AND kind = ? AND form = 'sha256'";

const std::string kFindByDigestEver = kByDigest + " LIMIT 1";

const std::string kFindByDigest =
    kByDigest + " AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?) LIMIT 1";

const std::string kFind = std::string(kColumns) + " WHERE id = ? LIMIT 1";

constexpr std::string_view kReplaceDigest =
    "UPDATE credentials SET form = ?, digest = UNHEX(?) WHERE id = ?";

constexpr std::string_view kRevoke =
    "UPDATE credentials SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL";

constexpr std::string_view kRemoveOfUser = "DELETE FROM credentials WHERE user_id = ?";

constexpr std::string_view kTouch = "UPDATE credentials SET last_used_at = ? WHERE id = ?";

constexpr std::string_view kSweepRevoked =
    "DELETE FROM credentials WHERE revoked_at < ? ORDER BY revoked_at LIMIT ?";
constexpr std::string_view kSweepExpired =
    "DELETE FROM credentials WHERE expires_at < ? ORDER BY expires_at LIMIT ?";

Credential ReadRow(const Rows& rows) {
  Credential credential;
  credential.id = rows.Number(0);
  credential.dialect = rows.Text(1);
  credential.kind = rows.Text(2);
  credential.user = {rows.Number(3)};
  credential.form = rows.Text(4);
  credential.digest = rows.Text(5);
  credential.nonce = rows.Text(6);
  credential.role = rows.Text(7);
  credential.label = rows.Text(8);
  credential.created_at = rows.Moment(9).value_or(Time{});
  credential.expires_at = rows.Moment(10);
  credential.last_used_at = rows.Moment(11);
  credential.revoked_at = rows.Moment(12);
  return credential;
}

std::optional<Credential> ReadOne(Rows rows) {
  if (!rows.Next()) return std::nullopt;
  return ReadRow(rows);
}

std::vector<Credential> ReadAll(Rows rows) {
  std::vector<Credential> list;
  while (rows.Next()) list.push_back(ReadRow(rows));
  return list;
}

// Nobody's id is 0, which stands for NULL.
Parameter Owner(UserId user) { return user.value == 0 ? Parameter(std::nullopt) : Parameter(user); }

void AddLive(StatementBuilder& statement, Time now) {
  statement.Add(" AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ")
      .Value(now)
      .Add(")");
}

void AddScope(StatementBuilder& statement, std::string_view dialect, std::string_view kind) {
  if (!dialect.empty()) statement.Add(" AND dialect = ").Value(dialect);
  if (!kind.empty()) statement.Add(" AND kind = ").Value(kind);
}

}  // namespace

uint64_t CredentialStore::Insert(Session& session, const Credential& credential) {
  return session
      .Execute(kInsert, credential.dialect, credential.kind, Owner(credential.user),
               credential.form, Hex(credential.digest), Hex(credential.nonce), credential.role,
               credential.label, credential.created_at, credential.expires_at,
               credential.last_used_at, credential.revoked_at)
      .last_id;
}

std::optional<Credential> CredentialStore::FindByDigest(Session& session, std::string_view dialect,
                                                        std::string_view kind,
                                                        std::string_view digest, Time now) {
  return ReadOne(session.Query(kFindByDigest, Hex(digest), dialect, kind, now));
}

std::optional<Credential> CredentialStore::FindByDigestEver(Session& session,
                                                            std::string_view dialect,
                                                            std::string_view kind,
                                                            std::string_view digest) {
  return ReadOne(session.Query(kFindByDigestEver, Hex(digest), dialect, kind));
}

std::optional<Credential> CredentialStore::Find(Session& session, uint64_t id) {
  return ReadOne(session.Query(kFind, id));
}

std::vector<Credential> CredentialStore::OfUser(Session& session, UserId user,
                                                std::string_view dialect, std::string_view kind,
                                                Time now) {
  StatementBuilder statement;
  // The server would look into the indexes of the times, too.
  statement.Add(kColumns).Add(" FORCE INDEX (by_user) WHERE user_id = ").Value(user);
  AddScope(statement, dialect, kind);
  AddLive(statement, now);
  statement.Add(" ORDER BY id LIMIT 10000");
  return ReadAll(statement.Query(session));
}

std::vector<Credential> CredentialStore::List(Session& session, std::string_view dialect,
                                              std::string_view kind, uint64_t after, int limit) {
  StatementBuilder statement;
  statement.Add(kColumns).Add(" WHERE id > ").Value(after);
  AddScope(statement, dialect, kind);
  AddLive(statement, Now());
  statement.Add(" ORDER BY id LIMIT ").Value(limit);
  return ReadAll(statement.Query(session));
}

void CredentialStore::ReplaceDigest(Session& session, uint64_t id, std::string_view form,
                                    std::string_view digest) {
  session.Execute(kReplaceDigest, form, Hex(digest), id);
}

bool CredentialStore::Revoke(Session& session, uint64_t id, Time now) {
  return session.Execute(kRevoke, now, id).rows > 0;
}

uint64_t CredentialStore::RevokeOfUser(Session& session, UserId user,
                                       const std::vector<std::string>& kept_kinds, uint64_t kept_id,
                                       Time now) {
  StatementBuilder statement;
  statement.Add("UPDATE credentials SET revoked_at = ").Value(now);
  statement.Add(" WHERE user_id = ").Value(user).Add(" AND id <> ").Value(kept_id);
  AddLive(statement, now);
  if (!kept_kinds.empty()) statement.Add(" AND kind NOT IN (").Values(kept_kinds).Add(")");
  return statement.Execute(session).rows;
}

void CredentialStore::RemoveOfUser(Session& session, UserId user) {
  session.Execute(kRemoveOfUser, user);
}

void CredentialStore::Touch(Session& session, uint64_t id, Time now) {
  session.Execute(kTouch, now, id);
}

uint64_t CredentialStore::Sweep(Session& session, Time before, int limit) {
  const uint64_t revoked = session.Execute(kSweepRevoked, before, limit).rows;
  const uint64_t left = static_cast<uint64_t>(limit) - revoked;
  if (left == 0) return revoked;
  return revoked + session.Execute(kSweepExpired, before, left).rows;
}

}  // namespace rosterd::db

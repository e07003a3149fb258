#include "db/bedita/application_store.h"

#include "db/hex.h"

namespace rosterd::db::bedita {
namespace {

#define ROSTERD_APPLICATIONS                                                                 \
  "SELECT id, name, description, key_digest, secret_digest, enabled, created_at, updated_at" \
  " FROM bedita_applications"

constexpr std::string_view kFind = ROSTERD_APPLICATIONS " WHERE id = ? LIMIT 1";
constexpr std::string_view kFindByKey = ROSTERD_APPLICATIONS " WHERE key_digest = UNHEX(?) LIMIT 1";
constexpr std::string_view kFindByName = ROSTERD_APPLICATIONS " WHERE name = ? LIMIT 1";
constexpr std::string_view kList = ROSTERD_APPLICATIONS " ORDER BY id LIMIT ?";

#undef ROSTERD_APPLICATIONS

constexpr std::string_view kInsert =
    "INSERT INTO bedita_applications (id, name, description, key_digest, secret_digest, enabled,"
    " created_at, updated_at) VALUES (?, ?, ?, UNHEX(?), UNHEX(?), ?, ?, ?)";
constexpr std::string_view kReplaceKey =
    "UPDATE bedita_applications SET key_digest = UNHEX(?), updated_at = ? WHERE id = ?";
constexpr std::string_view kDisable =
    "UPDATE bedita_applications SET enabled = 0, updated_at = ? WHERE id = ? AND enabled <> 0";

Application Read(const Rows& rows) {
  Application application;
  application.id = rows.Number(0);
  application.name = rows.Text(1);
  application.description = rows.OptionalText(2);
  application.key_digest = rows.Text(3);
  application.secret_digest = rows.Text(4);
  application.enabled = rows.Flag(5);
  application.created_at = rows.Moment(6).value_or(Time{});
  application.updated_at = rows.Moment(7).value_or(Time{});
  return application;
}

std::optional<Application> ReadOne(Rows rows) {
  if (!rows.Next()) return std::nullopt;
  return Read(rows);
}

}  // namespace

std::optional<Application> ApplicationStore::Find(Session& session, uint64_t id) {
  return ReadOne(session.Query(kFind, id));
}

std::optional<Application> ApplicationStore::FindByKey(Session& session,
                                                       std::string_view key_digest) {
  return ReadOne(session.Query(kFindByKey, Hex(key_digest)));
}

std::optional<Application> ApplicationStore::FindByName(Session& session, std::string_view name) {
  return ReadOne(session.Query(kFindByName, name));
}

std::vector<Application> ApplicationStore::List(Session& session, int limit) {
  std::vector<Application> list;
  Rows rows = session.Query(kList, limit);
  while (rows.Next()) list.push_back(Read(rows));
  return list;
}

uint64_t ApplicationStore::Add(Session& session, const Application& application) {
  const Parameter id = application.id == 0 ? Parameter(std::nullopt) : Parameter(application.id);
  const Parameter secret = application.secret_digest.empty()
                               ? Parameter(std::nullopt)
                               : Parameter(Hex(application.secret_digest));
  const Changed changed = session.Execute(kInsert, id, application.name, application.description,
                                          Hex(application.key_digest), secret, application.enabled,
                                          application.created_at, application.updated_at);
  return application.id == 0 ? changed.last_id : application.id;
}

void ApplicationStore::ReplaceKey(Session& session, uint64_t id, std::string_view key_digest,
                                  Time now) {
  session.Execute(kReplaceKey, Hex(key_digest), now, id);
}

bool ApplicationStore::Disable(Session& session, uint64_t id, Time now) {
  return session.Execute(kDisable, now, id).rows > 0;
}

}  // namespace rosterd::db::bedita

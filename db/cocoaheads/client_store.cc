#include "db/cocoaheads/client_store.h"

#include <utility>

namespace rosterd::db::cocoaheads {
namespace {

constexpr std::string_view kOfUser =
    "SELECT id, user_id, push_token FROM cocoaheads_clients WHERE user_id = ? LIMIT 1";
constexpr std::string_view kWithToken =
    "SELECT id, user_id, push_token FROM cocoaheads_clients WHERE push_token = ? LIMIT 1";

// The row that is there already may be another person's with the same token, written a moment ago:
// that one stays as it is.
constexpr std::string_view kPut =
    "INSERT INTO cocoaheads_clients (user_id, push_token, created_at, updated_at)"
    " VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
    " updated_at = IF(user_id = VALUES(user_id), VALUES(updated_at), updated_at),"
    " push_token = IF(user_id = VALUES(user_id), VALUES(push_token), push_token)";

constexpr std::string_view kRemove = "DELETE FROM cocoaheads_clients WHERE id = ?";
constexpr std::string_view kErase = "DELETE FROM cocoaheads_clients WHERE user_id = ?";

std::optional<Client> ReadOne(Rows rows) {
  if (!rows.Next()) return std::nullopt;
  return Client{rows.Number(0), UserId{rows.Number(1)}, rows.Text(2)};
}

}  // namespace

std::optional<Client> ClientStore::OfUser(Session& session, UserId user) {
  return ReadOne(session.Query(kOfUser, user));
}

std::optional<Client> ClientStore::WithToken(Session& session, std::string_view push_token) {
  return ReadOne(session.Query(kWithToken, push_token));
}

void ClientStore::Put(Session& session, UserId user, std::string_view push_token, Time now) {
  session.Execute(kPut, user, push_token, now, now);
}

bool ClientStore::Remove(Session& session, uint64_t id) {
  return session.Execute(kRemove, id).rows > 0;
}

void ClientStore::Erase(Session& session, UserId user) { session.Execute(kErase, user); }

}  // namespace rosterd::db::cocoaheads

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"

namespace rosterd::db {

/// One secret that lets somebody in: an API key, a token, a session, a one-time link; of one
/// dialect. The secret itself is never stored, only `digest`.
struct Credential {
  uint64_t id = 0;
  std::string dialect;
  std::string kind;  ///< the dialect's word: "key", "token", "login_link", "reset", "application"…
  UserId user;       ///< 0 for one that belongs to no person
  std::string
      form;  ///< "sha256" (32 bytes) or "crypt" (an imported crypt(3) hash, replaced at first use)
  std::string digest;
  std::string nonce;  ///< for secrets that are derived from it and can be made again; else empty
  std::string role;   ///< the dialect's word, may be empty
  std::string label;  ///< free text of the operator
  Time created_at;
  std::optional<Time> expires_at;
  std::optional<Time> last_used_at;
  std::optional<Time> revoked_at;
};

/// SQL of table `credentials`, for all dialects.
class CredentialStore {
 public:
  static uint64_t Insert(Session& session, const Credential& credential);
  /// The live (not revoked, not expired) credential with this SHA-256 digest.
  static std::optional<Credential> FindByDigest(Session& session, std::string_view dialect,
                                                std::string_view kind, std::string_view digest,
                                                Time now);
  /// The one with this digest, live or not, as long as its row is kept.
  static std::optional<Credential> FindByDigestEver(Session& session, std::string_view dialect,
                                                    std::string_view kind, std::string_view digest);
  static std::optional<Credential> Find(Session& session, uint64_t id);
  /// Live credentials of one person, oldest first; all kinds when `kind` is empty, all dialects
  /// when `dialect` is.
  static std::vector<Credential> OfUser(Session& session, UserId user, std::string_view dialect,
                                        std::string_view kind, Time now);
  /// At most `limit` live ones with an id above `after`, for `rosterctl key list`.
  static std::vector<Credential> List(Session& session, std::string_view dialect,
                                      std::string_view kind, uint64_t after, int limit);
  static void ReplaceDigest(Session& session, uint64_t id, std::string_view form,
                            std::string_view digest);
  /// False when it is not there or already revoked.
  static bool Revoke(Session& session, uint64_t id, Time now);
  /// Revokes live credentials of a person: all, or all whose kind is not in `kept_kinds`, except
  /// `kept_id`.
  static uint64_t RevokeOfUser(Session& session, UserId user,
                               const std::vector<std::string>& kept_kinds, uint64_t kept_id,
                               Time now);
  /// Removes all rows of a person, live or not.
  static void RemoveOfUser(Session& session, UserId user);
  static void Touch(Session& session, uint64_t id, Time now);
  /// Removes rows that were revoked or expired before `before`, at most `limit`.
  static uint64_t Sweep(Session& session, Time before, int limit);
};

}  // namespace rosterd::db

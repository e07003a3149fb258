#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/connection.h"
#include "db/ids.h"
#include "db/time.h"

namespace rosterd::db {

/// The shared part of a person's life: see DESIGN.md section 2 for how each dialect shows it.
enum class Status { kActive, kPending, kDisabled, kHidden };

std::string_view ToText(Status status);  ///< "active", "pending", "disabled", "hidden"
std::optional<Status> StatusFromText(std::string_view text);

/// A stored password in any form that directory/password.h can verify.
struct StoredPassword {
  std::string hash;  ///< "$argon2id$…", "$2y$…", "$6$…", 32 hex digits of md5, or empty: no sign-in
                     ///< by password
  std::string salt;  ///< of the md5 forms; empty otherwise
  bool operator==(const StoredPassword&) const = default;
};

/// The columns of a row of `users` that all dialects share.
struct Person {
  UserId id;
  std::string username;
  std::optional<std::string> email;
  std::string phone;
  std::string first_name;
  std::string last_name;
  std::string display_name;
  std::string company;
  std::string position;
  std::string picture;
  StoredPassword password;
  Status status = Status::kActive;
  bool blocked = false;
  std::optional<Time> deleted_at;
  Time created_at;
  Time updated_at;
  std::optional<Time> last_login_at;
};

/// A column of `users` that belongs to one dialect, by a name that is a constant of ours.
struct DialectColumn {
  template <size_t size>
  consteval explicit DialectColumn(
      const char (&literal)[size])  // NOLINT(modernize-avoid-c-arrays): literals alone
      : name(literal, size - 1) {}
  std::string_view name;
};

/// Values for columns of `users` that belong to one dialect.
using DialectValues = std::vector<std::pair<DialectColumn, Parameter>>;

/// What makes a name unique beside the name itself: persons of different `realm`s may share an
/// e-mail address. Empty nearly everywhere; cscart's `share_users = N` puts the store there.
struct Realm {
  std::string value;
};

/// SQL of the shared columns of `users`. No rules: those are in directory/persons.h, the only
/// caller that may change anything here.
class PersonStore {
 public:
  /// The row, deleted or not, locked until the end of the transaction when `lock` is set.
  static std::optional<Person> Find(Session& session, UserId id, bool lock = false);
  /// The live row with this username or, failing that, this e-mail address, in any case of letters.
  static std::optional<Person> FindByLogin(Session& session, std::string_view login);
  static std::optional<Person> FindByEmail(Session& session, std::string_view email,
                                           const Realm& realm = {});
  static std::optional<Person> FindByUsername(Session& session, std::string_view username);

  /// An id for a person that this transaction is about to insert: nobody else gets it.
  static UserId NewId(Session& session);
  /// When persons have been inserted with ids that `person_ids` did not give (by an older program,
  /// or by hand), moves it behind them; false when it gives free ids.
  static bool SkipTakenIds(Session& session);

  /// Inserts all shared columns of `person` (with its id, or a new one when that is 0) and the
  /// dialect's values.
  static UserId Insert(Session& session, const Person& person, const Realm& realm,
                       const DialectValues& values);
  /// Writes those shared columns in which `after` differs from `before`, the dialect's values, and
  /// updated_at; nothing at all when nothing differs. The unique keys follow username, email, realm
  /// (without one the person stays in its own) and deleted_at; `reserve_names` keeps them for a
  /// deleted person. Gives the names of the columns written, without updated_at.
  static std::vector<std::string> Update(Session& session, const Person& before,
                                         const Person& after, const std::optional<Realm>& realm,
                                         const DialectValues& values, bool reserve_names);
  /// Deleted before `before` and not yet erased, the longest deleted first.
  static std::vector<UserId> ListDeleted(Session& session, Time before, int limit);
  /// Overwrites everything personal in the row of a deleted person and forgets its names: the empty
  /// username, which nobody else has, says that it is done.
  static void Erase(Session& session, UserId id);
  /// Sets last_login_at (and nothing else: updated_at does not move).
  static void TouchLogin(Session& session, UserId id, Time at);
  /// Sets the picture (and nothing else), for a name that only the id of a new row makes whole.
  static void SetPicture(Session& session, UserId id, std::string_view picture);
  /// Ids and pictures of those of these persons that have one, deleted ones too.
  static std::vector<std::pair<UserId, std::string>> PicturesOf(Session& session,
                                                                std::span<const uint64_t> ids);
  /// Stores another hash of the same password (and nothing else).
  static void Rehash(Session& session, UserId id, const StoredPassword& before,
                     const StoredPassword& after);
};

}  // namespace rosterd::db

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "config/settings.h"
#include "db/connection.h"
#include "db/person.h"
#include "db/result.h"
#include "directory/actor.h"
#include "directory/epoch.h"
#include "directory/refusal.h"

namespace rosterd::directory {

template <typename T>
using Outcome = Result<T, Refusal>;

/// What an edit wants done beside the shared columns that it changed in place.
struct EditExtras {
  db::DialectValues values;  ///< the dialect's own columns of `users`
  std::vector<std::string>
      more_fields;                 ///< names for the audit of what it wrote into its own tables
  std::optional<db::Realm> realm;  ///< set when the person moves to another realm
  bool keep_updated_at = false;    ///< what changed does not move updated_at, by a contract
  bool rights_changed = false;     ///< cached verdicts about this person must not live on
  std::optional<bool> deleted;     ///< Amend: deletes (true) or restores (false) in the same breath
  uint64_t kept_credential =
      0;  ///< the one session that outlives a new password, where a contract keeps it
  std::vector<std::string> kept_kinds = {
      "key", "application"};  ///< credentials that a new password does not end
};

/// A person about to be created, with what its dialect wants beside the shared columns.
struct NewPerson {
  db::Person person;  ///< id 0 = the next one; username empty = "user_<id>"; created_at 0 = now
  db::DialectValues values;
  db::Realm realm;
  std::vector<std::string> more_fields;
};

/// Changes persons for all dialects: each call is one unit of work with its audit row, unique
/// names, timestamps and the end of credentials where the rules of DESIGN.md section 2 want it.
class Persons {
 public:
  /// Runs inside the unit of work; may run again, so it has no effect outside of the session. Reads
  /// and writes the dialect's own tables; a Refusal rolls everything back.
  using AfterInsert = std::function<Outcome<std::monostate>(db::Session&, UserId)>;
  /// Gets the live person, locked; changes it in place, adds to the extras, or refuses.
  using Edit =
      std::function<Outcome<std::monostate>(db::Session&, db::Person& person, EditExtras& extras)>;
  using Guard = std::function<Outcome<std::monostate>(db::Session&, const db::Person& person)>;

  Persons(db::Connection& connection, const config::Directory& settings, CredentialEpoch& epoch);

  /// Creates a person and what `after_insert` adds to it. kUsernameTaken, kEmailTaken: the unique
  /// index decided, nothing was looked up before.
  Outcome<UserId> Create(const Actor& actor, NewPerson person,
                         const AfterInsert& after_insert = {});

  /// Changes a live person. Ends credentials when the password changed or the person may no longer
  /// sign in. A change of nothing writes nothing, audits nothing and succeeds. Where the username
  /// was the e-mail address and `edit` changed one of both, the other does not move: that is the
  /// edit's business.
  Outcome<db::Person> Update(const Actor& actor, UserId id, const Edit& edit);

  /// Like Update, but of a deleted person too (not of a purged one), and with
  /// EditExtras::deleted, which does what Delete and Restore do in the same unit of work.
  Outcome<db::Person> Amend(const Actor& actor, UserId id, const Edit& edit);

  /// Deletes softly: the person is gone from all dialects and all its credentials end. `guard` may
  /// refuse, or clean up the dialect's tables where its contract says so.
  Outcome<std::monostate> Delete(const Actor& actor, UserId id, const Guard& guard = {});
  /// The same for several, all or none; those that are not there are passed over.
  Outcome<std::monostate> DeleteAll(const Actor& actor, std::vector<UserId> ids,
                                    const Guard& guard = {});

  /// Brings a deleted person back; its credentials stay ended. kUsernameTaken, kEmailTaken when
  /// somebody has its name.
  Outcome<std::monostate> Restore(const Actor& actor, UserId id, const Guard& guard = {});

  /// Erases a deleted person's data for good; the id stays used, the audit stays. Rows of dialects'
  /// tables go through the erasers that were registered with OnPurge, in the same unit of work.
  Outcome<std::monostate> Purge(const Actor& actor, UserId id, const Guard& guard = {});
  /// The same for several, all or none; those that are not there are passed over.
  Outcome<std::monostate> PurgeAll(const Actor& actor, std::vector<UserId> ids,
                                   const Guard& guard = {});

  /// Deletes a live person and erases its data for good, in one unit of work.
  Outcome<std::monostate> DeleteForGood(const Actor& actor, UserId id, const Guard& guard = {});

  /// Registers what erases one dialect's rows of a person; main wires one for each dialect.
  void OnPurge(std::function<void(db::Session&, UserId)> eraser) {
    erasers_.push_back(std::move(eraser));
  }

  /// Registers what removes a person's things outside of the database; called after the commit of a
  /// purge, and not when nobody knows whether it counts. It must not throw.
  void AfterPurge(std::function<void(UserId)> remover) { removers_.push_back(std::move(remover)); }

  /// Purges at most `limit` persons that were deleted longer than trash_days ago; how many there
  /// were.
  Outcome<int> PurgeExpired(const Actor& actor, int limit);

  /// Where a change can be seen. Credentials and mails are in no list, nor is any list filtered or
  /// sorted by them, so what workers remember of lists stays true; everything else may be.
  enum class Shown { kInLists, kNowhere };

  /// Writes an audit row for a change that concerns no person's row (groups, companies, keys),
  /// within a unit of work of the caller's.
  static void Audit(db::Session& session, const Actor& actor, std::string_view action, UserId user,
                    std::string_view fields, Shown shown = Shown::kInLists);

  /// For an AfterInsert whose picture is named after the new id.
  static void SetPicture(db::Session& session, UserId id, std::string_view picture) {
    db::PersonStore::SetPicture(session, id, picture);
  }

  /// Moves updated_at of a live person, within a unit of work of the caller's that changed and
  /// audited what stands beside its row but is shown with it.
  static void Touch(db::Session& session, UserId id, db::Time now);

  /// For units of work beside persons (groups, links, companies) that change somebody's rights:
  /// call after the commit.
  void RightsChanged() { epoch_.Advance(); }

 private:
  enum class Reach { kLive, kDeletedToo };

  Outcome<db::Person> Change(const Actor& actor, UserId id, const Edit& edit, Reach reach);
  Outcome<UserId> Insert(const Actor& actor, const NewPerson& wanted,
                         const AfterInsert& after_insert, std::string_view suffix);
  bool SkipTakenIds();
  void Bury(db::Session& session, const Actor& actor, const db::Person& person) const;
  void EraseAll(db::Session& session, const Actor& actor, UserId id) const;
  Outcome<std::monostate> DeleteOne(db::Session& session, const Actor& actor, UserId id,
                                    const Guard& guard) const;
  Outcome<std::monostate> PurgeOne(db::Session& session, const Actor& actor, UserId id,
                                   const Guard& guard) const;

  db::Connection& connection_;
  config::Directory settings_;
  CredentialEpoch& epoch_;
  std::vector<std::function<void(db::Session&, UserId)>> erasers_;
  std::vector<std::function<void(UserId)>> removers_;
};

/// True when status, block and delete allow this person to sign in (rule 3).
bool MaySignIn(const db::Person& person);

/// Bytes that no text of a person may hold: control characters except tab, CR and LF, and what is
/// no UTF-8.
bool IsCleanText(std::string_view text);

}  // namespace rosterd::directory

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/ids.h"

namespace rosterd::db {

class Session;

/// What a unit of work changes in the lists of persons: noted while it runs, written by one
/// statement just before its commit, so that rows which many writers share are locked for a moment
/// only, and by all in the same order.
class Changes {
 public:
  /// Lists, or how many they hold, are no longer what they were. Every audited change does this
  /// that is not told to be shown nowhere, and every write of a person's row except sign-ins.
  void Note() { noted_ = true; }

  /// A sign-in, or one that failed, was written into a person's row. Some lists show that, and
  /// hardly any order or filter asks for it: it has a version of its own.
  void NoteSignIn() { signed_in_ = true; }

  /// So many persons more (or fewer, below 0) in one cell of a tally; db/tally.h does this for
  /// whoever writes rows of `users`. What adds up to nothing is not written.
  void Count(std::string_view tally, std::string_view cell, int64_t persons);

  /// How many cells would be written.
  uint64_t Cells() const;

  /// A person was inserted, with an id that nobody gets again.
  void NoteNew(UserId person) { Note({person, Texts::Kind::kNew}); }
  /// The same of an id that `person_ids` gave.
  void NoteNumbered(UserId person) { Note({person, Texts::Kind::kNumbered}); }
  /// A text of this person that lists are searched for is no longer what it was.
  void NoteTexts(UserId person) { Note({person, Texts::Kind::kChanged}); }
  /// Nothing of this person's texts may stay anywhere.
  void NoteErased(UserId person) { Note({person, Texts::Kind::kErased}); }

  /// Writes what was noted, in the transaction that is about to be committed.
  void Flush(Session& session);
  void Clear() { *this = Changes(); }

  /// Moves with every commit of a noted change, on all hosts, and never comes back to an earlier
  /// value: what was computed from the lists under one version holds until another one is read. To
  /// be exact, what is computed and its version come out of one statement, or the version is read
  /// first.
  static uint64_t Version(Session& session);
  /// The same for all that lists show: it moves with every sign-in, too.
  static uint64_t VersionOfAll(Session& session);
  /// The first as a column of a larger statement, where it is of one moment with the rest.
  static constexpr char kVersionColumn[] =  // NOLINT(modernize-avoid-c-arrays): a piece of SQL
      "(SELECT COALESCE(SUM(amount), 0) FROM tallies WHERE tally = 'version')";

 private:
  /// What happened to the texts of a person.
  struct Texts {
    enum class Kind { kNumbered, kNew, kChanged, kErased };
    UserId person;
    Kind kind;

    /// Whoever is new stands in the queue already.
    bool Covers(const Texts& next) const {
      return person == next.person &&
             (kind == next.kind || (kind <= Kind::kNew && next.kind <= Kind::kChanged));
    }
  };

  void Note(const Texts& texts) {
    if (texts_.empty() || !texts_.back().Covers(texts)) texts_.push_back(texts);
  }
  void Queue(Session& session) const;
  void AddUp(Session& session) const;

  bool noted_ = false;
  bool signed_in_ = false;
  std::map<std::pair<std::string, std::string>, int64_t> persons_;  // by tally and cell
  std::vector<Texts> texts_;
};

}  // namespace rosterd::db

#pragma once

#include <optional>
#include <string>
#include <variant>

#include "db/bedita/record_store.h"
#include "db/connection.h"
#include "db/person.h"
#include "directory/persons.h"
#include "handlers/bedita/call.h"
#include "handlers/bedita/user_fields.h"

namespace rosterd::bedita {

/// The title that is made of the names: contract section 8.4.
std::string MakeTitle(const db::Person& person);

/// Writes the fields that were sent into `person` and, where they differ from `before`, into
/// `values`; the title follows the names. The unique name is not touched.
void ApplyFields(const UserFields& fields, const db::bedita::Record& before, db::Person& person,
                 db::DialectValues& values);

/// A unique name that nobody else has: `wanted`, or variations of it with random ends.
std::string FreeUname(db::Session& session, const std::string& wanted, uint64_t self, bool trashed);

/// Adds to a refusal for a taken username or e-mail address the other of both, and to one for
/// broken rules what is taken besides; others pass.
Problem WithTaken(db::Connection& connection, const fcgi::Value& attributes, uint64_t self,
                  Problem problem);

/// One change of a user inside its unit of work: sections 8.2, 8.4 to 8.7 and 9.4. It may run
/// several times: what it leaves behind is overwritten by the last run.
class UserEdit {
 public:
  UserEdit(const Call& call, const UserFields& fields,
           const std::optional<db::StoredPassword>& password)
      : call_(call), fields_(fields), password_(password) {}

  directory::Outcome<std::monostate> operator()(db::Session& session, db::Person& person,
                                                directory::EditExtras& extras);

  /// Why it refused with kByDialect.
  const Problem& Reason() const { return reason_; }
  /// The change is the caller's own profile: its session stays, its rights were looked at.
  void OwnProfile() { own_profile_ = true; }

 private:
  directory::Refusal Refuse(Problem problem);
  void ApplyMeta(const db::bedita::Record& before, db::Person& person,
                 directory::EditExtras& extras) const;
  void ApplyUname(db::Session& session, const db::bedita::Record& before, const db::Person& person,
                  directory::EditExtras& extras) const;
  std::optional<Problem> RefuseChange(db::Session& session, const db::bedita::Record& before,
                                      const db::Person& old, const db::Person& person,
                                      const directory::EditExtras& extras) const;

  const Call& call_;
  const UserFields& fields_;
  const std::optional<db::StoredPassword>& password_;
  bool own_profile_ = false;
  Problem reason_;
};

/// 403 `Operation not allowed on "locked" objects`.
Problem LockedProblem();

}  // namespace rosterd::bedita

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "db/bedita/record_store.h"
#include "db/bedita/role_store.h"
#include "handlers/bedita/access.h"
#include "handlers/bedita/document.h"
#include "handlers/bedita/id_list.h"
#include "handlers/bedita/related.h"
#include "handlers/bedita/sight.h"

namespace rosterd::bedita {
namespace {

using db::bedita::RoleLink;
using db::bedita::RoleLinkStore;
using db::bedita::RoleRow;
using db::bedita::RoleStore;
using directory::Outcome;
using directory::Persons;
using directory::Refusal;
using Effect = WriteRelated::Effect;
using Links = std::vector<RoleLink>;

constexpr RoleLink kFirstAdmin{kAdminUser.value, kAdminRole};

Links Difference(const Links& from, const Links& without) {
  Links rest;
  std::set_difference(from.begin(), from.end(), without.begin(), without.end(),
                      std::back_inserter(rest));
  return rest;
}

Links Common(const Links& one, const Links& other) {
  Links both;
  std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
                        std::back_inserter(both));
  return both;
}

Links Sorted(Links links) {
  std::sort(links.begin(), links.end());
  return links;
}

Problem AdminProblem() {
  Problem problem;
  problem.status = 403;
  problem.title = "Could not update relationship for users/roles for ADMIN_USER and ADMIN_ROLE";
  return problem;
}

/// One write of links inside its unit of work. Everybody locks users first, then roles, each by id,
/// so that two writes from both sides wait for each other.
class LinkWrite {
 public:
  LinkWrite(const Call& call, bool of_user, uint64_t owner, Effect effect)
      : call_(call), of_user_(of_user), owner_(owner), effect_(effect) {}

  /// How many links changed.
  Outcome<size_t> operator()(db::Session& session) {
    if (auto problem = Lock(session)) return Refuse(*std::move(problem));
    const Links present = Sorted(of_user_ ? RoleLinkStore::OfUser(session, owner_)
                                          : RoleLinkStore::OfRole(session, owner_));
    const Links given = Given();
    Links added;
    Links removed;
    if (effect_ != Effect::kRemove) added = Difference(given, present);
    if (effect_ == Effect::kReplace) removed = Difference(present, given);
    if (effect_ == Effect::kRemove) removed = Common(given, present);
    std::erase_if(removed, [&](const RoleLink& link) {
      return !of_user_ && !IsPresent(session, call_, link.user);
    });

    Links touched = effect_ == Effect::kReplace ? added : given;
    touched.insert(touched.end(), removed.begin(), removed.end());
    if (auto problem = RefuseTouching(touched, removed)) return Refuse(*std::move(problem));
    Apply(session, added, removed);
    return added.size() + removed.size();
  }

  const Problem& Reason() const { return reason_; }

 private:
  Refusal Refuse(Problem problem) {
    reason_ = std::move(problem);
    return Refusal::Kind::kByDialect;
  }

  const std::vector<uint64_t>& Ids() const { return call_.body.ids; }

  std::optional<Problem> Lock(db::Session& session) {
    const std::vector<uint64_t> users = of_user_ ? std::vector<uint64_t>{owner_} : Ids();
    const size_t found_users = RoleLinkStore::LockUsers(session, users).size();
    if (found_users != users.size()) return Problem::NoRecord("users");
    const auto is_present = [&](uint64_t user) { return IsPresent(session, call_, user); };
    if (!std::all_of(users.begin(), users.end(), is_present)) return Problem::NoRecord("users");

    std::vector<uint64_t> roles = of_user_ ? Ids() : std::vector<uint64_t>{owner_};
    const size_t wanted_roles = roles.size();
    if (of_user_ && effect_ == Effect::kReplace) {
      for (const RoleLink& link : RoleLinkStore::OfUser(session, owner_)) {
        if (std::find(roles.begin(), roles.end(), link.role) == roles.end()) {
          roles.push_back(link.role);
        }
      }
    }
    roles_ = RoleStore::Lock(session, roles);
    const auto is_wanted = [&](const RoleRow& role) {
      return std::find(roles.begin(), roles.begin() + static_cast<ptrdiff_t>(wanted_roles),
                       role.id) != roles.begin() + static_cast<ptrdiff_t>(wanted_roles);
    };
    const auto found = std::count_if(roles_.begin(), roles_.end(), is_wanted);
    if (static_cast<size_t>(found) != wanted_roles) return Problem::NoRecord("roles");
    return std::nullopt;
  }

  Links Given() const {
    Links given;
    for (const uint64_t id : Ids()) {
      given.push_back(of_user_ ? RoleLink{owner_, id} : RoleLink{id, owner_});
    }
    return Sorted(std::move(given));
  }

  std::optional<Problem> RefuseTouching(const Links& touched, const Links& removed) const {
    for (const RoleLink& link : touched) {
      const auto role = std::find_if(roles_.begin(), roles_.end(),
                                     [&](const RoleRow& row) { return row.id == link.role; });
      if (role != roles_.end() && !MayHandleRole(call_.caller, role->priority)) {
        return Problem::InsufficientPriority();
      }
    }
    if (std::find(removed.begin(), removed.end(), kFirstAdmin) != removed.end()) {
      return AdminProblem();
    }
    return std::nullopt;
  }

  void Apply(db::Session& session, const Links& added, const Links& removed) const {
    const directory::Actor actor = call_.ToActor();
    for (const RoleLink& link : added) {
      RoleLinkStore::Insert(session, link);
      Persons::Audit(session, actor, "role.grant", UserId{link.user},
                     "role " + std::to_string(link.role));
    }
    for (const RoleLink& link : removed) {
      RoleLinkStore::Delete(session, link);
      Persons::Audit(session, actor, "role.revoke", UserId{link.user},
                     "role " + std::to_string(link.role));
    }
  }

  const Call& call_;
  bool of_user_;
  uint64_t owner_;
  Effect effect_;
  std::vector<RoleRow> roles_;
  Problem reason_;
};

}  // namespace

Answer WriteRelated::operator()(const Call& call) const {
  const auto target = PathOrBulk(services_, call, owner_);
  if (!target) return target.error();
  const bool of_user = &owner_ == &db::bedita::Users();
  LinkWrite write(call, of_user, target->ids.front(), effect_);
  const auto changed = services_.connection.Transaction(std::ref(write));
  if (!changed) {
    if (changed.error() == Refusal::Kind::kByDialect) return write.Reason();
    return ToProblem(changed.error());
  }
  if (*changed == 0) return EmptyResponse();
  services_.persons.RightsChanged();
  return Document(call).Send();
}

}  // namespace rosterd::bedita

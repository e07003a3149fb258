#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/ids.h"
#include "db/result.h"
#include "directory/actor.h"
#include "fcgi/request.h"
#include "fcgi/response.h"
#include "fcgi/router.h"
#include "fcgi/value.h"
#include "handlers/cscart/problem.h"

namespace rosterd::cscart {

/// Contract: section 3.2. "2.1" and "4.x" are alike.
enum class Version { kOne, kTwo, kFour };

/// The five privileges that the users API asks for. Contract: section 6.
enum class Privilege : uint8_t {
  kViewUsers = 1,
  kManageUsers = 2,
  kViewUsergroups = 4,
  kManageUsergroups = 8,
  kManageAdminUsergroups = 16,
};

/// Who signed in, and what follows from it. Contract: sections 5 and 6.
class Caller {
 public:
  enum class Kind { kRootAdmin, kAdmin, kStoreAdmin, kVendor, kCustomer, kNobody };

  UserId id;
  Kind kind = Kind::kNobody;
  uint64_t company_id = 0;  ///< of the account; 0 = bound to none
  bool restricted = false;  ///< belongs to groups with privileges, and has only those
  uint8_t privileges = 0;   ///< Privilege bits; all of them when not restricted
  uint64_t credential = 0;  ///< id of the key or token, for the audit
  bool by_token = false;    ///< signed in by an auth token: customer rights whatever the account is

  bool May(Privilege privilege) const {
    return (privileges & static_cast<uint8_t>(privilege)) != 0;
  }
  /// The company that everything this caller does is limited to, when there is one.
  std::optional<uint64_t> BoundTo() const {
    if (kind == Kind::kStoreAdmin || kind == Kind::kVendor) return company_id;
    return std::nullopt;
  }
  bool IsRoot() const { return kind == Kind::kRootAdmin; }
};

/// The fields of a request body, whatever its type was: JSON and forms read alike (contract section
/// 7). Scalars are trimmed texts (numbers as decimal text, true "1", false and null ""), lists and
/// maps are kept. Valid UTF-8 throughout.
class Fields {
 public:
  Fields() = default;
  explicit Fields(fcgi::Value object) : object_(std::move(object)) {}

  bool Empty() const;
  bool Has(std::string_view name) const { return object_.Find(name) != nullptr; }
  /// The text of a scalar field; nothing when it is absent; the problem 400 when it is a list or
  /// map.
  Result<std::optional<std::string>, Problem> Text(std::string_view name) const;
  /// The raw value, for lists and maps; null when absent.
  const fcgi::Value* Find(std::string_view name) const { return object_.Find(name); }
  /// Name and value of every field, in the order of the body.
  const fcgi::Value::Object& All() const;

 private:
  fcgi::Value object_ = fcgi::Value::OfObject({});
};

/// One request that has passed the gate (contract section 4, steps 1 to 9), as handlers see it.
struct Call {
  const fcgi::Request& request;
  std::string method;  ///< after _METHOD; HEAD is "GET"
  Version version = Version::kTwo;
  std::string_view version_name = "2.0";  ///< how the path, or the setting for none, says it
  Caller caller;
  fcgi::PathParams params;  ///< of the pattern behind the version and the scope: "{id}", "{gid}"
  std::optional<uint64_t>
      scope;  ///< company of /stores/:cid/… or of a bound caller: all work stays inside
  bool scope_in_path = false;  ///< /stores/:cid/…, whoever calls
  fcgi::Value query;           ///< an object; without _d, ajax_custom and _METHOD
  Fields fields;               ///< empty unless POST or PUT

  directory::Actor ToActor() const;
  /// The id in "{name}"; nothing for anything but digits, and for 0.
  std::optional<uint64_t> Id(std::string_view name) const;
};

using Answer = Result<fcgi::Response, Problem>;
using Handler = std::function<Answer(const Call&)>;

/// A response with a JSON body, in the contract's headers. Contract: section 8.
fcgi::Response JsonResponse(int status, std::string body);

/// A response without a body, with the headers that every answer has: for 204 and 304.
fcgi::Response EmptyResponse(int status);

}  // namespace rosterd::cscart

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/result.h"
#include "fcgi/request.h"
#include "fcgi/value.h"
#include "handlers/bedita/problem.h"

namespace rosterd::bedita {

/// What a route wants to find in the body. The gate reads it after the rights were checked, before
/// the method is. Contract: sections 2.3 and 2.4.
struct BodyRule {
  enum class Kind {
    kNone,         ///< the body is not looked at
    kResource,     ///< {"data": {"type", "id", "attributes", "meta"}}
    kIdentifiers,  ///< {"data": [{"type", "id"}]}
    kFlat,         ///< an object, or a form
  };
  Kind kind = Kind::kNone;
  std::string_view type = {};  ///< that the resources must have; empty = any
};

inline constexpr BodyRule kNoBody{};
inline constexpr BodyRule kFlatBody{BodyRule::Kind::kFlat, {}};
inline constexpr BodyRule kUserBody{BodyRule::Kind::kResource, "users"};
inline constexpr BodyRule kRoleBody{BodyRule::Kind::kResource, "roles"};
inline constexpr BodyRule kAnyBody{BodyRule::Kind::kResource, {}};
inline constexpr BodyRule kUserIds{BodyRule::Kind::kIdentifiers, "users"};
inline constexpr BodyRule kRoleIds{BodyRule::Kind::kIdentifiers, "roles"};

/// What the body said, by the rule of the route. Texts are valid UTF-8 throughout.
struct Body {
  bool empty = true;              ///< there was none
  std::optional<std::string> id;  ///< of data.id, number or string; nothing when absent or null
  fcgi::Value attributes = fcgi::Value::OfObject({});  ///< an object, without `id` and `type`
  fcgi::Value meta = fcgi::Value::OfObject({});        ///< an object
  std::vector<uint64_t> ids;  ///< of kIdentifiers, each once; 0 for what can be no id
  fcgi::Value fields = fcgi::Value::OfObject({});  ///< of kFlat, an object

  /// True when data.id is this id, compared as a number.
  bool IsAbout(uint64_t wanted) const;
};

/// True for a body of a type that may be JSON (step 3 of section 2.1).
bool IsJsonType(std::string_view content_type);

/// True when the route can read bodies of this type; the type of an empty body does not count.
bool IsSupported(const BodyRule& rule, const fcgi::Request& request);

/// Reads a body by its rule. `json` is the parsed body when its type is JSON and it is not empty.
/// 400, 409, 403 of section 2.4, in this order.
Result<Body, Problem> ReadBody(const BodyRule& rule, const fcgi::Request& request,
                               const fcgi::Value* json);

}  // namespace rosterd::bedita

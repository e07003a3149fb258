#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/request.h"
#include "fcgi/value.h"
#include "handlers/cscart/call.h"

namespace rosterd::cscart {

/// Where a request goes, whichever way it was spelled: /api/2.0/users/3, /shop/api/users/3/ and
/// /api.php?_d=users/3 are the same. Contract: section 3.
struct Address {
  bool known = true;                  ///< off for a broken path or an unknown version: 404
  std::optional<Version> version;     ///< nothing when the path names none
  std::string_view version_name;      ///< "1.0", "2.0", "2.1", "4.0" or "4.1"; empty for none
  std::vector<std::string> segments;  ///< behind the version: entity, id, child entity, child id
  fcgi::Value query;                  ///< an object, without _d, ajax_custom and _METHOD
  bool readable_query = true;         ///< off when the query is no UTF-8 or above the limits: 400
  std::string override_method;        ///< _METHOD of the query; empty when there is none
};

/// Never fails: what cannot be read is said in `known` and `readable_query`.
Address ParseAddress(const fcgi::Request& request);

/// True when every key and text inside is UTF-8.
bool IsUtf8Throughout(const fcgi::Value& value);

}  // namespace rosterd::cscart

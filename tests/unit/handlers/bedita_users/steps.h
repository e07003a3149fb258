#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/handlers/bedita/world.h"

namespace rosterd::bedita {

/// Steps that the suites of users and roles share; all as user 1, the administrator.

inline Reply Patch(World& world, const std::string& target, const std::string& body,
                   const std::string& as = "bedita") {
  return world.Send({.target = target, .method = "PATCH", .body = body, .as = as});
}

inline Reply Post(World& world, const std::string& target, const std::string& body,
                  const std::string& as = "bedita") {
  return world.Send({.target = target, .method = "POST", .body = body, .as = as});
}

inline Reply Remove(World& world, const std::string& target, const std::string& as = "bedita",
                    const std::string& body = {}) {
  return world.Send({.target = target, .method = "DELETE", .body = body, .as = as});
}

/// POST /users with these attributes.
inline Reply AddUser(World& world, const std::string& attributes) {
  return Post(world, "/users", R"({"data":{"type":"users","attributes":)" + attributes + "}}");
}

/// PATCH /users/{id} with these attributes.
inline Reply ChangeUser(World& world, const std::string& id, const std::string& attributes,
                        const std::string& as = "bedita") {
  return Patch(world, "/users/" + id,
               R"({"data":{"id":")" + id + R"(","type":"users","attributes":)" + attributes + "}}",
               as);
}

/// The ids of a list, in its order, joined by blanks.
inline std::string Ids(const Reply& reply) {
  std::string ids;
  for (int i = 0;; ++i) {
    const std::string id = reply.At("data/" + std::to_string(i) + "/id");
    if (id.empty()) return ids;
    if (!ids.empty()) ids += ' ';
    ids += id;
  }
}

/// "403 title", "400 Invalid data: detail".
inline std::string Told(const Reply& reply) {
  std::string told = std::to_string(reply.status);
  if (reply.body.empty()) return told;
  if (!reply.Title().empty()) told += " " + reply.Title();
  if (!reply.Detail().empty()) told += ": " + reply.Detail();
  return told;
}

inline std::string Identifiers(std::string_view type, const std::vector<int>& ids) {
  std::string body;
  for (const int id : ids) {
    if (!body.empty()) body += ',';
    body += R"({"type":")" + std::string(type) + R"(","id":")" + std::to_string(id) + R"("})";
  }
  return R"({"data":[)" + body + "]}";
}

}  // namespace rosterd::bedita

#include "fcgi/value.h"

namespace rosterd::fcgi {

const Value* Value::Find(std::string_view key) const {
  const Object* members = AsObject();
  if (members == nullptr) return nullptr;
  for (const Member& member : *members) {
    if (member.first == key) return &member.second;
  }
  return nullptr;
}

Value* Value::Find(std::string_view key) {
  Object* members = AsObject();
  if (members == nullptr) return nullptr;
  for (Member& member : *members) {
    if (member.first == key) return &member.second;
  }
  return nullptr;
}

}  // namespace rosterd::fcgi

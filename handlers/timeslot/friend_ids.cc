#include "handlers/timeslot/friend_ids.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "handlers/timeslot/body.h"

namespace rosterd::timeslot {
namespace {

/// The text of a number or a text; nothing for what is neither, or holds a NUL.
std::optional<std::string_view> Spelling(const fcgi::Value& value) {
  if (const auto* number = value.AsNumber()) return number->text;
  const std::string* text = value.AsText();
  if (text == nullptr || text->find('\0') != std::string::npos) return std::nullopt;
  return *text;
}

}  // namespace

Result<FriendIds, FriendIdsProblem> ReadFriendIds(const fcgi::Value* value) {
  if (value == nullptr || IsBlank(*value)) return FriendIdsProblem::kBlank;
  const auto* list = value->AsList();
  if (list == nullptr || list->size() > kMostFriendIds) return FriendIdsProblem::kInvalid;

  FriendIds read;
  std::unordered_set<uint64_t> seen;
  for (const fcgi::Value& item : *list) {
    if (item.IsNull()) continue;
    const auto spelling = Spelling(item);
    if (!spelling) return FriendIdsProblem::kInvalid;
    const auto id = ParseId(*spelling);
    if (!id || *id == 0) {
      read.has_others = true;
    } else if (seen.insert(*id).second) {
      read.ids.push_back({*id});
    }
  }
  return read;
}

}  // namespace rosterd::timeslot

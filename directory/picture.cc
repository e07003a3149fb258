#include "directory/picture.h"

namespace rosterd::directory {
namespace {

constexpr std::string_view kFilePrefix = "file:";
constexpr std::string_view kPublicIdPrefix = "id:";

std::string Join(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (const std::string_view part : parts) joined.append(part);
  return joined;
}

}  // namespace

Picture Picture::FromColumn(std::string_view column) {
  if (column.empty()) return {};
  const auto without = [&](std::string_view prefix) {
    return std::string(column.substr(prefix.size()));
  };
  if (column.starts_with(kFilePrefix)) return {Kind::kFile, without(kFilePrefix)};
  if (column.starts_with(kPublicIdPrefix)) return {Kind::kPublicId, without(kPublicIdPrefix)};
  return {Kind::kText, std::string(column)};
}

std::string Picture::ToColumn() const {
  if (kind == Kind::kFile) return Join({kFilePrefix, value});
  if (kind == Kind::kPublicId) return Join({kPublicIdPrefix, value});
  return kind == Kind::kNone ? std::string() : value;
}

std::string Picture::Address(std::string_view base_url, std::string_view cloud_name) const {
  if (kind == Kind::kFile) return Join({base_url, "/user_photos/", value});
  if (kind == Kind::kPublicId && !cloud_name.empty()) {
    return Join({"https://res.cloudinary.com/", cloud_name, "/image/upload/", value});
  }
  return kind == Kind::kNone ? std::string() : value;
}

}  // namespace rosterd::directory

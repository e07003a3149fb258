#include "db/timeslot/image_store.h"

namespace rosterd::db::timeslot {
namespace {

constexpr std::string_view kAdd =
    "INSERT INTO timeslot_images (user_id, public_id, created_at) VALUES (?, ?, ?)";
constexpr std::string_view kSupersede =
    "UPDATE timeslot_images SET deleted_at = ?, tag_at = ? WHERE user_id = ? AND deleted_at IS "
    "NULL";

}  // namespace

void ImageStore::Add(Session& session, UserId user, std::string_view public_id, Time now) {
  session.Execute(kAdd, user, public_id, now);
}

bool ImageStore::Supersede(Session& session, UserId user, Time now, bool tag) {
  const auto tag_at = tag ? std::optional(now) : std::nullopt;
  return session.Execute(kSupersede, now, tag_at, user).rows != 0;
}

}  // namespace rosterd::db::timeslot

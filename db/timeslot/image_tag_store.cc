#include "db/timeslot/image_tag_store.h"

#include <string_view>

namespace rosterd::db::timeslot {
namespace {

constexpr std::string_view kDue =
    "SELECT i.id, i.user_id, i.public_id, i.tag_tries, i.tag_at,"
    " EXISTS (SELECT 1 FROM timeslot_images other WHERE other.public_id = i.public_id"
    "  AND other.deleted_at IS NULL)"
    " FROM timeslot_images i WHERE i.tag_at <= ? ORDER BY i.tag_at, i.id LIMIT 1";
constexpr std::string_view kClaim =
    "UPDATE timeslot_images SET tag_at = ?, tag_tries = tag_tries + 1 WHERE id = ? AND tag_at = ?";
constexpr std::string_view kSettle = "UPDATE timeslot_images SET tag_at = NULL WHERE id = ?";

}  // namespace

std::optional<SupersededImage> ImageTagStore::Claim(Session& session, Time now, Time next) {
  Rows rows = session.Query(kDue, now);
  if (!rows.Next()) return std::nullopt;
  SupersededImage image;
  image.id = rows.Number(0);
  image.user = {rows.Number(1)};
  image.public_id = rows.Text(2);
  image.tries = rows.Number(3) + 1;
  image.in_use = rows.Flag(5);
  const std::string due = rows.Text(4);
  if (session.Execute(kClaim, next, image.id, due).rows == 0) return std::nullopt;
  return image;
}

void ImageTagStore::Settle(Session& session, uint64_t id) { session.Execute(kSettle, id); }

}  // namespace rosterd::db::timeslot

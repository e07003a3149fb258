#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "config/settings.h"
#include "db/connection.h"
#include "db/timeslot/image_tag_store.h"

namespace rosterd::timeslot {

/// The public id of an upload in what a client may have sent as one: the id itself,
/// "v<version>/<id>.<format>", or a delivery address. Nothing for another address.
std::optional<std::string> PublicIdOf(std::string_view image);

/// Marks uploads at Cloudinary whose image was replaced: with the tags "replaced",
/// "mediable_id:<user>" and "mediable_type:User". It deletes nothing there. Runs in a process of
/// its own, never in a request; a failure is logged, tried again a few times, and changes nothing
/// (setting tag_replaced_images). Contract: section 10.
class ImageTagger {
 public:
  /// Waits so long; false when the process is to end.
  using Wait = std::function<bool(std::chrono::milliseconds)>;

  static constexpr std::string_view kCloudinary = "https://api.cloudinary.com";

  /// Throws std::runtime_error when libcurl cannot be used.
  ImageTagger(const config::Timeslot& settings, db::Connection& connection,
              std::string_view api_url = kCloudinary);

  /// Marks until `wait` gives false.
  void Run(const Wait& wait);

  /// Makes one try with the image that is due for longest; false when there is nothing to do now.
  bool TagNext();

 private:
  std::optional<std::string> Tag(const db::timeslot::SupersededImage& image) const;
  void Settle(const db::timeslot::SupersededImage& image);

  config::Timeslot settings_;
  db::Connection& connection_;
  std::string url_;
};

}  // namespace rosterd::timeslot

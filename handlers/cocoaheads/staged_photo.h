#pragma once

#include <optional>
#include <string>

#include "config/settings.h"
#include "directory/picture_files.h"
#include "handlers/cocoaheads/photo.h"

namespace rosterd::cocoaheads {

/// A photo on its way into a unit of work: an image is written to the disk at once, and removed
/// again unless the work is committed.
class StagedPhoto {
 public:
  /// Throws directory::PictureError when the photo directory cannot be written.
  StagedPhoto(const config::Server& settings, const PhotoWish& wish);

  /// The picture that the person is to have; nothing when the wish is to keep what there is. An
  /// image lies in its place after this.
  std::optional<std::string> PictureFor(UserId user);

  /// Keeps the image when the work was committed, or may have been.
  template <typename T>
  void Settle(const directory::Outcome<T>& outcome) {
    if (image_ && (outcome || outcome.error() == directory::Refusal::Kind::kUnavailable)) {
      image_->Keep();
    }
  }

  /// Removes the file of another picture, "USER/NAME".
  void Remove(const std::string& file) const { files_.Remove(file); }

 private:
  const PhotoWish& wish_;
  directory::PictureFiles files_;
  std::optional<directory::PictureFiles::Staged> image_;
};

}  // namespace rosterd::cocoaheads

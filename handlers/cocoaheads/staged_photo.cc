#include "handlers/cocoaheads/staged_photo.h"

#include "directory/picture.h"

namespace rosterd::cocoaheads {

using directory::Picture;

StagedPhoto::StagedPhoto(const config::Server& settings, const PhotoWish& wish)
    : wish_(wish), files_(settings.photo_directory, settings.socket_group) {
  if (wish.kind != PhotoWish::Kind::kImage) return;
  image_.emplace(files_, wish.extension);
  image_->Write(wish.bytes);
}

std::optional<std::string> StagedPhoto::PictureFor(UserId user) {
  if (wish_.kind == PhotoWish::Kind::kKeep) return std::nullopt;
  if (image_) return Picture{Picture::Kind::kFile, image_->MoveTo(user)}.ToColumn();
  return wish_.text;
}

}  // namespace rosterd::cocoaheads

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "db/result.h"
#include "handlers/cocoaheads/fields.h"
#include "handlers/cocoaheads/problem.h"

namespace rosterd::cocoaheads {

/// What a request wants done with the photo. Contract: section 9.
struct PhotoWish {
  enum class Kind {
    kKeep,
    kText,   ///< an address or an opaque name; empty = none any more
    kImage,  ///< to be stored as a file
  };
  Kind kind = Kind::kKeep;
  std::string text = {};
  std::string bytes = {};           ///< of the image
  std::string_view extension = {};  ///< of the image: "png", "jpg", "gif", "webp"
};

/// Reads the fields `photo` and `photoURL`; 400 for what is no photo. Nothing is ever fetched.
Result<PhotoWish, Problem> ReadPhoto(const Fields& fields, size_t max_photo);

/// The file extension of an image by its first bytes, whatever it was called; empty when they are
/// of none of the four kinds.
std::string_view ImageExtension(std::string_view bytes);

}  // namespace rosterd::cocoaheads

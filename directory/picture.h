#pragma once

#include <string>
#include <string_view>

namespace rosterd::directory {

/// What db::Person::picture holds: the one picture of a person, set by any dialect and shown by
/// each in its own form (DESIGN.md section 2, row "picture").
struct Picture {
  enum class Kind {
    kNone,
    kText,      ///< an address, or a name that only its client knows; shown as it is
    kFile,      ///< "USER/NAME" below the user_photos folder of server.photo_directory
    kPublicId,  ///< of an upload to Cloudinary
  };

  /// Reads the column: "" none, "file:…" a file, "id:…" a public id, everything else a text.
  static Picture FromColumn(std::string_view column);
  std::string ToColumn() const;

  /// What a client that wants an address gets: `base_url` (scheme, host, port) + "/user_photos/…"
  /// for a file; Cloudinary's delivery address for a public id when `cloud_name` is known, else the
  /// id; a text as it is; empty for none.
  std::string Address(std::string_view base_url, std::string_view cloud_name) const;

  bool operator==(const Picture&) const = default;

  Kind kind = Kind::kNone;
  std::string value;
};

}  // namespace rosterd::directory

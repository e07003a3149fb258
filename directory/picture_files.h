#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

#include "db/connection.h"
#include "db/ids.h"
#include "directory/persons.h"

namespace rosterd::directory {

/// The photo directory does not take a picture: no right to write, no room, not there. what() names
/// the path and says why, for the log alone.
class PictureError : public std::system_error {
 public:
  using std::system_error::system_error;
};

/// The uploaded pictures below setting server.photo_directory: "user_photos/USER/NAME", where the
/// web server serves them, and "incoming/", where they are written first. Names are made here.
/// Nothing in the database knows of a file before it lies whole in its place.
class PictureFiles {
 public:
  /// `group` gets to read the files, when this process may give them to it: that of the web server.
  explicit PictureFiles(std::string root, std::string group = {});

  /// A file that waits for the commit of what points to it. Removed with this object unless kept.
  class Staged {
   public:
    Staged(const PictureFiles& files, std::string_view extension);
    Staged(const Staged&) = delete;
    Staged& operator=(const Staged&) = delete;
    ~Staged();

    /// Writes the bytes through to the disk. Throws PictureError when that fails.
    void Write(std::string_view bytes);
    /// Puts the file into the person's folder; may be called again, also for another person. The
    /// value of a Picture of kind kFile. Throws PictureError.
    std::string MoveTo(UserId user);
    void Keep() { kept_ = true; }

   private:
    const PictureFiles& files_;
    std::string name_;
    std::string path_;
    bool kept_ = false;
  };

  /// Removes one file by the value of its Picture, "USER/NAME"; anything else is left alone.
  void Remove(std::string_view file) const noexcept;
  /// Removes whatever a person uploaded.
  void RemoveAll(UserId user) const noexcept;

  /// Removes what no person's picture points to: what a crash left, and what another picture
  /// replaced. Younger files than `age` stay, because their upload may still be under way; so do
  /// the pictures of deleted persons until they are purged. How many files were removed.
  Outcome<uint64_t> Sweep(db::Connection& connection,
                          std::chrono::seconds age = std::chrono::hours(1)) const;

 private:
  std::string Incoming() const { return root_ + "/incoming"; }
  std::string Photos() const { return root_ + "/user_photos"; }
  void MakeFolder(const std::string& path) const;
  void Share(const std::string& path) const;

  std::string root_;
  std::string group_;
};

}  // namespace rosterd::directory

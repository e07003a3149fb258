#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace rosterd::ctl {

/// Changes of files that belong together: all are undone at the end unless they were kept. Throws
/// Failure, with the name of the file, for what cannot be done.
class FileChanges {
 public:
  FileChanges() = default;
  FileChanges(const FileChanges&) = delete;
  FileChanges& operator=(const FileChanges&) = delete;
  ~FileChanges();

  /// Writes a file that everybody may read, whole or not at all; makes its folder when needed.
  void Write(const std::filesystem::path& file, const std::string& text);
  void Link(const std::filesystem::path& link, const std::filesystem::path& target);
  /// Removes a file, a link, or an empty folder; nothing happens when there is none.
  void Remove(const std::filesystem::path& path);

  void Keep() { before_.clear(); }

 private:
  /// What was at a path: nothing, a folder, a link's target, or a file's text.
  struct Before {
    std::filesystem::path path;
    std::filesystem::file_type type;
    std::string content;
  };

  void Remember(const std::filesystem::path& path);
  static void Restore(const Before& before) noexcept;

  std::vector<Before> before_;
};

/// The text of a file; nothing when there is none or it cannot be read.
std::optional<std::string> ReadText(const std::filesystem::path& file);

}  // namespace rosterd::ctl

#include "ctl/file_changes.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include "ctl/tool.h"

namespace rosterd::ctl {
namespace {

namespace fs = std::filesystem;

constexpr auto kReadable =
    fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read | fs::perms::others_read;

[[noreturn]] void FailAt(const fs::path& path, const std::error_code& error) {
  throw Failure(path.string() + ": " + error.message());
}

/// Beside the file first, so that nobody ever reads half of it.
void Put(const fs::path& file, const std::string& text, std::error_code& error) {
  const fs::path draft = file.string() + ".rosterctl-new";
  std::ofstream stream(draft, std::ios::binary | std::ios::trunc);
  stream << text;
  stream.close();
  if (!stream) {
    error = std::make_error_code(fs::exists(draft) ? std::errc::no_space_on_device
                                                   : std::errc::permission_denied);
  }
  if (!error) fs::permissions(draft, kReadable, error);
  if (!error) fs::rename(draft, file, error);
  std::error_code ignored;
  if (error) fs::remove(draft, ignored);
}

}  // namespace

FileChanges::~FileChanges() { std::for_each(before_.rbegin(), before_.rend(), Restore); }

void FileChanges::Write(const fs::path& file, const std::string& text) {
  std::error_code error;
  if (!fs::exists(file.parent_path(), error)) {
    Remember(file.parent_path());
    fs::create_directory(file.parent_path(), error);
    if (error) FailAt(file.parent_path(), error);
  }
  Remember(file);
  Put(file, text, error);
  if (error) FailAt(file, error);
}

void FileChanges::Link(const fs::path& link, const fs::path& target) {
  Remove(link);
  Remember(link);
  std::error_code error;
  fs::create_symlink(target, link, error);
  if (error) FailAt(link, error);
}

void FileChanges::Remove(const fs::path& path) {
  Remember(path);
  std::error_code error;
  fs::remove(path, error);
  if (error) FailAt(path, error);
}

void FileChanges::Remember(const fs::path& path) {
  std::error_code error;
  const fs::file_type type = fs::symlink_status(path, error).type();
  std::string content;
  if (type == fs::file_type::symlink) content = fs::read_symlink(path, error).string();
  if (type == fs::file_type::regular) {
    auto text = ReadText(path);
    if (!text) FailAt(path, std::make_error_code(std::errc::permission_denied));
    content = *std::move(text);
  }
  before_.push_back({path, type, std::move(content)});
}

void FileChanges::Restore(const Before& before) noexcept {
  std::error_code error;
  if (before.type == fs::file_type::directory) {
    fs::create_directory(before.path, error);
    return;
  }
  if (before.type == fs::file_type::regular) return Put(before.path, before.content, error);
  fs::remove(before.path, error);
  if (before.type == fs::file_type::symlink) {
    fs::create_symlink(before.content, before.path, error);
  }
}

std::optional<std::string> ReadText(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (stream.bad()) return std::nullopt;
  return text;
}

}  // namespace rosterd::ctl

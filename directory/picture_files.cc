#include "directory/picture_files.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "db/person.h"
#include "directory/picture.h"
#include "directory/secrets.h"

namespace rosterd::directory {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kFolderMode = 02750;  // what is made in it belongs to its group
constexpr mode_t kModeWithoutGroupId = 0777;
constexpr mode_t kAllModeBits = 07777;
constexpr mode_t kFileMode = 0640;
constexpr size_t kNameBytes = 16;
constexpr size_t kFoldersAtOnce = 500;
constexpr gid_t kNoGroup = static_cast<gid_t>(-1);

[[noreturn]] void Throw(const std::string& what) {
  throw PictureError(errno, std::generic_category(), what);
}

gid_t GroupOf(const std::string& name) {
  if (name.empty()) return kNoGroup;
  const group* const entry = getgrnam(name.c_str());
  return entry == nullptr ? kNoGroup : entry->gr_gid;
}

/// An open file, closed at the end.
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags)
      : number_(open(path.c_str(), flags | O_CLOEXEC, kFileMode)) {
    if (number_ < 0) Throw(path);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(number_); }
  int Get() const { return number_; }

 private:
  int number_;
};

void SyncFolder(const std::string& path) {
  const Descriptor folder(path, O_RDONLY | O_DIRECTORY);
  if (fsync(folder.Get()) != 0) Throw(path);
}

bool IsDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "USER/NAME" as this class gives it, so that nothing else is ever removed.
bool IsOurs(std::string_view file) {
  const size_t slash = file.find('/');
  if (slash == std::string_view::npos || !IsDigits(file.substr(0, slash))) return false;
  const std::string_view name = file.substr(slash + 1);
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.';
  };
  return !name.empty() && name.front() != '.' && std::ranges::all_of(name, plain);
}

bool IsOlder(const fs::path& path, time_t than) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && status.st_mtime < than;
}

std::vector<fs::path> Entries(const std::string& folder) {
  std::vector<fs::path> entries;
  std::error_code ignored;
  for (fs::directory_iterator entry(folder, ignored), end; entry != end; entry.increment(ignored)) {
    entries.push_back(entry->path());
    if (ignored) break;
  }
  return entries;
}

uint64_t RemoveIf(const fs::path& path, bool unwanted) {
  return unwanted && unlink(path.c_str()) == 0 ? 1 : 0;
}

/// Removes what is not `kept` and old enough, and the folder when nothing is left in it.
uint64_t SweepFolder(const fs::path& folder, const std::string& kept, time_t before) {
  uint64_t removed = 0;
  for (const fs::path& file : Entries(folder)) {
    const std::string name = folder.filename().string() + "/" + file.filename().string();
    removed += RemoveIf(file, name != kept && IsOlder(file, before));
  }
  if (IsOlder(folder, before)) rmdir(folder.c_str());
  return removed;
}

using Pictures = std::vector<std::pair<UserId, std::string>>;

std::string FileOf(const Pictures& pictures, uint64_t user) {
  for (const auto& [id, column] : pictures) {
    if (id.value != user) continue;
    const Picture picture = Picture::FromColumn(column);
    return picture.kind == Picture::Kind::kFile ? picture.value : std::string();
  }
  return {};
}

}  // namespace

PictureFiles::PictureFiles(std::string root, std::string group)
    : root_(std::move(root)), group_(std::move(group)) {}

// The group of the web server, and modes whatever the umask says. Where this process may not give
// things away, the folder's group (which its set-group-id bit hands down) has to do.
void PictureFiles::Share(const std::string& path) const {
  const gid_t group = GroupOf(group_);
  if (group != kNoGroup && chown(path.c_str(), static_cast<uid_t>(-1), group) != 0) errno = 0;
}

// A folder below one with the set-group-id bit has it too. Under systemd's RestrictSUIDSGID nobody
// may set it, so it is asked for only where it is missing, and done without where it is refused.
void PictureFiles::MakeFolder(const std::string& path) const {
  if (mkdir(path.c_str(), kFolderMode & kModeWithoutGroupId) != 0) {
    if (errno == EEXIST) return;
    Throw(path);
  }
  Share(path);
  struct stat made {};
  if (stat(path.c_str(), &made) == 0 && (made.st_mode & kAllModeBits) == kFolderMode) return;
  if (chmod(path.c_str(), kFolderMode) == 0) return;
  if (chmod(path.c_str(), kFolderMode & kModeWithoutGroupId) != 0) Throw(path);
}

PictureFiles::Staged::Staged(const PictureFiles& files, std::string_view extension)
    : files_(files),
      name_(Hex(RandomBytes(kNameBytes)) + "." + std::string(extension)),
      path_(files.Incoming() + "/" + name_) {}

PictureFiles::Staged::~Staged() {
  if (!kept_) unlink(path_.c_str());
}

void PictureFiles::Staged::Write(std::string_view bytes) {
  files_.MakeFolder(files_.Incoming());
  const Descriptor file(path_, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
  files_.Share(path_);
  if (fchmod(file.Get(), kFileMode) != 0) Throw(path_);
  while (!bytes.empty()) {
    const ssize_t written = write(file.Get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) Throw(path_);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  if (fsync(file.Get()) != 0) Throw(path_);
}

std::string PictureFiles::Staged::MoveTo(UserId user) {
  const std::string folder = files_.Photos() + "/" + std::to_string(user.value);
  const std::string target = folder + "/" + name_;
  // A sweep may remove the empty folder just now.
  constexpr int kMostAttempts = 5;
  for (int attempt = 1; path_ != target; ++attempt) {
    files_.MakeFolder(files_.Photos());
    files_.MakeFolder(folder);
    if (rename(path_.c_str(), target.c_str()) == 0) {
      path_ = target;
      SyncFolder(folder);
    } else if (errno != ENOENT || attempt == kMostAttempts) {
      Throw(target);
    }
  }
  return std::to_string(user.value) + "/" + name_;
}

void PictureFiles::Remove(std::string_view file) const noexcept {
  if (IsOurs(file)) unlink((Photos() + "/" + std::string(file)).c_str());
}

void PictureFiles::RemoveAll(UserId user) const noexcept {
  std::error_code ignored;
  fs::remove_all(Photos() + "/" + std::to_string(user.value), ignored);
}

Outcome<uint64_t> PictureFiles::Sweep(db::Connection& connection, std::chrono::seconds age) const {
  const time_t before =
      std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() - age);
  uint64_t removed = 0;
  for (const fs::path& file : Entries(Incoming())) removed += RemoveIf(file, IsOlder(file, before));

  std::vector<fs::path> folders = Entries(Photos());
  std::erase_if(folders, [](const fs::path& path) { return !ParseId(path.filename().string()); });
  for (size_t first = 0; first < folders.size(); first += kFoldersAtOnce) {
    const size_t end = std::min(first + kFoldersAtOnce, folders.size());
    std::vector<uint64_t> users;
    for (size_t i = first; i < end; ++i) users.push_back(*ParseId(folders[i].filename().string()));
    const auto pictures = connection.Read([&](db::Session& session) -> Outcome<Pictures> {
      return db::PersonStore::PicturesOf(session, users);
    });
    if (!pictures) return pictures.error();
    for (size_t i = first; i < end; ++i) {
      removed += SweepFolder(folders[i], FileOf(*pictures, users[i - first]), before);
    }
  }
  return removed;
}

}  // namespace rosterd::directory

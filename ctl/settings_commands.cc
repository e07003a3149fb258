#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "config/reader.h"
#include "ctl/commands.h"
#include "directory/secrets.h"

namespace rosterd::ctl {
namespace {

constexpr size_t kKeySize = 32;
constexpr mode_t kFolderMode = 0750;
constexpr mode_t kFileMode = 0640;

void CheckConfig(Tool& tool) {
  tool.settings();
  tool.Print(Record{{"config", tool.Config()}, {"valid", true}});
}

void ListKeys(Tool& tool) {
  std::vector<Record> records;
  for (const config::Key& key : config::Keys()) {
    records.push_back({{"section", key.section},
                       {"name", key.name},
                       {"default", key.default_value},
                       {"allowed", key.allowed}});
  }
  tool.Print(records);
}

[[noreturn]] void FailBySystem(const std::string& file) {
  throw Failure(file + ": " + std::strerror(errno));
}

/// Makes the folder of the keys; its parents must be there or are made as well.
void MakeFolder(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return;
  std::filesystem::create_directories(folder.parent_path(), error);
  if (error) throw Failure(folder.string() + ": " + error.message());
  if (mkdir(folder.c_str(), kFolderMode) != 0) FailBySystem(folder.string());
}

/// Writes the bytes to a new file of the folder's group, which the daemon reads it by.
void WriteSecret(const std::string& file, const std::string& bytes) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode);
  if (descriptor < 0) FailBySystem(file);
  struct stat folder {};
  bool good = stat(std::filesystem::path(file).parent_path().c_str(), &folder) == 0;
  // Only root and members of the group may; for others their own group is as good.
  [[maybe_unused]] const int ignored = fchown(descriptor, static_cast<uid_t>(-1), folder.st_gid);
  good = good && fchmod(descriptor, kFileMode) == 0 &&
         write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
         fsync(descriptor) == 0;
  const int error = errno;
  close(descriptor);
  if (good) return;
  unlink(file.c_str());
  errno = error;
  FailBySystem(file);
}

/// Makes the server's key unless there is one. It appears whole or not at all.
void InitKeys(Tool& tool) {
  const std::string& file = tool.settings().server.key_file;
  const bool is_there = std::filesystem::exists(file);
  if (!is_there) {
    MakeFolder(std::filesystem::path(file).parent_path());
    const std::string draft = file + ".new-" + directory::RandomAlphanumeric(8);
    WriteSecret(draft, directory::RandomBytes(kKeySize));
    const bool linked = link(draft.c_str(), file.c_str()) == 0;
    const int error = errno;
    unlink(draft.c_str());
    errno = error;
    if (!linked) FailBySystem(file);
  }
  directory::ReadKeyFile(file);  // throws for one that is too short
  tool.Print(Record{{"key_file", file}, {"created", !is_there}});
}

}  // namespace

void AddSettingsCommands(CLI::App& app, Tool& tool) {
  const auto list = std::make_shared<bool>(false);
  CLI::App* const check = app.add_subcommand("check-config", "Whether the settings can be used");
  check->add_flag("--keys", *list, "List all settings that there are instead");
  check->callback([&tool, list] { *list ? ListKeys(tool) : CheckConfig(tool); });

  CLI::App* const keys = app.add_subcommand("keys", "Our own keys");
  keys->require_subcommand(1);
  keys->add_subcommand("init", "Makes server.key_file unless there is one")->callback([&tool] {
    InitKeys(tool);
  });
}

}  // namespace rosterd::ctl

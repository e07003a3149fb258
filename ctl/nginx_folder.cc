#include "ctl/nginx_folder.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>
#include <vector>

#include "ctl/program.h"
#include "ctl/tool.h"

namespace rosterd::ctl {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSnippets = "rosterd@";

std::vector<fs::path> Entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    entries.push_back(entry->path());
  }
  return entries;
}

bool IsOurs(const fs::path& file) {
  const auto text = ReadText(file);
  return text && InstanceOf(*text);
}

/// Whether a line that is no comment has these words.
bool Says(const fs::path& file, const std::string& words) {
  std::istringstream text(ReadText(file).value_or(""));
  for (std::string line; std::getline(text, line);) {
    const size_t first = line.find_first_not_of(" \t");
    if (first != std::string::npos && line[first] != '#' && line.find(words) != std::string::npos) {
      return true;
    }
  }
  return false;
}

/// What nginx says about itself; its exit status in `status`.
std::string RunNginx(const fs::path& folder, std::vector<std::string> arguments, int& status) {
  constexpr const char* kUsual = "/usr/sbin/nginx";
  std::vector<std::string> command = {access(kUsual, X_OK) == 0 ? kUsual : "nginx", "-q", "-c",
                                      (folder / "nginx.conf").string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const int output = memfd_create("nginx", MFD_CLOEXEC);
  if (output < 0) throw Failure("nginx: there is no memory for its answer");
  status = RunProgram(command, output, output);
  std::string text;
  std::array<char, 4096> part{};
  lseek(output, 0, SEEK_SET);
  for (ssize_t length = 0; (length = read(output, part.data(), part.size())) > 0;) {
    text.append(part.data(), static_cast<size_t>(length));
  }
  close(output);
  return text;
}

/// The line that says what is wrong.
std::string Reason(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find("[emerg]") != std::string::npos) return line;
  }
  return text;
}

}  // namespace

NginxFolder::NginxFolder(fs::path folder, SettingsOf settings_of)
    : folder_(std::move(folder)), settings_of_(std::move(settings_of)) {
  if (!fs::exists(folder_ / "nginx.conf")) {
    throw Failure((folder_ / "nginx.conf").string() + ": there is none; install nginx");
  }
}

fs::path NginxFolder::SiteFile(const std::string& name) const {
  return folder_ / "sites-available" / name;
}
fs::path NginxFolder::LinkOf(const std::string& name) const {
  return folder_ / "sites-enabled" / name;
}
fs::path NginxFolder::HttpFile() const { return folder_ / "conf.d" / "rosterd.conf"; }

bool NginxFolder::Enable(const NginxSite& site) {
  RefuseForeign(site.name);
  FileChanges changes;
  changes.Write(SiteFile(site.name), SiteText(site));
  changes.Link(LinkOf(site.name), fs::path("..") / "sites-available" / site.name);
  Follow(changes);
  return Finish(changes);
}

bool NginxFolder::Disable(const std::string& name) {
  RefuseForeign(name);
  std::error_code error;
  if (!fs::is_symlink(LinkOf(name), error)) throw Failure("site " + name + ": it is not enabled");
  FileChanges changes;
  changes.Remove(LinkOf(name));
  Follow(changes);
  return Finish(changes);
}

bool NginxFolder::Refresh() {
  FileChanges changes;
  Follow(changes);
  return Finish(changes);
}

void NginxFolder::RefuseForeign(const std::string& name) const {
  const std::string remedy = " was not made by rosterctl; choose another name for the site";
  std::error_code error;
  const fs::path file = SiteFile(name);
  if (fs::exists(fs::symlink_status(file, error)) &&
      (!fs::is_regular_file(fs::symlink_status(file)) || !IsOurs(file))) {
    throw Failure(file.string() + remedy);
  }
  const fs::path link = LinkOf(name);
  if (!fs::exists(fs::symlink_status(link, error))) return;
  const fs::path target = fs::read_symlink(link, error);
  if (error || (link.parent_path() / target).lexically_normal() != file.lexically_normal()) {
    throw Failure(link.string() + remedy);
  }
}

std::set<std::string> NginxFolder::InstancesInUse() const {
  std::set<std::string> instances;
  for (const fs::path& site : Entries(folder_ / "sites-enabled")) {
    const auto text = ReadText(site);
    const auto instance = text ? InstanceOf(*text) : std::nullopt;
    if (instance) instances.insert(*instance);
  }
  return instances;
}

bool NginxFolder::IsSaidElsewhere(const std::string& words) const {
  std::vector<fs::path> files = Entries(folder_ / "sites-enabled");
  for (const fs::path& file : Entries(folder_ / "conf.d")) {
    if (file.extension() == ".conf") files.push_back(file);
  }
  files.push_back(folder_ / "nginx.conf");
  return std::ranges::any_of(
      files, [&](const fs::path& file) { return !IsOurs(file) && Says(file, words); });
}

void NginxFolder::Follow(FileChanges& changes) const {
  const std::set<std::string> in_use = InstancesInUse();
  NginxHttp http{.instances = {}, .sets_variables_hash = !IsSaidElsewhere("variables_hash_")};
  for (const std::string& instance : in_use) {
    if (!instance.empty()) WriteSnippets(changes, instance);
    const std::string folder = instance.empty() ? "snippets" : SnippetFolder(instance);
    if (!IsSaidElsewhere(folder + "/rosterd-upstreams.conf")) http.instances.push_back(instance);
  }
  RemoveSnippets(changes, in_use);
  const bool is_ours = IsOurs(HttpFile());
  if (http.instances.empty()) {
    if (is_ours) changes.Remove(HttpFile());
    return;
  }
  std::error_code error;
  if (fs::exists(fs::symlink_status(HttpFile(), error)) && !is_ours) {
    throw Failure(HttpFile().string() + " was not made by rosterctl; move it away");
  }
  changes.Write(HttpFile(), HttpText(http));
}

void NginxFolder::WriteSnippets(FileChanges& changes, const std::string& instance) const {
  const config::Settings settings = settings_of_(instance);
  const fs::path folder = folder_ / SnippetFolder(instance);
  for (const fs::path& shipped : Entries(folder_ / "snippets")) {
    const std::string name = shipped.filename();
    if (!name.starts_with("rosterd") || shipped.extension() != ".conf") continue;
    const auto text = ReadText(shipped);
    if (!text) throw Failure(shipped.string() + ": cannot be read");
    changes.Write(folder / name, InstanceSnippet(*text, instance, settings));
  }
}

void NginxFolder::RemoveSnippets(FileChanges& changes, const std::set<std::string>& in_use) const {
  for (const fs::path& folder : Entries(folder_ / "snippets")) {
    const std::string name = folder.filename();
    if (!name.starts_with(kSnippets) || in_use.contains(name.substr(kSnippets.size()))) continue;
    for (const fs::path& file : Entries(folder)) changes.Remove(file);
    changes.Remove(folder);
  }
}

bool NginxFolder::Finish(FileChanges& changes) const {
  int status = 0;
  const std::string answer = RunNginx(folder_, {"-t"}, status);
  if (status == kNoSuchProgram) throw Failure("nginx is not there; install it");
  if (status != 0) throw Failure("nothing was changed, for nginx refuses it: " + Reason(answer));
  changes.Keep();
  RunNginx(folder_, {"-s", "reload"}, status);
  return status == 0;
}

}  // namespace rosterd::ctl

#include "config/reader.h"

#include <algorithm>
#include <filesystem>
#include <type_traits>
#include <utility>
#include <variant>

#include "config/table.h"
#include "config/values.h"
#include "config/yaml_file.h"

namespace rosterd::config {
namespace {

/// What a worker needs beside the memory of one password hash.
constexpr size_t kWorkerMemory = size_t{16} << 20U;

std::string Quoted(const RawValue& value) {
  if (value.is_list) return "a list";
  return '"' + value.items.front() + '"';
}

bool Fits(const Target& target, const RawValue& value) {
  return std::visit(
      [&](const auto& to) {
        if constexpr (std::is_same_v<std::decay_t<decltype(to)>, List>) {
          return to.Set(value.is_list ? value.items : SplitList(value.items.front()));
        } else {
          return !value.is_list && to.Set(value.items.front());
        }
      },
      target);
}

std::string Allowed(const Target& target) {
  return std::visit([](const auto& to) { return to.Allowed(); }, target);
}

/// The settings while they are put together.
class Draft {
 public:
  Draft() : table_(Table(settings_)) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() = default;

  void Apply(const RawSection& section) {
    if (std::ranges::find(table_, section.name, &Binding::section) == table_.end()) {
      throw Error(section.place + ": there is no section " + section.name);
    }
    for (const RawKey& key : section.keys) Apply(section.name, key.name, key.value);
  }

  void Apply(const std::string& section, const std::string& name, const RawValue& value) {
    const std::string key = section + "." + name;
    const auto binding = std::ranges::find_if(table_, [&](const Binding& candidate) {
      return candidate.section == section && candidate.name == name;
    });
    if (binding == table_.end()) throw Error(value.place + ": there is no setting " + key);
    if (Fits(binding->target, value)) return;
    throw Error(value.place + ": " + key + ": " + Quoted(value) +
                " is not allowed; allowed: " + Allowed(binding->target));
  }

  /// The settings, once they are known not to contradict each other.
  Settings Finish() && {
    const size_t limit = settings_.server.max_memory;
    if (limit != 0 && limit < settings_.password.memory + kWorkerMemory) {
      throw Error("server.max_memory: " + ShowSize(limit) + " is not enough for password.memory: " +
                  ShowSize(settings_.password.memory) + " and 16 MiB for the worker itself");
    }
    CheckBedita();
    TakeLegacySalt();
    std::string& url = settings_.cscart.storefront_url;
    while (url.ends_with('/')) url.pop_back();
    return std::move(settings_);
  }

 private:
  void CheckBedita() const {
    const Bedita& bedita = settings_.bedita;
    const auto& origins = bedita.cors_allow_origin;
    if (bedita.cors_allow_credentials && std::ranges::find(origins, "*") != origins.end()) {
      throw Error(
          "bedita.cors.allow_credentials: not together with the origin *, which would let "
          "every page act with the cookies of its visitors");
    }
    if (bedita.jwt_algorithm == "RS256" && bedita.jwt_secret.empty()) {
      throw Error("bedita.jwt.secret: RS256 needs the private key in PEM");
    }
  }

  // Two names of one thing: hashes of all dialects are verified in one place.
  void TakeLegacySalt() {
    const std::string& salt = settings_.bedita.legacy_salt;
    std::string& shared = settings_.password.legacy_md5_salt;
    if (salt.empty() || salt == shared) return;
    if (!shared.empty()) {
      throw Error("bedita.legacy_salt: differs from password.legacy_md5_salt; set one of them");
    }
    shared = salt;
  }

  Settings settings_;
  std::vector<Binding> table_;
};

void ApplyFile(Draft& draft, const std::string& file) {
  for (const RawSection& section : ReadYamlFile(file)) draft.Apply(section);
}

/// The folder of the files that belong to `file`: several instances share a folder of settings.
std::filesystem::path FolderOf(const std::filesystem::path& file) {
  const std::string name = file.stem();
  return file.parent_path() / (name == "rosterd" ? "conf.d" : name + ".d");
}

/// The *.yaml files that belong to `file`, by name.
std::vector<std::string> FilesBeside(const std::string& file) {
  const std::filesystem::path folder = FolderOf(file);
  std::vector<std::string> files;
  std::error_code error;
  if (!std::filesystem::exists(folder, error) && !error) return files;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".yaml") files.push_back(entry->path().string());
  }
  if (error) throw Error(folder.string() + ": cannot be read: " + error.message());
  std::ranges::sort(files);
  return files;
}

void ApplyOverride(Draft& draft, const std::string& text) {
  const size_t equals = text.find('=');
  const size_t dot = text.substr(0, equals).find('.');
  if (equals == std::string::npos || dot == std::string::npos) {
    throw Error("--set: \"" + text + "\" is not allowed; allowed: section.key=value");
  }
  const RawValue value{{text.substr(equals + 1)}, /*is_list=*/false, "--set"};
  draft.Apply(text.substr(0, dot), text.substr(dot + 1, equals - dot - 1), value);
}

}  // namespace

Settings Load(const std::string& file, std::span<const std::string> overrides) {
  Draft draft;
  ApplyFile(draft, file);
  for (const std::string& more : FilesBeside(file)) ApplyFile(draft, more);
  for (const std::string& text : overrides) ApplyOverride(draft, text);
  return std::move(draft).Finish();
}

Settings LoadDefaults(std::span<const std::string> overrides) {
  Draft draft;
  for (const std::string& text : overrides) ApplyOverride(draft, text);
  return std::move(draft).Finish();
}

std::vector<Key> Keys() {
  Settings defaults;
  std::vector<Key> keys;
  for (const Binding& binding : Table(defaults)) {
    keys.push_back({std::string(binding.section), std::string(binding.name),
                    std::visit([](const auto& to) { return to.Show(); }, binding.target),
                    Allowed(binding.target)});
  }
  return keys;
}

}  // namespace rosterd::config

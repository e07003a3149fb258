#include "tests/ctl/rosterctl.h"

#include <fcntl.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace rosterd::testing {
namespace {

std::string ReadAll(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::string ToText(const rapidjson::Value& value) {
  if (value.IsString()) return {value.GetString(), value.GetStringLength()};
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return buffer.GetString();
}

Columns ToColumns(const rapidjson::Value& object) {
  Columns columns;
  for (const auto& member : object.GetObject()) {
    columns[member.name.GetString()] = ToText(member.value);
  }
  return columns;
}

rapidjson::Document Answer(const Ran& ran) {
  if (ran.status != 0) throw std::runtime_error("rosterctl failed: " + ran.err);
  rapidjson::Document document;
  document.Parse(ran.out.data(), ran.out.size());
  if (document.HasParseError()) throw std::runtime_error("rosterctl wrote no JSON: " + ran.out);
  return document;
}

}  // namespace

Rosterctl::Rosterctl(TestDatabase::Schema schema) : database_(schema) {
  std::string pattern = std::filesystem::temp_directory_path() / "rosterctl-XXXXXX";
  folder_ = mkdtemp(pattern.data());
  const config::Database& settings = database_.Settings();
  std::ofstream(folder_ / "rosterd.yaml")
      << "server:\n  key_file: " << (folder_ / "keys/server.key").string() << "\n"
      << "database:\n  defaults_file: " << settings.defaults_file
      << "\n  defaults_group: " << settings.defaults_group << "\n  name: " << settings.name
      << "\n  migrations: " << settings.migrations << "\n"
      << "password:\n  memory: 64k\n  iterations: 1\n";
}

Rosterctl::~Rosterctl() { std::filesystem::remove_all(folder_); }

Ran Rosterctl::Run(std::vector<std::string> arguments, const std::string& input) const {
  std::ofstream(folder_ / "in") << input;
  arguments.insert(arguments.begin(), {ROSTERCTL, "--config", (folder_ / "rosterd.yaml").string()});
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const auto open_as = [&](int descriptor, const char* name, int flags) {
    posix_spawn_file_actions_addopen(&actions, descriptor, (folder_ / name).c_str(), flags, 0600);
  };
  open_as(STDIN_FILENO, "in", O_RDONLY);
  open_as(STDOUT_FILENO, "out", O_WRONLY | O_CREAT | O_TRUNC);
  open_as(STDERR_FILENO, "err", O_WRONLY | O_CREAT | O_TRUNC);
  pid_t pid = 0;
  const int error =
      posix_spawn(&pid, pointers.front(), &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("rosterctl does not start");
  int status = 0;
  waitpid(pid, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, ReadAll(folder_ / "out"),
          ReadAll(folder_ / "err")};
}

Columns Rosterctl::One(std::vector<std::string> arguments) const {
  arguments.emplace_back("--json");
  return ToColumns(Answer(Run(std::move(arguments))));
}

std::vector<Columns> Rosterctl::Many(std::vector<std::string> arguments) const {
  arguments.emplace_back("--json");
  const rapidjson::Document document = Answer(Run(std::move(arguments)));
  std::vector<Columns> all;
  for (const auto& value : document.GetArray()) all.push_back(ToColumns(value));
  return all;
}

}  // namespace rosterd::testing

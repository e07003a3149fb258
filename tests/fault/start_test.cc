// Starts that cannot work say so in one line and leave nothing; stops leave nothing either.
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/fault/calls.h"
#include "tests/fault/processes.h"

namespace rosterd::testing {
namespace {

/// A state folder that nobody has used yet.
class StateFolder {
 public:
  StateFolder() {
    std::string path = "/tmp/rosterd-fault.XXXXXX";
    if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder can be made in /tmp");
    path_ = path;
  }
  ~StateFolder() {
    RunScript({"--stop", "--state", path_});
    std::filesystem::remove_all(path_);
  }
  StateFolder(const StateFolder&) = delete;
  StateFolder& operator=(const StateFolder&) = delete;

  const std::string& Path() const { return path_; }

 private:
  std::string path_;
};

/// `./run` with this state and free ports.
CommandResult RunIn(const StateFolder& state, const std::vector<std::string>& more) {
  const std::vector<int> ports = FreePorts(2);
  std::vector<std::string> words = {"--detach",
                                    "--state",
                                    state.Path(),
                                    "--http",
                                    std::to_string(ports[0]),
                                    "--https",
                                    std::to_string(ports[1]),
                                    "--demo",
                                    "0"};
  words.insert(words.end(), more.begin(), more.end());
  return RunScript(words);
}

std::string Programs() {
  const char* const folder = std::getenv("ROSTERD_BIN_DIR");
  return folder == nullptr ? ROSTERD_BINARY_DIR : folder;
}

// One line, beside warnings ("<4>") of settings that can be used.
void ExpectOneLine(const CommandResult& result, int status, const std::string& text) {
  EXPECT_EQ(result.status, status);
  std::istringstream lines(result.err);
  int errors = 0;
  for (std::string line; std::getline(lines, line);) errors += line.starts_with("<4>") ? 0 : 1;
  EXPECT_EQ(errors, 1) << result.err;
  EXPECT_NE(result.err.find(text), std::string::npos) << result.err;
}

bool IsLocked(const std::string& file) {
  const int descriptor = open(file.c_str(), O_RDWR | O_CLOEXEC);
  const bool locked = descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) != 0;
  close(descriptor);
  return locked;
}

int SocketsBelow(const std::string& folder) {
  const auto all = std::filesystem::recursive_directory_iterator(folder);
  return static_cast<int>(
      std::count_if(begin(all), end(all), [](const auto& entry) { return entry.is_socket(); }));
}

void ExpectNothingLeft(const std::string& state) {
  EXPECT_EQ(ProcessesOf(state), 0);
  EXPECT_EQ(SocketsBelow(state), 0);
  EXPECT_FALSE(IsLocked(state + "/lock"));
  EXPECT_FALSE(std::filesystem::exists(state + "/bootstrap.json"));
}

TEST(Start, RefusesAWrongSettingInOneLine) {
  const StateFolder state;
  ExpectOneLine(RunIn(state, {"--set", "cscart.items_per_page=many"}), 1, "cscart.items_per_page");
  ExpectNothingLeft(state.Path());
}

TEST(Start, RefusesAWrongFileInOneLine) {
  const StateFolder state;
  std::filesystem::create_directory(state.Path() + "/conf.d");
  std::ofstream(state.Path() + "/conf.d/10-mine.yaml") << "server:\n  backlog: [1, 2\n";
  ExpectOneLine(RunIn(state, {}), 1, "10-mine.yaml:");
  ExpectNothingLeft(state.Path());
}

TEST(Start, RefusesAPortInUseInOneLine) {
  const StateFolder state;
  const std::string port = std::to_string(SharedStack().HttpPort());
  ExpectOneLine(RunIn(state, {"--http", port}), 1, "port " + port + " of 127.0.0.1 is taken");
  ExpectNothingLeft(state.Path());
}

TEST(Start, RefusesAStateInUseInOneLine) {
  const Stack& stack = SharedStack();
  const std::vector<int> ports = FreePorts(2);
  ExpectOneLine(RunScript({"--detach", "--state", stack.State(), "--http", std::to_string(ports[0]),
                           "--https", std::to_string(ports[1])}),
                1, "rosterd already runs in " + stack.State().string());
  EXPECT_EQ(Send(Get(stack, "/users/1")).status, 200);
}

TEST(Start, RefusesADatabaseThatDoesNotStartInOneLine) {
  const StateFolder state;
  std::filesystem::create_directories(state.Path() + "/mysql/mysql");
  std::ofstream(state.Path() + "/mysql/ibdata1") << "not a table space";
  ExpectOneLine(RunIn(state, {}), 1, "MariaDB did not start: ");
  ExpectNothingLeft(state.Path());
}

// In a mount namespace of its own, which ends with its last process.
TEST(Start, RefusesAFullDiskInOneLine) {
  if (RunCommand({"unshare", "--mount", "true"}).status != 0) GTEST_SKIP() << "needs root";
  const StateFolder state;
  const std::string script = R"(mount -t tmpfs -o size=40m tmpfs "$0" && exec "$@")";
  const std::string run = ROSTERD_SOURCE_DIR "/run";
  const CommandResult result = RunCommand({"unshare", "--mount", "sh", "-c", script, state.Path(),
                                           run, "--detach", "--state", state.Path(), "--demo", "0"},
                                          {"ROSTERD_BIN_DIR=" + Programs()});
  ExpectOneLine(result, 1, "the disk of " + state.Path() + " has less than 300 MB left");
  ExpectNothingLeft(state.Path());
}

TEST(Daemon, RefusesWrongSettingsInOneLine) {
  const std::string program = CommandLine(SharedStack().MasterPid()).front();
  const StateFolder state;
  const std::string file = state.Path() + "/rosterd.yaml";
  std::ofstream(file) << "server:\n  bakclog: 5\n";
  ExpectOneLine(RunCommand({program, "--config", file}), 78, "rosterd.yaml:2: ");
  ExpectOneLine(RunCommand({program, "--config", "/nowhere.yaml"}), 78, "/nowhere.yaml");
  ExpectOneLine(RunCommand({program, "--config", SharedStack().State() / "rosterd.yaml", "--set",
                            "server.run_directory=/nowhere/at/all"}),
                1, "/nowhere/at/all");
  ExpectOneLine(RunCommand({program, "--config", SharedStack().State() / "rosterd.yaml", "--set",
                            "server.key_file=/nowhere.key"}),
                78, "/nowhere.key");
}

TEST(SecondStart, KeepsTheDataAndStopLeavesNothing) {
  Stack stack;
  const std::string key = stack.AdminKey();
  AddCustomer(stack, "kept@example.com");
  const std::vector<pid_t> pids = {stack.MasterPid(), stack.NginxPid(), stack.MysqlPid()};

  EXPECT_EQ(stack.Stop().status, 0);

  for (const pid_t pid : pids) EXPECT_TRUE(IsGone(pid));
  ExpectNothingLeft(stack.State());
  // The other one runs beside it, and does not notice.
  EXPECT_EQ(Send(Get(SharedStack(), "/users/1")).status, 200);
  stack.Start();
  EXPECT_EQ(stack.AdminKey(), key);
  EXPECT_EQ(CountOf(stack, "kept@example.com"), 1);
  EXPECT_EQ(Send(Get(stack, "/users/1")).status, 200);
  EXPECT_EQ(CountOf(SharedStack(), "kept@example.com"), 0);
}

}  // namespace
}  // namespace rosterd::testing

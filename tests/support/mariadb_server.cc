#include "tests/support/mariadb_server.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace rosterd::testing {
namespace {

constexpr std::chrono::seconds kStartDeadline{60};
constexpr std::chrono::milliseconds kBetweenLooks{20};

std::filesystem::path MakeDirectory() {
  // Short, because the path of a unix socket has 107 bytes at most.
  std::string path = "/tmp/rosterd-db-XXXXXX";
  if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary directory");
  return path;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// Starts a program whose output goes to `log`, and which dies with us.
pid_t Spawn(const std::vector<std::string>& words, const std::string& log) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  const pid_t pid = fork();
  if (pid != 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int output = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

bool HasEnded(pid_t pid) { return waitpid(pid, nullptr, WNOHANG) == pid; }

}  // namespace

MariadbServer::MariadbServer() : directory_(MakeDirectory()) {
  WriteDefaultsFile();
  const std::string log = directory_ / "install.log";
  std::vector<std::string> words = {
      "mariadb-install-db", "--no-defaults", "--datadir=" + (directory_ / "data").string(),
      // Of its own: servers that start remove each other's tables in /tmp.
      "--tmpdir=" + directory_.string(), "--auth-root-authentication-method=normal",
      // It needs no name of this host, which may have none that resolves.
      "--force", "--skip-test-db", "--innodb-log-file-size=8M"};
  if (geteuid() == 0) words.emplace_back("--user=root");
  int status = 0;
  if (waitpid(Spawn(words, log), &status, 0) < 0 || status != 0) {
    throw std::runtime_error("mariadb-install-db: " + ReadFile(log));
  }
  Start();
}

MariadbServer::~MariadbServer() {
  Kill();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

MariadbServer& MariadbServer::Shared() {
  static MariadbServer server;
  return server;
}

void MariadbServer::WriteDefaultsFile() const {
  const int file = open(DefaultsFile().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  const std::string text = "[rosterd]\nuser=root\nlocal-infile=0\nsocket=" + Socket() + "\n";
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(file);
  if (!written) throw std::runtime_error("cannot write " + DefaultsFile());
}

void MariadbServer::Start() {
  const std::string log = directory_ / "server.log";
  std::vector<std::string> words = {"mariadbd",
                                    "--no-defaults",
                                    "--datadir=" + (directory_ / "data").string(),
                                    "--tmpdir=" + directory_.string(),
                                    "--socket=" + Socket(),
                                    "--pid-file=" + (directory_ / "pid").string(),
                                    "--skip-networking",
                                    "--innodb-buffer-pool-size=32M",
                                    "--innodb-log-file-size=8M",
                                    "--innodb-fast-shutdown=2",
                                    "--innodb-doublewrite=0",
                                    "--innodb-flush-method=nosync",
                                    "--debug-no-sync",
                                    "--max-connections=100"};
  if (geteuid() == 0) words.emplace_back("--user=root");
  pid_ = Spawn(words, log);
  const auto deadline = std::chrono::steady_clock::now() + kStartDeadline;
  while (!Answers()) {
    if (HasEnded(pid_) || std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("mariadbd does not start: " + ReadFile(log));
    }
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

// A server that takes connections greets each one.
bool MariadbServer::Answers() const {
  const int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  Socket().copy(address.sun_path, sizeof(address.sun_path) - 1);
  std::array<char, 16> greeting{};
  const bool answers =
      connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
      read(connection, greeting.data(), greeting.size()) > 0;
  close(connection);
  return answers;
}

void MariadbServer::End(int signal) {
  if (pid_ == 0) return;
  kill(pid_, signal);
  waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

void MariadbServer::Stop() { End(SIGTERM); }

void MariadbServer::Kill() { End(SIGKILL); }

}  // namespace rosterd::testing

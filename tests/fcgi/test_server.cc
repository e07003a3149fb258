#include "tests/fcgi/test_server.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "fcgi/shared.h"
#include "tests/fcgi/raw_client.h"
#include "tests/fcgi/test_application.h"
#include "tests/fcgi/waiting.h"

namespace rosterd::fcgi::testing {
namespace {

[[noreturn]] void RunChild(const ServerOptions& options, const TestServer::Setting& setting,
                           const std::string& log) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  ::dup2(file, STDERR_FILENO);
  if (setting.in_child) setting.in_child();
  ServerHooks hooks = setting.hooks;
  if (!hooks.make_application) hooks.make_application = std::make_unique<TestApplication>;
  const Shared<Metrics> metrics;
  ::_exit(RunServer(options, hooks, *metrics));
}

bool Answers(const std::string& socket) {
  RawClient client(socket);
  client.Send(Get("/up"));
  return client.Receive().status_line == "Status: 200 OK";
}

}  // namespace

Folder::Folder() : path_("/tmp/rosterd-fcgi-XXXXXX") {
  if (::mkdtemp(path_.data()) == nullptr) std::abort();
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

ServerOptions TestOptions(const std::string& socket) {
  ServerOptions options;
  options.pools = {{.name = "test", .socket = socket, .workers = 2}};
  options.io_timeout = std::chrono::seconds(1);
  options.request_timeout = std::chrono::seconds(20);
  options.drain_timeout = std::chrono::seconds(10);
  options.max_memory = 0;
  return options;
}

TestServer::TestServer(const Folder& folder, const ServerOptions& options, const Setting& setting)
    : log_(folder / "log") {
  pid_ = ::fork();
  if (pid_ == 0) RunChild(options, setting, log_);
  int workers = 0;
  for (const Pool& pool : options.pools) workers += pool.workers;
  const std::string& first = options.pools[0].socket;
  Eventually([&] {
    if (Answers(setting.answers_at.empty() ? first : setting.answers_at) &&
        Workers().size() == static_cast<size_t>(workers)) {
      return true;
    }
    siginfo_t ended{};  // One that ends at once is what some tests want.
    return ::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           ended.si_pid == pid_;
  });
}

TestServer::~TestServer() {
  if (pid_ <= 0) return;
  Signal(SIGTERM);
  if (!WaitForEnd()) {
    Signal(SIGKILL);
    WaitForEnd();
  }
}

void TestServer::Signal(int number) const { ::kill(pid_, number); }

std::optional<int> TestServer::WaitForEnd() {
  int status = 0;
  if (!Eventually([&] { return ::waitpid(pid_, &status, WNOHANG) == pid_; })) return std::nullopt;
  pid_ = 0;
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

std::string TestServer::LogText() const { return ReadFile(log_); }

std::vector<int> TestServer::Workers() const {
  const auto name = [](int pid) { return ReadFile("/proc/" + std::to_string(pid) + "/comm"); };
  const std::string pid = std::to_string(pid_);
  std::istringstream children(ReadFile("/proc/" + pid + "/task/" + pid + "/children"));
  std::vector<int> workers{std::istream_iterator<int>(children), {}};
  std::erase_if(workers, [&](int child) { return name(child) != name(pid_); });
  return workers;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  // Inserted as a whole, for iterators throw when a process ends while its file is read.
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace rosterd::fcgi::testing

#include "tests/e2e/stack.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <utility>

namespace rosterd::testing {
namespace {

const char* const kRun = ROSTERD_SOURCE_DIR "/run";

std::filesystem::path MakeFolder() {
  std::string path = "/tmp/rosterd-e2e.XXXXXX";
  if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder can be made in /tmp");
  return path;
}

// A process that outlives us: when our end of its pipe closes, however we end, it stops the stack
// and removes the folder.
int StartGuard(const std::filesystem::path& folder) {
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
  const std::string script = "cat >/dev/null; [ -d '" + folder.string() + "' ] || exit 0; '" +
                             kRun + "' --stop --state '" + folder.string() + "/state'; rm -rf '" +
                             folder.string() + "'";
  const pid_t pid = fork();
  if (pid == 0) {
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(pipe_ends[0], STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execlp("setsid", "setsid", "--fork", "sh", "-c", script.c_str(), nullptr);
    _exit(127);
  }
  close(pipe_ends[0]);
  return pipe_ends[1];
}

bool IsFree(int port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool is_free =
      bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  close(descriptor);
  return is_free;
}

std::string Problem(const std::string& what, const CommandResult& result) {
  return what + " ended with " + std::to_string(result.status) + ": " + result.err + result.out;
}

}  // namespace

std::vector<int> FreePorts(int count) {
  // Below the range from which the system gives ports to connections of others.
  constexpr int kLowest = 12000;
  constexpr int kHighest = 30000;
  std::random_device random;
  std::uniform_int_distribution<int> any(kLowest, kHighest);
  std::vector<int> ports;
  while (ports.size() < static_cast<std::size_t>(count)) {
    const int port = any(random);
    const bool is_new = std::find(ports.begin(), ports.end(), port) == ports.end();
    if (is_new && IsFree(port)) ports.push_back(port);
  }
  return ports;
}

CommandResult RunScript(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), kRun);
  std::vector<std::string> environment;
  if (getenv("ROSTERD_BIN_DIR") == nullptr) {
    environment.emplace_back("ROSTERD_BIN_DIR=" ROSTERD_BINARY_DIR);
  }
  return RunCommand(arguments, environment);
}

Stack::Stack(StackOptions options)
    : options_(std::move(options)), folder_(MakeFolder()), state_(folder_ / "state") {
  guard_ = StartGuard(folder_);
  const std::vector<int> ports = FreePorts(2);
  http_port_ = ports[0];
  https_port_ = ports[1];
  try {
    Start();
  } catch (...) {
    close(guard_);
    throw;
  }
}

Stack::~Stack() {
  Stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  close(guard_);
}

void Stack::Start() {
  std::vector<std::string> words = {"--detach",
                                    "--state",
                                    state_,
                                    "--http",
                                    std::to_string(http_port_),
                                    "--https",
                                    std::to_string(https_port_),
                                    "--demo",
                                    std::to_string(options_.demo)};
  if (options_.workers > 0) {
    words.insert(words.end(), {"--workers", std::to_string(options_.workers)});
  }
  for (const std::string& setting : options_.settings) {
    words.insert(words.end(), {"--set", setting});
  }
  const CommandResult result = RunScript(words);
  if (result.status != 0) throw std::runtime_error(Problem("./run", result));
  ReadBootstrap();
}

CommandResult Stack::Stop() { return RunScript({"--stop", "--state", state_}); }

void Stack::ReadBootstrap() {
  std::ifstream file(state_ / "bootstrap.json");
  bootstrap_ = ParseJson(std::string(std::istreambuf_iterator<char>(file), {}));
  const Json& json = bootstrap_;
  ops_ = json["ops"].text;
  ca_ = json["ca"].text;
  mysql_socket_ = json["mysql_socket"].text;
  rosterctl_.clear();
  for (const Json& word : json["rosterctl"].items) rosterctl_.push_back(word.text);
  master_pid_ = std::stoi(json["master_pid"].text);
  nginx_pid_ = std::stoi(json["nginx_pid"].text);
  mysql_pid_ = std::stoi(json["mysql_pid"].text);
  admin_email_ = json["cscart"]["email"].text;
  admin_key_ = json["cscart"]["api_key"].text;
  company_id_ = json["cscart"]["company_id"].text;
}

std::string Stack::Credential(std::string_view dialect, std::string_view member) const {
  const Json* place = &bootstrap_[dialect];
  for (std::string_view rest = member; !rest.empty();) {
    const std::size_t dot = rest.find('.');
    place = &(*place)[rest.substr(0, dot)];
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  }
  if (place->IsMissing()) {
    throw std::runtime_error("bootstrap.json has no " + std::string(dialect) + "." +
                             std::string(member));
  }
  return place->text;
}

std::string Stack::HostHeader(std::string_view dialect) const {
  return "Host: " + Host(dialect) + ":" + std::to_string(http_port_);
}

CommandResult Stack::Rosterctl(std::vector<std::string> words) const {
  std::vector<std::string> all = rosterctl_;
  all.insert(all.end(), words.begin(), words.end());
  all.emplace_back("--json");
  return RunCommand(all);
}

std::string Stack::RosterctlMember(std::vector<std::string> words,
                                   const std::string& member) const {
  const std::string name = words.empty() ? "" : words[0];
  const CommandResult result = Rosterctl(std::move(words));
  if (result.status != 0) throw std::runtime_error(Problem("rosterctl " + name, result));
  return ParseJson(result.out)[member].text;
}

std::string Stack::Sql(const std::string& statement) const {
  const CommandResult result = RunCommand({"mariadb", "--no-defaults", "--socket=" + mysql_socket_,
                                           "--user=root", "-N", "-B", "rosterd", "-e", statement});
  if (result.status != 0) throw std::runtime_error(Problem("mariadb", result));
  return result.out;
}

}  // namespace rosterd::testing

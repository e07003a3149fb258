#include "tests/e2e/command.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace rosterd::testing {
namespace {

constexpr std::chrono::minutes kDeadline{3};
constexpr std::chrono::milliseconds kBetweenLooks{5};

// The program writes to files: a daemon that it leaves behind may keep them open without harm.
class OutputFile {
 public:
  OutputFile() {
    std::string path = "/tmp/rosterd-out.XXXXXX";
    descriptor_ = mkostemp(path.data(), O_CLOEXEC);
    if (descriptor_ < 0) throw std::runtime_error("no file can be made in /tmp");
    path_ = path;
  }
  ~OutputFile() {
    close(descriptor_);
    std::filesystem::remove(path_);
  }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  int Descriptor() const { return descriptor_; }
  std::string Content() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  int descriptor_ = -1;
  std::string path_;
};

[[noreturn]] void Become(const std::vector<std::string>& words,
                         const std::vector<std::string>& environment, int out, int err) {
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  std::vector<std::string> kept = environment;
  for (std::string& text : kept) putenv(text.data());
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

int WaitFor(pid_t pid) {
  const auto deadline = std::chrono::steady_clock::now() + kDeadline;
  int status = 0;
  while (waitpid(pid, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > deadline) {
      kill(pid, SIGKILL);
      waitpid(pid, &status, 0);
      throw std::runtime_error("a command did not end in time");
    }
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

CommandResult RunCommand(const std::vector<std::string>& words,
                         const std::vector<std::string>& environment) {
  const OutputFile out;
  const OutputFile err;
  const pid_t pid = fork();
  if (pid == 0) Become(words, environment, out.Descriptor(), err.Descriptor());
  if (pid < 0) throw std::runtime_error("fork failed");
  CommandResult result;
  result.status = WaitFor(pid);
  result.out = out.Content();
  result.err = err.Content();
  return result;
}

}  // namespace rosterd::testing

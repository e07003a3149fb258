#include "tests/fault/processes.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/fcgi/waiting.h"

namespace rosterd::testing {
namespace {

std::string ReadProc(pid_t pid, const std::string& name) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/" + name, std::ios::binary);
  // Inserted as a whole, for iterators throw when the process ends while its file is read.
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// State and parent follow the name; that may hold anything.
struct Stat {
  std::string name;
  char state = 'X';
  pid_t parent = 0;
};

Stat StatOf(pid_t pid) {
  Stat stat;
  const std::string text = ReadProc(pid, "stat");
  const size_t name_start = text.find('(');
  const size_t name_end = text.rfind(')');
  if (name_start != std::string::npos && name_end != std::string::npos) {
    stat.name = text.substr(name_start, name_end - name_start);
    std::istringstream(text.substr(name_end + 1)) >> stat.state >> stat.parent;
  }
  return stat;
}

std::vector<pid_t> AllProcesses() {
  std::vector<pid_t> all;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") == std::string::npos) all.push_back(std::stoi(name));
  }
  return all;
}

// The number of the system call in which it sleeps; a process that runs has none.
bool WaitsForWork(pid_t pid) {
  const std::string call = ReadProc(pid, "syscall");
  const std::string number = call.substr(0, call.find(' '));
#ifdef SYS_epoll_wait
  if (number == std::to_string(SYS_epoll_wait)) return true;
#endif
  return number == std::to_string(SYS_epoll_pwait);
}

}  // namespace

bool IsGone(pid_t pid) {
  const char state = StatOf(pid).state;
  return state == 'X' || state == 'Z';
}

std::vector<pid_t> Children(pid_t parent) {
  const std::string name = StatOf(parent).name;
  std::vector<pid_t> children;
  for (const pid_t pid : AllProcesses()) {
    const Stat stat = StatOf(pid);
    if (stat.parent == parent && stat.name == name && !IsGone(pid)) children.push_back(pid);
  }
  return children;
}

std::vector<pid_t> BusyChildren(pid_t parent) {
  std::vector<pid_t> busy;
  for (const pid_t pid : Children(parent)) {
    if (!WaitsForWork(pid)) busy.push_back(pid);
  }
  return busy;
}

std::vector<std::string> CommandLine(pid_t pid) {
  std::vector<std::string> words;
  std::istringstream text(ReadProc(pid, "cmdline"));
  for (std::string word; std::getline(text, word, '\0');) words.push_back(word);
  return words;
}

int ProcessesOf(const std::string& text) {
  int count = 0;
  for (const pid_t pid : AllProcesses()) {
    const std::string words = ReadProc(pid, "cmdline");
    const bool counts = pid != getpid() && !words.starts_with(std::string("sh\0", 3));
    if (counts && words.find(text) != std::string::npos) ++count;
  }
  return count;
}

std::size_t ResidentBytes(pid_t pid) {
  std::size_t total = 0;
  std::size_t resident = 0;
  std::istringstream(ReadProc(pid, "statm")) >> total >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

pid_t Launch(const std::vector<std::string>& words, const std::string& log) {
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("fork failed");
  if (pid > 0) return pid;
  setsid();
  dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
  dup2(open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), STDOUT_FILENO);
  dup2(STDOUT_FILENO, STDERR_FILENO);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

int Reap(pid_t pid) {
  if (!fcgi::testing::Eventually([pid] { return IsGone(pid); }, std::chrono::seconds(60))) {
    throw std::runtime_error("process " + std::to_string(pid) + " does not end");
  }
  int status = 0;
  if (waitpid(pid, &status, 0) != pid) return 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace rosterd::testing

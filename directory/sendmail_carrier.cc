#include "directory/sendmail_carrier.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <system_error>

namespace rosterd::directory {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kMostSaid = 2048;
constexpr int kFirstOfMany = 3;  // descriptors from here on are not the program's
// How soon its end is noticed when it said nothing and left its output open to somebody else.
constexpr std::chrono::milliseconds kLook{20};

/// Both ends of a pipe, closed with it.
class Pipe {
 public:
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw std::system_error(errno, std::generic_category(), "pipe");
    }
    reader_ = ends[0];
    writer_ = ends[1];
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    CloseReader();
    CloseWriter();
  }

  int Reader() const { return reader_; }
  int Writer() const { return writer_; }
  void CloseReader() { Close(reader_); }
  void CloseWriter() { Close(writer_); }

 private:
  static void Close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }

  int reader_ = -1;
  int writer_ = -1;
};

/// How the program starts: our pipes as its input and output, nothing else of ours, no blocked
/// signals, and a process group of its own.
class Birth {
 public:
  Birth(int input, int output) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files_, output, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files_, kFirstOfMany);
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    ::sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    ::sigaddset(&signals, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  Birth(const Birth&) = delete;
  Birth& operator=(const Birth&) = delete;
  ~Birth() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }

  /// An error number, or 0 and the process.
  int Spawn(const std::string& program, pid_t& pid) const {
    std::string name = program;
    std::string from_headers = "-t";
    std::string ignore_dots = "-i";
    const std::array<char*, 4> arguments = {name.data(), from_headers.data(), ignore_dots.data(),
                                            nullptr};
    return ::posix_spawn(&pid, program.c_str(), &files_, &attributes_, arguments.data(), environ);
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

/// One run of the program.
class Run {
 public:
  Run(const std::string& program, std::string_view message, Clock::time_point deadline)
      : message_(message), deadline_(deadline) {
    ::fcntl(input_.Writer(), F_SETFL, O_NONBLOCK);
    ::fcntl(output_.Reader(), F_SETFL, O_NONBLOCK);
    error_ = Birth(input_.Reader(), output_.Writer()).Spawn(program, pid_);
    input_.CloseReader();
    output_.CloseWriter();
  }

  std::optional<std::string> Finish() {
    if (error_ != 0) return std::generic_category().message(error_);
    int status = 0;
    while (::waitpid(pid_, &status, WNOHANG) != pid_) {
      if (Clock::now() > deadline_) {
        ::kill(-pid_, SIGKILL);
        ::waitpid(pid_, &status, 0);
        return "it takes too long";
      }
      Exchange();
    }
    Listen();
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return std::nullopt;
    const std::string how = WIFSIGNALED(status)
                                ? "was ended by signal " + std::to_string(WTERMSIG(status))
                                : "ended with status " + std::to_string(WEXITSTATUS(status));
    return said_.empty() ? how : how + ": " + said_;
  }

 private:
  /// Waits for a moment, and passes on what can be.
  void Exchange() {
    // poll() takes no notice of a descriptor below 0.
    std::array<pollfd, 2> ends = {pollfd{input_.Writer(), POLLOUT, 0},
                                  pollfd{output_.Reader(), POLLIN, 0}};
    ::poll(ends.data(), ends.size(), static_cast<int>(kLook.count()));
    if (ends[0].revents != 0) Tell();
    if (ends[1].revents != 0) Listen();
  }

  void Tell() {
    const ssize_t size = ::write(input_.Writer(), message_.data(), message_.size());
    if (size > 0) message_.remove_prefix(static_cast<size_t>(size));
    const bool refused = size < 0 && errno != EAGAIN && errno != EINTR;
    if (refused || message_.empty()) input_.CloseWriter();
  }

  void Listen() {
    std::array<char, 512> piece{};
    ssize_t size = 0;
    while ((size = ::read(output_.Reader(), piece.data(), piece.size())) > 0) {
      const auto room = kMostSaid - said_.size();
      said_.append(piece.data(), std::min(room, static_cast<size_t>(size)));
    }
    if (size == 0) output_.CloseReader();
  }

  Pipe input_;
  Pipe output_;
  std::string_view message_;
  Clock::time_point deadline_;
  pid_t pid_ = 0;
  int error_ = 0;
  std::string said_;
};

}  // namespace

std::optional<std::string> SendmailCarrier::Send(const Letter& letter, std::chrono::seconds limit) {
  const auto failure = Run(program_, letter.message, Clock::now() + limit).Finish();
  if (!failure) return std::nullopt;
  return program_ + ": " + *failure;
}

}  // namespace rosterd::directory

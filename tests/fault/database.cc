#include "tests/fault/database.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "tests/fault/calls.h"
#include "tests/fault/processes.h"

namespace rosterd::testing {
namespace {

// InnoDB looks anew only when nobody has asked for a tenth of a second.
bool Asked(const Stack& stack, const std::string& condition) {
  std::this_thread::sleep_for(std::chrono::milliseconds(120));
  return stack.Sql("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE " + condition) !=
         "0\n";
}

/// A field of a `stat` file of /proc; the first one is 1, and the name in field 2 may hold
/// anything.
std::string FieldOf(const std::filesystem::path& stat, int wanted) {
  std::ifstream file(stat);
  std::string text;
  std::getline(file, text);
  if (text.empty()) return {};
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string field;
  for (int number = 3; number <= wanted; ++number) fields >> field;
  return field;
}

// By which `./run` knows the process again.
std::string StartTime(pid_t pid) { return FieldOf("/proc/" + std::to_string(pid) + "/stat", 22); }

// Each thread of its own, some time after the signal.
bool AllThreadsAreStopped(pid_t pid) {
  for (const auto& task :
       std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task")) {
    if (const std::string state = FieldOf(task.path() / "stat", 3);
        state != "T" && !state.empty()) {
      return false;
    }
  }
  return true;
}

}  // namespace

RowLock::RowLock(const Stack& stack, const std::string& select)
    // NOLINTNEXTLINE(cert-env33-c): a pipe to a program of ours, whose words are ours, too
    : client_(popen(("mariadb --no-defaults --unbuffered --user=root --socket='" +
                     stack.MysqlSocket() + "' rosterd >/dev/null")
                        .c_str(),
                    "we"),
              &pclose) {
  const std::string statements = "BEGIN;\n" + select + ";\n";
  if (std::fputs(statements.c_str(), client_.get()) < 0 || std::fflush(client_.get()) != 0) {
    throw std::runtime_error("the client of the database takes no statements");
  }
  if (!Eventually([&] { return Asked(stack, "trx_rows_locked > 0"); })) {
    throw std::runtime_error("no lock was taken by " + select);
  }
}

bool RowLock::IsWaitedFor(const Stack& stack) {
  return Eventually([&] { return Asked(stack, "trx_state = 'LOCK WAIT'"); });
}

bool RowLock::AllIsQuiet(const Stack& stack) {
  return Eventually([&] { return !Asked(stack, "TRUE"); });
}

Database::Database(const Stack& stack) : stack_(stack) {
  std::ifstream(stack_.State() / "pids/mysql") >> pid_;
  command_ = CommandLine(pid_);
}

Database::~Database() {
  Thaw();
  if (!IsGone(pid_)) return;
  try {
    Start();
  } catch (const std::exception& error) {
    ADD_FAILURE() << error.what();
  }
}

void Database::End(int signal) const {
  kill(pid_, signal);
  Reap(pid_);
}

void Database::Start() {
  pid_ = Launch(command_, stack_.State() / "log/mysql.log");
  std::ofstream(stack_.State() / "pids/mysql") << pid_ << ' ' << StartTime(pid_) << '\n';
  const std::vector<std::string> ping = {"mariadb-admin", "--no-defaults", "--user=root",
                                         "--socket=" + stack_.MysqlSocket(), "ping"};
  if (!Eventually([&] { return RunCommand(ping).status == 0; }, std::chrono::seconds(60))) {
    throw std::runtime_error("MariaDB does not start again");
  }
}

void Database::Freeze() const {
  kill(pid_, SIGSTOP);
  EXPECT_TRUE(Eventually([&] { return AllThreadsAreStopped(pid_); }));
}

void Database::Thaw() const { kill(pid_, SIGCONT); }

}  // namespace rosterd::testing

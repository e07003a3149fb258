#include "ctl/dump.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

#include "ctl/program.h"
#include "ctl/tool.h"

namespace rosterd::ctl {
namespace {

constexpr mode_t kOurs = S_IRUSR | S_IWUSR;

/// One line of the defaults file for mariadb-dump: it reads group [client] and not ours, and
/// "loose-" lets it pass over what only the client library knows (local-infile).
std::string DumpLine(const std::string& line, const std::string& group) {
  if (line.starts_with("[" + group + "]")) return "[client]";
  const bool is_option = !line.empty() && line.find_first_of("[#;! \t\r") != 0;
  return is_option ? "loose-" + line : line;
}

/// A copy of the defaults file that mariadb-dump understands, ours alone. Removed at the end.
class ClientDefaults {
 public:
  ClientDefaults(const config::Database& settings, std::string file) : file_(std::move(file)) {
    std::ifstream original(settings.defaults_file);
    if (!original) throw Failure("--dump: " + settings.defaults_file + " cannot be read");
    const int descriptor = open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOurs);
    if (descriptor < 0) throw Failure("--dump: " + file_ + ": " + std::strerror(errno));
    close(descriptor);
    std::ofstream copy(file_);
    for (std::string line; std::getline(original, line);) {
      copy << DumpLine(line, settings.defaults_group) << '\n';
    }
  }
  ClientDefaults(const ClientDefaults&) = delete;
  ClientDefaults& operator=(const ClientDefaults&) = delete;
  ~ClientDefaults() { unlink(file_.c_str()); }

  const std::string& File() const { return file_; }

 private:
  std::string file_;
};

/// "2026-11-22T08-00-00"
std::string FileStamp(db::Time now) {
  std::string stamp = db::ToSql(now).substr(0, std::string_view("2026-11-22 08:00:00").size());
  std::ranges::replace(stamp, ' ', 'T');
  std::ranges::replace(stamp, ':', '-');
  return stamp;
}

/// Which server to ask: the first one that the settings name, else what the defaults file says.
std::vector<std::string> ServerArguments(const config::Database& settings) {
  if (settings.hosts.empty()) return {};
  const std::string& host = settings.hosts.front();
  if (host.starts_with('/')) return {"--socket=" + host};
  const size_t colon = host.find(':');
  if (colon == std::string::npos) return {"--host=" + host};
  return {"--host=" + host.substr(0, colon), "--port=" + host.substr(colon + 1)};
}

}  // namespace

std::string Dump(const config::Database& settings, const std::string& folder, db::Time now) {
  std::string file = folder + "/" + settings.name + "-" + FileStamp(now) + ".sql";
  const int output = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOurs);
  if (output < 0) throw Failure("--dump: " + file + ": " + std::strerror(errno));
  const ClientDefaults defaults(settings, file + ".cnf");
  // --defaults-file must come first.
  std::vector<std::string> command = {"mariadb-dump", "--defaults-file=" + defaults.File()};
  for (const std::string& argument : ServerArguments(settings)) command.push_back(argument);
  for (const char* argument : {"--single-transaction", "--quick", "--hex-blob", "--routines"}) {
    command.emplace_back(argument);
  }
  command.push_back(settings.name);
  const int status = RunProgram(command, output);
  const bool written = fsync(output) == 0;
  close(output);
  if (status == 0 && written) return file;
  unlink(file.c_str());
  throw Failure(status == kNoSuchProgram
                    ? "--dump: mariadb-dump is not there; install mariadb-client"
                    : "--dump: mariadb-dump failed; nothing was migrated");
}

}  // namespace rosterd::ctl

// worker SOCKET PROCESSES MYSQL_SOCKET DATABASE: the floor of one read. Kept FastCGI connections in
// one epoll loop a process, one held select by id, the row as JSON. Anything more is what rosterd
// adds.
#include <fcgiapp.h>
#include <fcntl.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "tests/bench/limits/database.h"

namespace {

constexpr int kBacklog = 4096;
constexpr std::array<const char*, 14> kNames = {
    "id",        "login",   "root",     "timestamp", "type",  "status",     "first_name",
    "last_name", "company", "position", "email",     "phone", "company_id", "updated"};
constexpr std::string_view kSelect =
    "SELECT id, username, cscart_is_root, created_at, cscart_user_type, status, first_name, "
    "last_name,"
    " company, position, email, phone, cscart_company_id, updated_at FROM users WHERE id = ?";

uint64_t WantedId(const FCGX_Request& request) {
  const char* query = FCGX_GetParam("QUERY_STRING", request.envp);
  const char* id = query == nullptr ? nullptr : std::strstr(query, "id=");
  return id == nullptr ? 1 : std::strtoull(id + 3, nullptr, 10);
}

void Answer(limits::Row& row, FCGX_Request& request) {
  if (!row.Fetch(WantedId(request))) {
    FCGX_PutS("Status: 404\r\n\r\n", request.out);
    return;
  }
  rapidjson::StringBuffer body;
  rapidjson::Writer<rapidjson::StringBuffer> json(body);
  json.StartObject();
  for (size_t i = 0; i < row.Columns(); ++i) {
    const std::string_view text = row.Text(i);
    json.Key(kNames[i]);
    json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  json.EndObject();
  FCGX_PutS("Content-Type: application/json\r\n\r\n", request.out);
  FCGX_PutStr(body.GetString(), static_cast<int>(body.GetSize()), request.out);
}

/// All connections of one process, each kept, served in turn when it is readable.
class Loop {
 public:
  Loop(int listener, limits::Row& row) : listener_(listener), epoll_(epoll_create1(0)), row_(row) {
    Watch(listener_, nullptr, EPOLLIN | EPOLLEXCLUSIVE);
  }

  [[noreturn]] void Run() {
    std::array<epoll_event, 64> events{};
    for (;;) {
      const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        auto* connection = static_cast<FCGX_Request*>(events.at(static_cast<size_t>(i)).data.ptr);
        connection == nullptr ? Accept() : Serve(connection);
      }
    }
  }

 private:
  void Watch(int descriptor, FCGX_Request* connection, uint32_t what) const {
    epoll_event event{};
    event.events = what;
    event.data.ptr = connection;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
  }

  void Accept() {
    const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) return;
    auto connection = std::make_unique<FCGX_Request>();
    FCGX_InitRequest(connection.get(), listener_, 0);
    connection->ipcFd = descriptor;
    // libfcgi would close the descriptor before reading it unless told to keep it.
    connection->keepConnection = 1;
    Watch(descriptor, connection.release(), EPOLLIN);
  }

  void Serve(FCGX_Request* connection) {
    std::unique_ptr<FCGX_Request> owned(connection);
    char byte = 0;
    if (recv(connection->ipcFd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0) {
      FCGX_Free(connection, 1);
      return;
    }
    if (FCGX_Accept_r(connection) != 0) return;
    Answer(row_, *connection);
    FCGX_Finish_r(connection);
    if (connection->ipcFd >= 0) static_cast<void>(owned.release());
  }

  int listener_;
  int epoll_;
  limits::Row& row_;
};

[[noreturn]] void Serve(int listener, char** arguments) {
  limits::Database database(arguments[3], arguments[4]);
  limits::Row row(database.Prepare(kSelect));
  Loop(listener, row).Run();
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) return 2;
  std::signal(SIGPIPE, SIG_IGN);
  FCGX_Init();
  // libfcgi takes SIGTERM, which is to end us.
  std::signal(SIGTERM, SIG_DFL);
  umask(0077);
  unlink(arguments[1]);
  const int listener = FCGX_OpenSocket(arguments[1], kBacklog);
  if (listener < 0 || fcntl(listener, F_SETFL, O_NONBLOCK) < 0) return 1;
  const pid_t master = getpid();
  for (int left = std::atoi(arguments[2]); left > 0; --left) {
    if (fork() != 0) continue;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != master) return 1;
    Serve(listener, arguments);
  }
  while (wait(nullptr) > 0) {
  }
}

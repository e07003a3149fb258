#include "fcgi/pool_metrics.h"

#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "fcgi/descriptor.h"
#include "fcgi/server.h"

namespace rosterd::fcgi {
namespace {

// PoolMetrics() is called from an application that knows nothing of the master, so what it reads is
// the process's.
struct Published {
  const Scoreboard* scoreboard = nullptr;
  std::vector<PoolLabel> pools;
};
Published published;

struct Question {
  nlmsghdr header;
  unix_diag_req request;
};

Question QueueQuestion(ino_t socket) {
  Question question{};
  question.header.nlmsg_len = sizeof question;
  question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  question.header.nlmsg_flags = NLM_F_REQUEST;
  question.request.sdiag_family = AF_UNIX;
  question.request.udiag_states = ~0U;
  question.request.udiag_ino = static_cast<uint32_t>(socket);
  question.request.udiag_show = UDIAG_SHOW_RQLEN;
  question.request.udiag_cookie[0] = ~0U;
  question.request.udiag_cookie[1] = ~0U;
  return question;
}

// The first UNIX_DIAG_RQLEN attribute of an answer.
std::optional<uint32_t> QueueIn(const char* answer, size_t size) {
  nlmsghdr header{};
  if (size < NLMSG_HDRLEN) return std::nullopt;
  std::memcpy(&header, answer, sizeof header);
  if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY) return std::nullopt;

  size_t at = NLMSG_SPACE(sizeof(unix_diag_msg));
  while (at + NLA_HDRLEN <= size) {
    nlattr attribute{};
    std::memcpy(&attribute, answer + at, sizeof attribute);
    if (attribute.nla_len < NLA_HDRLEN) return std::nullopt;
    unix_diag_rqlen queue{};
    if (attribute.nla_type == UNIX_DIAG_RQLEN && at + NLA_HDRLEN + sizeof queue <= size) {
      std::memcpy(&queue, answer + at + NLA_HDRLEN, sizeof queue);
      return queue.udiag_rqueue;
    }
    at += NLA_ALIGN(attribute.nla_len);
  }
  return std::nullopt;
}

// How many connections wait for accept; only the kernel's socket statistics know (as `ss -xl`).
// Nothing where the service may not use netlink.
std::optional<uint32_t> WaitingConnections(ino_t socket) {
  const Descriptor netlink(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  if (!netlink.IsOpen()) return std::nullopt;
  const Question question = QueueQuestion(socket);
  if (::send(netlink.Number(), &question, sizeof question, 0) < 0) return std::nullopt;
  std::array<char, 1024> answer{};
  const ssize_t size = ::recv(netlink.Number(), answer.data(), answer.size(), 0);
  if (size <= 0) return std::nullopt;
  return QueueIn(answer.data(), static_cast<size_t>(size));
}

struct Sums {
  uint64_t busy = 0;
  uint64_t idle = 0;
  uint64_t largest = 0;         // bytes resident
  uint64_t private_memory = 0;  // bytes
};

Sums AddUp(const Scoreboard& scoreboard, size_t pool) {
  Sums sums;
  for (const WorkerSlot& slot : scoreboard.workers) {
    if (slot.pid == 0 || slot.pool != pool) continue;
    ++(slot.busy_since_ms != 0 ? sums.busy : sums.idle);
    sums.largest = std::max<uint64_t>(sums.largest, slot.resident_bytes);
    sums.private_memory += slot.private_bytes;
  }
  return sums;
}

void AppendLine(std::string& text, const std::string& metric, const std::string& pool,
                const std::string& more, uint64_t value) {
  text += metric + "{pool=\"" + pool + "\"" + more + "} " + std::to_string(value) + "\n";
}

}  // namespace

void PublishPools(const Scoreboard* scoreboard, std::vector<PoolLabel> pools) {
  published = {.scoreboard = scoreboard, .pools = std::move(pools)};
}

std::string PoolMetrics() {
  if (published.scoreboard == nullptr) return "";
  std::string workers =
      "# HELP rosterd_workers Worker processes.\n"
      "# TYPE rosterd_workers gauge\n";
  std::string restarts =
      "# HELP rosterd_worker_restarts_total Workers that died or were killed, and were replaced.\n"
      "# TYPE rosterd_worker_restarts_total counter\n";
  std::string largest =
      "# HELP rosterd_worker_memory_bytes Resident memory of the largest worker.\n"
      "# TYPE rosterd_worker_memory_bytes gauge\n";
  std::string memory =
      "# HELP rosterd_memory_bytes Memory of all workers, without what processes share.\n"
      "# TYPE rosterd_memory_bytes gauge\n";
  std::string queue =
      "# HELP rosterd_queue Connections that wait for a worker to accept them.\n"
      "# TYPE rosterd_queue gauge\n";
  for (size_t i = 0; i < published.pools.size(); ++i) {
    const auto& [name, socket] = published.pools[i];
    const Sums sums = AddUp(*published.scoreboard, i);
    AppendLine(workers, "rosterd_workers", name, R"(,state="busy")", sums.busy);
    AppendLine(workers, "rosterd_workers", name, R"(,state="idle")", sums.idle);
    AppendLine(largest, "rosterd_worker_memory_bytes", name, "", sums.largest);
    AppendLine(memory, "rosterd_memory_bytes", name, "", sums.private_memory);
    AppendLine(restarts, "rosterd_worker_restarts_total", name, "",
               published.scoreboard->restarts[i]);
    const std::optional<uint32_t> waiting = WaitingConnections(socket);
    if (waiting) AppendLine(queue, "rosterd_queue", name, "", *waiting);
  }
  return workers + restarts + largest + memory + queue;
}

}  // namespace rosterd::fcgi

#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/application.h"
#include "fcgi/helper.h"
#include "fcgi/metrics.h"

namespace rosterd::fcgi {

/// One group of workers behind one unix socket. `socket` is a path; when systemd hands over a
/// listener bound to that path, or named like the pool (FileDescriptorName=), that one is used and
/// neither made nor removed by us.
struct Pool {
  std::string name;  ///< "read", "write", "slow"
  std::string socket;
  int workers = 2;
  /// 0 to 19: how far its workers stand back for others that need the processor. Above 0, streams
  /// of theirs rest for two thirds of the time, or longer, while workers of other pools are at
  /// work.
  int nice = 0;
  /// Whether its workers, when a request wakes them up, let the process that runs have its turn
  /// (SCHED_BATCH). Where answers take microseconds, to be put in its place at each request costs
  /// nginx and the database more than the wait.
  bool batch = false;
  /// Connections that a worker takes before it serves those it has. One, where requests take long
  /// or answers are streamed, so that whoever is free takes the next; several, where many come at
  /// once and are answered fast.
  int take_at_once = 1;
};

struct ServerOptions {
  std::vector<Pool> pools;
  int socket_mode = 0660;          ///< of sockets that we bind ourselves
  std::string socket_group;        ///< group of those sockets; empty = the process's own
  int backlog = 4096;              ///< waiting connections of one socket
  size_t max_body = 16U << 20U;    ///< bytes; a longer body is answered 413 after it was read away
  size_t max_params = 64U << 10U;  ///< bytes of all FastCGI parameters of a request
  size_t max_streams = 8;  ///< streamed answers that a worker sends at once; more are refused: 503
  std::chrono::seconds io_timeout{30};  ///< a peer silent for so long in mid-request is dropped
  std::chrono::seconds request_timeout{
      30};                                 ///< a worker busy for longer with one request is killed
  std::chrono::seconds drain_timeout{15};  ///< how long TERM waits for requests in progress
  uint64_t max_requests = 0;               ///< a worker is replaced after so many; 0 = never
  size_t max_memory = 256U << 20U;  ///< bytes resident; a worker above is replaced; 0 = no limit
};

/// What the master asks of the program around it; all but the first may be left out.
struct ServerHooks {
  ApplicationFactory make_application;
  /// On HUP, in the master: read the settings again. Gives the new options, whose sockets are taken
  /// as they were (pool sizes and limits may change); nothing keeps everything as it is.
  std::function<std::optional<ServerOptions>()> reload = {};
  /// In the master, after the worker with this pid has ended, however it ended.
  std::function<void(int pid)> worker_ended = {};
  /// In the master, about once a second; the text becomes systemd's STATUS= after the pool counts.
  std::function<std::string()> status = {};
  /// In each worker, once, before the application is made.
  std::function<void()> worker_started = {};
  /// Processes beside the workers, which end and begin anew with them on TERM and HUP.
  std::vector<Helper> helpers = {};
};

/// Runs the master in the calling process until TERM or INT: binds or takes over the sockets, forks
/// the workers, replaces dead, stuck, aged and swollen ones (a worker that dies young is replaced
/// with a growing pause of up to five seconds), speaks sd_notify and the watchdog. HUP replaces all
/// workers one by one. Returns the exit status of the program: 0, or 1 when a socket cannot be had,
/// after one line on stderr that says why and what to do.
int RunServer(ServerOptions options, const ServerHooks& hooks, Metrics& metrics);

/// Lines for Prometheus about the pools: rosterd_workers{pool,state="busy"|"idle"},
/// rosterd_worker_restarts_total{pool}, rosterd_worker_memory_bytes{pool} (the largest worker's),
/// rosterd_memory_bytes{pool} (of all together, what they share left out), rosterd_queue{pool}
/// (connections waiting for accept). Works in a worker; empty outside of RunServer.
std::string PoolMetrics();

}  // namespace rosterd::fcgi

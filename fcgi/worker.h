#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "fcgi/connection.h"
#include "fcgi/handover.h"
#include "fcgi/listener.h"
#include "fcgi/pacer.h"
#include "fcgi/scoreboard.h"
#include "fcgi/server.h"
#include "fcgi/service.h"

namespace rosterd::fcgi {

/// What a worker is born with; all of it is the master's and outlives the worker.
struct WorkerBirth {
  const ServerOptions& options;
  const ServerHooks& hooks;
  Metrics& metrics;
  const Listener& listener;
  const Handover& handover;
  const Scoreboard& scoreboard;
  WorkerSlot& slot;
  int wake_master;  ///< eventfd: written when the slot says something new
  int master;       ///< its pid
};

/// What a forked child does until it ends; gives its exit status. TERM ends it without losing a
/// request; INT, HUP and QUIT, which a terminal sends to all of its processes, are the master's
/// business.
int RunWorker(const WorkerBirth& birth);

/// The loop of one worker: the listener, all its connections and its signals in one epoll set, one
/// request at a time. Between the pieces of a streamed answer it serves others.
class Worker {
 public:
  Worker(const WorkerBirth& birth, Application& application, Descriptor signals);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() = default;

  /// Serves until TERM came and nothing is left to do.
  void Run();

 private:
  enum class Phase {
    kServing,   // takes new connections
    kLeaving,   // passes its connections on to the other workers of the pool
    kStopping,  // everything ends: answers what has come in and closes
  };
  struct Client {
    Client(Descriptor descriptor, uint32_t number)
        : connection(std::move(descriptor)), serial(number) {}
    Connection connection;
    std::unique_ptr<OpenAnswer> answer;  // goes on as the peer takes it
    uint32_t serial;  // tells an event of this connection from one of a closed namesake
  };

  void Watch(int descriptor, uint32_t events, uint32_t serial) const;
  void Rewatch(int descriptor, uint32_t events, uint32_t serial) const;
  void Unwatch(int descriptor) const;
  void Dispatch(int descriptor, uint32_t serial);
  bool IsFast() const;
  void ShareOut();
  void LevelOut();
  void ServeReady();
  bool Give(int descriptor);
  void Listen();
  void TakeSome(bool (Worker::*take)());
  bool Accept();
  bool TakeOver();
  void Add(Descriptor connection);
  void Serve(Client& client, bool others_wait);
  void ContinueStreams();
  void Continue(Client& client);
  void Settle(int descriptor);
  void Leave();
  void StopListening();
  void PassOn();
  bool IsDone(int events);
  void Tick();
  void AskForRest();
  int TimeoutMs() const;

  const WorkerBirth& birth_;
  Application& application_;
  Service service_;
  Pacer pacer_;
  Descriptor signals_;
  Descriptor epoll_;
  std::unordered_map<int, Client> clients_;  // by descriptor
  std::vector<int> fresh_;                   // taken in this round
  std::vector<int> ready_;                   // with something to read in this round
  std::vector<int> flowing_;                 // that take more of their answer, not watched
  Phase phase_ = Phase::kServing;
  bool listening_ = false;
  bool taking_over_ = false;
  uint32_t last_serial_ = 0;
  uint64_t requests_ = 0;
  size_t open_answers_ = 0;
  std::chrono::microseconds pace_{0};  // a running mean of what a request takes
  std::chrono::steady_clock::time_point next_tick_;
};

}  // namespace rosterd::fcgi

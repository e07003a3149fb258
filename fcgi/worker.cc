#include "fcgi/worker.h"

#include <malloc.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <system_error>

#include "config/log.h"
#include "fcgi/signals.h"

namespace rosterd::fcgi {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kTickPeriod{1000};
// How long a stopping worker waits for requests that are on their way on its kept connections.
constexpr int kLastCallMs = 100;
// Requests that take so long on average are worth passing on to an idle worker.
constexpr std::chrono::microseconds kSlow{2000};
// Of how many requests the average tells. Of few, one that had to wait for the processor would do.
constexpr int kPaceOf = 32;
// How soon a leaving worker tries again when the others have no room for its connections.
constexpr int kPassOnRetryMs = 10;
// A stream is told once that its peer takes more, and may then have to wait for its turn.
constexpr uint32_t kFlow = EPOLLOUT | EPOLLONESHOT;

void SetTimeouts(int connection, std::chrono::seconds timeout) {
  const timeval value{.tv_sec = timeout.count(), .tv_usec = 0};
  ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof value);
  ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &value, sizeof value);
}

struct Memory {
  size_t resident = 0;
  size_t shared = 0;
};

Memory MemoryOfThisProcess() {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen("/proc/self/statm", "re"),
                                                             &std::fclose);
  if (!file) return {};
  std::array<char, 128> text{};
  const size_t size = std::fread(text.data(), 1, text.size() - 1, file.get());
  const std::string_view fields(text.data(), size);
  const size_t second = fields.find(' ');
  if (second == std::string_view::npos) return {};
  char* third = nullptr;
  const auto page = static_cast<size_t>(::sysconf(_SC_PAGESIZE));
  const size_t resident = std::strtoull(text.data() + second, &third, 10) * page;
  const size_t shared = std::strtoull(third, nullptr, 10) * page;
  return {.resident = resident, .shared = std::min(shared, resident)};
}

epoll_event Event(int descriptor, uint32_t events, uint32_t serial) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = (uint64_t{serial} << 32U) | static_cast<uint32_t>(descriptor);
  return event;
}

void WarnOfScheduling(const std::string& what) {
  Log(Priority::kWarning,
      "a worker cannot " + what + ": " + std::generic_category().message(errno));
}

void StandBack(const Pool& pool) {
  if (pool.nice != 0 && ::setpriority(PRIO_PROCESS, 0, pool.nice) != 0) {
    WarnOfScheduling("lower its priority to nice " + std::to_string(pool.nice));
  }
  const sched_param none{};
  if (pool.batch && ::sched_setscheduler(0, SCHED_BATCH, &none) != 0) {
    WarnOfScheduling("be scheduled as SCHED_BATCH");
  }
}

// As glibc would set them itself after the first block of 256 kB. With half of it, a list takes
// pages from the system at each request and gives them back.
void KeepFreedMemory() {
  ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  ::mallopt(M_TRIM_THRESHOLD, 512 * 1024);
}

void Wake(int master) {
  const uint64_t one = 1;
  // It is non-blocking and fails only when the master has a wake-up to read already.
  [[maybe_unused]] const ssize_t written = ::write(master, &one, sizeof one);
}

}  // namespace

int RunWorker(const WorkerBirth& birth) {
  birth.slot.pid = ::getpid();
  // A signal handler would cut a body short.
  Descriptor signals = WatchSignals({SIGTERM});
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != birth.master) return 0;  // It died before it could be watched.
  StandBack(birth.options.pools[birth.slot.pool]);
  KeepFreedMemory();
  try {
    if (birth.hooks.worker_started) birth.hooks.worker_started();
    const std::unique_ptr<Application> application = birth.hooks.make_application();
    Worker worker(birth, *application, std::move(signals));
    birth.slot.EndWork();
    birth.slot.ready = true;
    Wake(birth.wake_master);
    worker.Run();
  } catch (const std::exception& thrown) {
    Log(Priority::kError, std::string("a worker cannot go on: ") + thrown.what());
    return 1;
  }
  return 0;
}

Worker::Worker(const WorkerBirth& birth, Application& application, Descriptor signals)
    : birth_(birth),
      application_(application),
      service_(application, birth.metrics,
               {.max_body = birth.options.max_body, .max_params = birth.options.max_params},
               birth.slot),
      pacer_(birth.scoreboard, birth.slot, birth.options.pools[birth.slot.pool].nice > 0),
      signals_(std::move(signals)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      next_tick_(Clock::now() + kTickPeriod) {
  if (!epoll_.IsOpen()) throw std::system_error(errno, std::generic_category(), "epoll");
  Watch(signals_.Number(), EPOLLIN, 0);
  Listen();
}

void Worker::Run() {
  std::array<epoll_event, 64> events{};
  while (true) {
    const int count = ::epoll_wait(epoll_.Number(), events.data(), events.size(), TimeoutMs());
    for (int i = 0; i < count; ++i) {
      const uint64_t tag = events[static_cast<size_t>(i)].data.u64;
      Dispatch(static_cast<int>(tag & 0xffffffffU), static_cast<uint32_t>(tag >> 32U));
    }
    birth_.slot.connections.store(static_cast<uint32_t>(clients_.size()),
                                  std::memory_order_relaxed);
    if (phase_ == Phase::kServing) IsFast() ? LevelOut() : ShareOut();
    ServeReady();
    if (Clock::now() >= next_tick_) Tick();
    if (phase_ == Phase::kLeaving) PassOn();
    if (IsDone(count)) return;
  }
}

bool Worker::IsDone(int events) {
  if (phase_ == Phase::kServing) return false;
  if (open_answers_ > 0) return false;
  return clients_.empty() || (phase_ == Phase::kStopping && events == 0);
}

int Worker::TimeoutMs() const {
  if (phase_ == Phase::kLeaving) return kPassOnRetryMs;
  if (phase_ == Phase::kStopping) return kLastCallMs;
  auto left = std::chrono::ceil<std::chrono::milliseconds>(next_tick_ - Clock::now());
  if (!flowing_.empty()) left = std::min(left, pacer_.Rest(Clock::now()));
  return static_cast<int>(std::max<int64_t>(left.count(), 0));
}

void Worker::Watch(int descriptor, uint32_t events, uint32_t serial) const {
  epoll_event event = Event(descriptor, events, serial);
  if (::epoll_ctl(epoll_.Number(), EPOLL_CTL_ADD, descriptor, &event) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
}

void Worker::Rewatch(int descriptor, uint32_t events, uint32_t serial) const {
  epoll_event event = Event(descriptor, events, serial);
  ::epoll_ctl(epoll_.Number(), EPOLL_CTL_MOD, descriptor, &event);
}

void Worker::Unwatch(int descriptor) const {
  ::epoll_ctl(epoll_.Number(), EPOLL_CTL_DEL, descriptor, nullptr);
}

void Worker::Dispatch(int descriptor, uint32_t serial) {
  if (descriptor == birth_.listener.Number()) {
    TakeSome(&Worker::Accept);
  } else if (descriptor == birth_.handover.Readable()) {
    TakeSome(&Worker::TakeOver);
  } else if (descriptor == signals_.Number()) {
    Leave();
  } else if (const auto client = clients_.find(descriptor);
             client != clients_.end() && client->second.serial == serial) {
    (client->second.answer ? flowing_ : ready_).push_back(descriptor);
  }
}

bool Worker::IsFast() const { return pace_ < kSlow; }

// What would wait here for the first request to be answered goes to workers that have nothing to
// do, and new connections to whoever is free first, for they woke nobody else.
void Worker::ShareOut() {
  if (ready_.empty()) return;
  for (; !fresh_.empty(); fresh_.pop_back()) {
    if (!Give(fresh_.back())) return;
  }
  if (ready_.size() < 2) return;
  const size_t idle = birth_.scoreboard.IdleWorkers(birth_.slot.pool);
  for (size_t takers = std::max<size_t>(idle, 1) - 1; takers > 0 && ready_.size() > 1; --takers) {
    if (!Give(ready_.back())) return;
    ready_.pop_back();
  }
}

// Connections are kept for long, and who was first to wake up has taken most of them: its clients
// would wait longer than those of the others. What is above a fair share goes to whoever is free,
// but no more: passing one on takes about ten microseconds.
void Worker::LevelOut() {
  if (ready_.size() < 2) return;
  const size_t share = birth_.scoreboard.FairShare(birth_.slot.pool);
  if (clients_.size() <= share + share / 8 + 1) return;
  for (size_t excess = clients_.size() - share; excess > 0 && ready_.size() > 1; --excess) {
    if (!Give(ready_.back())) return;
    ready_.pop_back();
  }
}

void Worker::ServeReady() {
  for (size_t i = 0; i < ready_.size(); ++i) {
    Serve(clients_.at(ready_[i]), /*others_wait=*/i + 1 < ready_.size());
  }
  service_.SendHeld();
  for (const int descriptor : ready_) Settle(descriptor);
  ready_.clear();
  fresh_.clear();
  ContinueStreams();
}

// While streams rest, those whose turn it is wait for a later round; not in a worker that ends.
void Worker::ContinueStreams() {
  while (!flowing_.empty() && (phase_ != Phase::kServing || pacer_.IsRested(Clock::now()))) {
    const auto start = Clock::now();
    Continue(clients_.at(flowing_.front()));
    pacer_.Worked(start, Clock::now());
    flowing_.erase(flowing_.begin());
  }
  birth_.slot.resting.store(!flowing_.empty(), std::memory_order_relaxed);
}

bool Worker::Give(int descriptor) {
  if (!birth_.handover.Give(descriptor)) return false;
  // The other side has it open, so closing alone would not take it out of the set.
  Unwatch(descriptor);
  clients_.erase(descriptor);
  return true;
}

void Worker::Listen() {
  // Exclusive: one connection wakes one worker, not all that are idle.
  if (!listening_) Watch(birth_.listener.Number(), EPOLLIN | EPOLLEXCLUSIVE, 0);
  if (!taking_over_) Watch(birth_.handover.Readable(), EPOLLIN | EPOLLEXCLUSIVE, 0);
  listening_ = true;
  taking_over_ = true;
}

bool Worker::Accept() {
  Descriptor connection(::accept4(birth_.listener.Number(), nullptr, nullptr, SOCK_CLOEXEC));
  if (connection.IsOpen()) {
    SetTimeouts(connection.Number(), birth_.options.io_timeout);
    Add(std::move(connection));
    return true;
  }
  if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
    Log(Priority::kWarning,
        "cannot take new connections for a second: " + std::generic_category().message(errno));
    Unwatch(birth_.listener.Number());
    listening_ = false;
  }
  return false;
}

void Worker::TakeSome(bool (Worker::*take)()) {
  const int most = birth_.options.pools[birth_.slot.pool].take_at_once;
  for (int taken = 0; taken < most && (this->*take)(); ++taken) {
  }
}

bool Worker::TakeOver() {
  Descriptor connection = birth_.handover.Take();
  if (!connection.IsOpen()) return false;
  Add(std::move(connection));
  return true;
}

void Worker::Add(Descriptor connection) {
  const int number = connection.Number();
  ++last_serial_;
  clients_.erase(number);
  clients_.try_emplace(number, std::move(connection), last_serial_);
  Watch(number, EPOLLIN, last_serial_);
  fresh_.push_back(number);
}

void Worker::Serve(Client& client, bool others_wait) {
  const int number = client.connection.Number();
  const bool may_stream = open_answers_ < birth_.options.max_streams;
  Served served = service_.Serve(client.connection, may_stream, others_wait);
  if (served.took) {
    ++requests_;
    pace_ += (*served.took - pace_) / kPaceOf;
  }
  if (requests_ == birth_.options.max_requests && requests_ > 0) AskForRest();
  if (!served.rest) return;
  client.answer = std::move(served.rest);
  ++open_answers_;
  Rewatch(number, kFlow, client.serial);
}

void Worker::Continue(Client& client) {
  const int number = client.connection.Number();
  const bool goes_on = service_.Continue(client.connection, *client.answer);
  if (client.connection.IsOpen()) Rewatch(number, goes_on ? kFlow : EPOLLIN, client.serial);
  if (goes_on) return;
  client.answer.reset();
  --open_answers_;
  Settle(number);
}

// A connection that has had its answer, or a part of it.
void Worker::Settle(int descriptor) {
  const auto& [connection, answer, serial] = clients_.at(descriptor);
  if (answer) return;
  if (!connection.IsOpen() || phase_ == Phase::kStopping) clients_.erase(descriptor);
}

void Worker::Leave() {
  signalfd_siginfo signal{};
  if (::read(signals_.Number(), &signal, sizeof signal) != sizeof signal) return;

  const bool all_end = birth_.scoreboard.stopping || ::getppid() != birth_.master;
  if (phase_ == Phase::kServing) StopListening();
  phase_ = all_end ? Phase::kStopping : Phase::kLeaving;
  if (all_end && !taking_over_) {
    Watch(birth_.handover.Readable(), EPOLLIN | EPOLLEXCLUSIVE, 0);
    taking_over_ = true;
  }
}

void Worker::StopListening() {
  // Nobody comes after us on a socket of our own, so those who wait there are served now.
  const bool last = birth_.scoreboard.stopping && birth_.listener.IsOurs();
  while (last && Accept()) {
  }
  Unwatch(birth_.listener.Number());
  Unwatch(birth_.handover.Readable());
  listening_ = false;
  taking_over_ = false;
}

// All but those whose answer goes on, which follow when it is at its end.
void Worker::PassOn() {
  for (auto client = clients_.begin(); client != clients_.end();) {
    const auto& [number, state] = *client++;
    if (!state.answer && !Give(number)) return;
  }
}

void Worker::Tick() {
  next_tick_ = Clock::now() + kTickPeriod;
  birth_.slot.BeginWork();
  try {
    application_.Tick();
  } catch (const std::exception& thrown) {
    Log(Priority::kError, std::string("the periodic work threw: ") + thrown.what());
  }
  birth_.slot.EndWork();
  const Memory memory = MemoryOfThisProcess();
  birth_.slot.resident_bytes = memory.resident;
  birth_.slot.private_bytes = memory.resident - memory.shared;

  if (phase_ != Phase::kServing) return;
  Listen();
  if (birth_.options.max_memory > 0 && memory.resident > birth_.options.max_memory) AskForRest();
}

void Worker::AskForRest() {
  if (birth_.slot.wants_rest.exchange(true)) return;
  Wake(birth_.wake_master);
}

}  // namespace rosterd::fcgi

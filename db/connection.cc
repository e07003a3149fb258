#include "db/connection.h"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <thread>

#include "config/log.h"
#include "db/failure.h"
#include "db/link.h"

namespace rosterd::db {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMostAttempts = 3;
constexpr int kManyInARow = 8;                            // transactions
constexpr std::chrono::milliseconds kShortestPause{100};  // between two attempts to connect

void PauseBeforeRepeating() {
  std::random_device random;
  std::this_thread::sleep_for(
      std::chrono::milliseconds(std::uniform_int_distribution<int>(5, 50)(random)));
}

}  // namespace

class Connection::Implementation {
 public:
  explicit Implementation(config::Database settings) : settings_(std::move(settings)) {
    if (settings_.hosts.empty()) settings_.hosts.emplace_back();
  }

  Session& Begin(bool transaction);
  void Commit();
  void Rollback();
  Next Handle(const Failure& failure, int attempt, bool committing);

  bool IsCommitting() { return std::exchange(committing_, false); }
  Meter& Cost() { return meter_; }
  Faults TakeFaults() { return std::exchange(faults_, Faults()); }

 private:
  void Open();
  bool TryHost(size_t host);
  void Drop();
  void Complain(const std::string& text);
  Next Reconnect(bool to_next_host);

  config::Database settings_;
  Meter meter_;
  std::unique_ptr<Link> link_;
  size_t host_ = 0;       // of link_
  size_t next_host_ = 0;  // where the next opening starts
  Clock::time_point closed_until_;
  std::string complaint_;  // the last one, so that it is logged once
  bool in_transaction_ = false;
  bool committing_ = false;
  int in_a_row_ = 0;    // transactions committed since the last read
  bool begun_ = false;  // the last COMMIT began the next transaction
  int losses_ = 0;      // in this unit of work
  Faults faults_;
};

// A transaction that was begun ahead is not there for reads, which would see one moment for ever.
Session& Connection::Implementation::Begin(bool transaction) {
  if (in_transaction_) throw std::logic_error("a unit of work inside another one");
  if (!link_) Open();
  link_->Notes().Clear();
  const bool begun = std::exchange(begun_, false);
  if (transaction) {
    in_transaction_ = true;
    if (!begun) link_->ExecuteText("BEGIN");
  } else {
    in_a_row_ = 0;
    if (begun) link_->ExecuteText("ROLLBACK");
  }
  return *link_;
}

// Who writes again and again is spared the round trip of BEGIN. What COMMIT begins holds no lock
// and sees nothing before its first statement.
void Connection::Implementation::Commit() {
  link_->Notes().Flush(*link_);
  const bool chain = in_a_row_ >= kManyInARow;
  committing_ = true;
  link_->ExecuteText(chain ? "COMMIT AND CHAIN" : "COMMIT");
  committing_ = false;
  begun_ = chain;
  if (!chain) ++in_a_row_;
  in_transaction_ = false;
}

// A connection that cannot even roll back is closed, which rolls back too.
void Connection::Implementation::Rollback() {
  if (!std::exchange(in_transaction_, false) || !link_) return;
  try {
    link_->ExecuteText("ROLLBACK");
  } catch (const Failure&) {
    Drop();
  }
}

void Connection::Implementation::Drop() {
  link_.reset();
  in_transaction_ = false;
  begun_ = false;
}

// While no host answers, calls fail at once for as long as the attempt took, so that a worker
// spends at most half of its time on waiting for hosts that are silent.
void Connection::Implementation::Open() {
  const auto start = Clock::now();
  if (start >= closed_until_) {
    for (size_t i = 0; i < settings_.hosts.size(); ++i) {
      if (TryHost((next_host_ + i) % settings_.hosts.size())) return;
    }
    const auto now = Clock::now();
    closed_until_ = now + std::max<Clock::duration>(kShortestPause, now - start);
  }
  throw Failure(StoreError::kUnavailable, Remedy::kDrop, 0, complaint_);
}

bool Connection::Implementation::TryHost(size_t host) {
  try {
    link_ =
        std::make_unique<Link>(settings_, settings_.hosts[host], Link::Purpose::kService, meter_);
  } catch (const Failure& failure) {
    Complain(failure.what());
    return false;
  }
  host_ = host;
  next_host_ = 0;
  if (!std::exchange(complaint_, "").empty()) Log(Priority::kNotice, "database: connected");
  return true;
}

void Connection::Implementation::Complain(const std::string& text) {
  if (std::exchange(complaint_, text) != text) Log(Priority::kError, "database: " + text);
}

Connection::Next Connection::Implementation::Reconnect(bool to_next_host) {
  Drop();
  ++faults_.lost;
  Log(Priority::kInfo, "database: connection lost");
  if (to_next_host) next_host_ = (host_ + 1) % settings_.hosts.size();
  return losses_++ == 0 ? Next::kAgain : Next::kDone;
}

Connection::Next Connection::Implementation::Handle(const Failure& failure, int attempt,
                                                    bool committing) {
  if (attempt == 1) losses_ = 0;
  switch (failure.Cure()) {
    case Remedy::kRepeat:
      ++faults_.repeated;
      Rollback();
      if (attempt >= kMostAttempts) return Next::kDone;
      PauseBeforeRepeating();
      return Next::kAgain;
    case Remedy::kReconnect:
    case Remedy::kNextHost: {
      const Next next = Reconnect(failure.Cure() == Remedy::kNextHost);
      // Nobody knows whether a COMMIT without an answer was done.
      return committing ? Next::kDone : next;
    }
    case Remedy::kDrop:
      ++faults_.unavailable;
      Drop();
      return Next::kDone;
    case Remedy::kNone:
      Rollback();
      if (failure.Error() == StoreError::kUnavailable || failure.Error() == StoreError::kFull) {
        ++faults_.unavailable;
        Complain(failure.what());
      }
      return Next::kDone;
    case Remedy::kBug:
      break;
  }
  Rollback();
  throw std::logic_error("database error " + std::to_string(failure.Code()) + ": " +
                         failure.what());
}

Connection::Connection(config::Database settings)
    : implementation_(std::make_unique<Implementation>(std::move(settings))) {}

Connection::~Connection() = default;

Session& Connection::Begin(bool transaction) { return implementation_->Begin(transaction); }

void Connection::Commit() { implementation_->Commit(); }

void Connection::Rollback() { implementation_->Rollback(); }

Connection::Next Connection::Diagnose(int attempt, StoreError& error) {
  const bool committing = implementation_->IsCommitting();
  try {
    throw;
  } catch (const Failure& failure) {
    error = failure.Error();
    return implementation_->Handle(failure, attempt, committing);
  } catch (...) {
    implementation_->Rollback();
    throw;
  }
}

std::chrono::microseconds Connection::TakeTime() {
  const auto time = std::exchange(implementation_->Cost().time, std::chrono::nanoseconds{0});
  return std::chrono::duration_cast<std::chrono::microseconds>(time);
}

Faults Connection::TakeFaults() { return implementation_->TakeFaults(); }

uint64_t Connection::Statements() const { return implementation_->Cost().statements; }

}  // namespace rosterd::db

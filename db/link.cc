#include "db/link.h"

// cppdb wants backend.h before its other headers.
#include <cppdb/backend.h>
#include <cppdb/driver_manager.h>
#include <cppdb/frontend.h>
#include <cppdb/utils.h>

#include <algorithm>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "db/failure.h"
#include "db/rows.h"

namespace rosterd::db {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kMostHeld = 256;
constexpr std::chrono::hours kMigrationTimeout{24};

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

/// Adds the time until its end to a meter.
class Stopwatch {
 public:
  explicit Stopwatch(Meter& meter) : meter_(meter) { ++meter_.statements; }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() { meter_.time += Elapsed(); }
  std::chrono::nanoseconds Elapsed() const { return Clock::now() - start_; }

 private:
  Meter& meter_;
  Clock::time_point start_ = Clock::now();
};

// How many values a statement wants: a held statement keeps the addresses of its last values, so
// one that is not bound anew would send other memory. Our SQL has no "?" in quotes or comments.
size_t CountPlaceholders(std::string_view sql) {
  return static_cast<size_t>(std::ranges::count(sql, '?'));
}

// Fills in where to connect. A host with a colon inside is an IPv6 address unless there is only
// one;
// "[::1]:3306" gives that a port.
void SetHost(const std::string& host, cppdb::connection_info& info) {
  if (host.empty()) return;
  if (host.front() == '/') {
    info.properties["host"] =
        "localhost";  // or a host of the defaults file would win over the socket
    info.properties["unix_socket"] = host;
    return;
  }
  const size_t colon = host.rfind(':');
  const bool bracketed = host.front() == '[';
  const bool has_port =
      colon != std::string::npos && (bracketed ? host[colon - 1] == ']' : host.find(':') == colon);
  std::string name = has_port ? host.substr(0, colon) : host;
  if (has_port) info.properties["port"] = host.substr(colon + 1);
  if (bracketed && name.size() > 2) name = name.substr(1, name.size() - 2);
  info.properties["host"] = name;
}

// The rows of `tallies` that a session adds to. By connection, so that two that write at the same
// time rarely meet in one row; and the writers of one node of a cluster, whose nodes number their
// rows apart, never meet those of another. A sum reads one row a shard and cell: 16 are enough, and
// a quarter of the cost of 64.
constexpr std::string_view kShard =
    ", @rosterd_shard = CONNECTION_ID() % GREATEST(1, 16 DIV @@auto_increment_increment)"
    " * @@auto_increment_increment + @@auto_increment_offset - 1";

// What each session is told at its start. The server gives up on a lock or a statement before we
// give up on the server, so that the connection lives and nothing goes on behind our back. MySQL
// takes the part in /*M! */ for a comment.
std::string InitCommand(std::chrono::seconds read_timeout, Link::Purpose purpose) {
  const auto seconds = read_timeout.count();
  const auto lock_wait = std::max<decltype(seconds)>(1, seconds / 3);
  const auto statement_time =
      purpose == Link::Purpose::kMigration ? 0 : std::max<decltype(seconds)>(1, seconds - 1);
  return "SET autocommit=1, time_zone='+00:00', collation_connection='utf8mb4_unicode_520_ci', "
         "sql_mode='STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO', "
         "innodb_lock_wait_timeout=" +
         std::to_string(lock_wait) + std::string(kShard) +
         " /*M!100100 , max_statement_time=" + std::to_string(statement_time) + " */";
}

// The properties are set one by one: no text of the settings goes through cppdb's parser of
// connection strings, which hangs on some of them. Without "@pool_size" there is no pool.
cppdb::connection_info Describe(const config::Database& settings, const std::string& host,
                                std::chrono::seconds read_timeout, Link::Purpose purpose) {
  cppdb::connection_info info;
  info.driver = "mysql";
  auto& properties = info.properties;
  properties["read_default_file"] = settings.defaults_file;
  properties["read_default_group"] = settings.defaults_group;
  properties["database"] = settings.name;
  properties["set_charset_name"] = "utf8mb4";
  properties["opt_connect_timeout"] = std::to_string(settings.connect_timeout.count());
  properties["opt_read_timeout"] = std::to_string(read_timeout.count());
  properties["opt_write_timeout"] = std::to_string(settings.write_timeout.count());
  properties["init_command"] = InitCommand(read_timeout, purpose);
  SetHost(host, info);
  return info;
}

}  // namespace

struct Link::Held {
  cppdb::statement statement;
  size_t placeholders = 0;
  uint64_t number = 0;  // of this preparation
  uint64_t used_at = 0;
};

struct Link::Parts {
  cppdb::session session;
  std::unordered_map<std::string, Held, TextHash, std::equal_to<>> held;  // dies before the session
  std::shared_ptr<BulkyStatements> bulky = std::make_shared<BulkyStatements>();
  uint64_t uses = 0;
};

Link::Link(const config::Database& settings, const std::string& host, Purpose purpose, Meter& meter)
    : meter_(meter),
      read_timeout_(purpose == Purpose::kMigration ? kMigrationTimeout : settings.read_timeout),
      parts_(std::make_unique<Parts>()) {
  const cppdb::connection_info info = Describe(settings, host, read_timeout_, purpose);
  const Stopwatch watch(meter_);
  try {
    parts_->session = cppdb::session(cppdb::ref_ptr<cppdb::backend::connection>(
        cppdb::driver_manager::instance().connect(info)));
  } catch (const cppdb::cppdb_error& error) {
    throw Failure(StoreError::kUnavailable, Remedy::kDrop, 0, error.what());
  }
}

Link::~Link() = default;

template <typename Call>
auto Link::Measured(Call call) {
  const Stopwatch watch(meter_);
  try {
    return call();
  } catch (const cppdb::invalid_placeholder&) {
    throw;
  } catch (const cppdb::cppdb_error& error) {
    Fail(error.what(), watch.Elapsed());
  }
}

// The server's number is asked for, because cppdb has only its text, which is translated. A server
// that does not answer even that is lost.
void Link::Fail(const std::string& text, std::chrono::nanoseconds waited) {
  uint64_t code = 0;
  std::string message;
  try {
    cppdb::result errors = parts_->session.create_statement("SHOW ERRORS").query();
    if (errors.next()) {
      code = errors.get<unsigned long long>(1);
      message = errors.get<std::string>(2);
    }
  } catch (const cppdb::cppdb_error&) {
    const Remedy remedy = waited < read_timeout_ ? Remedy::kReconnect : Remedy::kDrop;
    throw Failure(StoreError::kUnavailable, remedy, 0, text);
  }
  if (code == 0) throw Failure(StoreError::kUnavailable, Remedy::kBug, 0, text);
  throw Classify(static_cast<unsigned>(code), std::move(message));
}

Rows Link::QueryWith(std::string_view sql, std::span<const Parameter> parameters) {
  Held& held = Bound(sql, parameters);
  const cppdb::result result = Measured([&] { return held.statement.query(); });
  return MakeRows(result, parts_->bulky, held.number);
}

Rows Link::QueryAnew(std::string_view sql, std::span<const Parameter> parameters) {
  if (const auto held = parts_->held.find(sql); held != parts_->held.end()) {
    parts_->held.erase(held);
  }
  return QueryWith(sql, parameters);
}

Changed Link::ExecuteWith(std::string_view sql, std::span<const Parameter> parameters) {
  Held& held = Bound(sql, parameters);
  Measured([&] { held.statement.exec(); });
  return {held.statement.affected(), static_cast<uint64_t>(held.statement.last_insert_id())};
}

void Link::BeginSnapshot() { ExecuteText("START TRANSACTION WITH CONSISTENT SNAPSHOT"); }

void Link::EndSnapshot() noexcept {
  try {
    ExecuteText("ROLLBACK");
  } catch (const Failure&) {
    // The link is lost, and its snapshot with it: the next statement finds that out.
  }
}

void Link::ExecuteText(std::string_view sql) {
  const std::string text(sql);
  Measured([&] { parts_->session.create_statement(text).exec(); });
}

// Statements of cppdb's own cache are reset when they go back to it, a round trip each time: ours
// are not cached but held, and bound anew by position.
Link::Held& Link::Statement(std::string_view sql) {
  if (!parts_->bulky->empty()) DropBulky();
  auto found = parts_->held.find(sql);
  if (found == parts_->held.end()) {
    if (parts_->held.size() >= kMostHeld) DropLeastUsed();
    const std::string text(sql);
    cppdb::statement statement =
        Measured([&] { return parts_->session.create_prepared_uncached_statement(text); });
    found = parts_->held.emplace(text, Held{statement, CountPlaceholders(sql), parts_->uses}).first;
  }
  found->second.used_at = ++parts_->uses;
  return found->second;
}

void Link::DropLeastUsed() {
  parts_->held.erase(std::ranges::min_element(
      parts_->held, {}, [](const auto& entry) { return entry.second.used_at; }));
}

// A held statement holds its last answer too, until it is used again.
void Link::DropBulky() {
  for (const uint64_t number : *parts_->bulky) {
    std::erase_if(parts_->held, [&](const auto& entry) { return entry.second.number == number; });
  }
  parts_->bulky->clear();
}

Link::Held& Link::Bound(std::string_view sql, std::span<const Parameter> parameters) {
  Held& held = Statement(sql);
  if (parameters.size() != held.placeholders) {
    throw std::logic_error("wrong number of values for: " + std::string(sql));
  }
  int position = 0;
  for (const Parameter& parameter : parameters) {
    ++position;
    if (parameter.IsNull()) {
      held.statement.bind_null(position);
    } else {
      held.statement.bind(position, parameter.Text());
    }
  }
  return held;
}

}  // namespace rosterd::db

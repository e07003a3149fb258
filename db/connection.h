#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "config/settings.h"
#include "db/answer_memory.h"
#include "db/changes.h"
#include "db/ids.h"
#include "db/list_memory.h"
#include "db/literal.h"
#include "db/page_memory.h"
#include "db/result.h"
#include "db/store_error.h"
#include "db/time.h"

namespace rosterd::db {

template <typename T>
using StoreResult = Result<T, StoreError>;

/// One value on its way into a statement: text, a number, a time, or NULL. Owns its bytes, because
/// cppdb binds by address.
class Parameter {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a value reads as the parameter that it becomes
  Parameter(std::nullopt_t) {}
  Parameter(std::string_view text) : text_(text), null_(false) {}
  Parameter(const std::string& text) : text_(text), null_(false) {}
  Parameter(std::string&& text) : text_(std::move(text)), null_(false) {}
  Parameter(const char* text) : text_(text), null_(false) {}
  Parameter(UserId id) : text_(std::to_string(id.value)), null_(false) {}
  Parameter(Time time) : text_(ToSql(time)), null_(false) {}
  template <typename Integer>
  requires std::is_integral_v<Integer> Parameter(Integer number)
      : text_(std::to_string(number)), null_(false) {}
  template <typename T>
  Parameter(const std::optional<T>& value)
      : Parameter(value ? Parameter(*value) : Parameter(std::nullopt)) {}
  // NOLINTEND(google-explicit-constructor)

  bool IsNull() const { return null_; }
  const std::string& Text() const { return text_; }

 private:
  std::string text_;
  bool null_ = true;
};

/// The rows of one answer, read once from first to last; the whole answer is in memory. Columns
/// count from 0. Valid until the next statement with the same text on this connection.
class Rows {
 public:
  class Data;
  explicit Rows(std::unique_ptr<Data> data);
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) noexcept;
  ~Rows();

  /// Goes to the next row (the first one, at first); false at the end.
  bool Next();

  bool IsNull(int column) const;
  /// The text of a column; empty when it is NULL.
  std::string Text(int column) const;
  /// The number of a column; 0 when it is NULL.
  uint64_t Number(int column) const;
  int64_t Signed(int column) const;
  bool Flag(int column) const { return Number(column) != 0; }
  /// The moment of a DATETIME column; nothing when it is NULL.
  std::optional<Time> Moment(int column) const;
  std::optional<std::string> OptionalText(int column) const;

 private:
  std::unique_ptr<Data> data_;
};

/// What a statement that changes something did.
struct Changed {
  uint64_t rows = 0;     ///< that differ now; a match without a difference does not count
  uint64_t last_id = 0;  ///< AUTO_INCREMENT of the inserted row
};

/// What a unit of work sends its statements through. Statement texts are constants, or built of
/// constants alone; values go through `parameters` only, whose count must fit the placeholders.
/// Failures leave as exceptions that Connection::Read and Connection::Transaction turn into
/// StoreError; nobody else catches them.
class Session {
 public:
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  virtual ~Session() = default;

  virtual Rows QueryWith(std::string_view sql, std::span<const Parameter> parameters) = 0;
  virtual Changed ExecuteWith(std::string_view sql, std::span<const Parameter> parameters) = 0;
  /// For what walks over many rows of an index: prepares the text anew. MariaDB 10.11 reads whole
  /// rows, four times as long, in place of an index that holds all that is asked for, when a
  /// statement is executed again and another one has read the same table since.
  virtual Rows QueryAnew(std::string_view sql, std::span<const Parameter> parameters) = 0;
  /// All that is read from here to EndSnapshot is of one moment. Inside Connection::Read only; see
  /// class Snapshot.
  virtual void BeginSnapshot() = 0;
  virtual void EndSnapshot() noexcept = 0;

  /// What this unit of work changes in lists; empty when it starts.
  Changes& Notes() { return notes_; }
  /// What this connection remembers of lists, from one unit of work to the next.
  ListMemory& Lists() { return lists_; }
  /// Where pages of lists were found; ends with the connection.
  PageMemory& Pages() { return pages_; }
  /// Answers of lists, each with the version that it holds for (db/list_answer.h).
  AnswerMemory& Answers() { return answers_; }

  template <typename... Values>
  Rows Query(std::string_view sql, Values&&... values) {
    const std::vector<Parameter> parameters = Pack(std::forward<Values>(values)...);
    return QueryWith(sql, parameters);
  }
  template <typename... Values>
  Changed Execute(std::string_view sql, Values&&... values) {
    const std::vector<Parameter> parameters = Pack(std::forward<Values>(values)...);
    return ExecuteWith(sql, parameters);
  }

 private:
  template <typename... Values>
  static std::vector<Parameter> Pack(Values&&... values) {
    std::vector<Parameter> parameters;
    parameters.reserve(sizeof...(values));
    (parameters.emplace_back(std::forward<Values>(values)), ...);
    return parameters;
  }

  Changes notes_;
  ListMemory lists_;
  PageMemory pages_;
  AnswerMemory answers_;
};

/// Statements of one moment, as long as it lives. Inside Connection::Read only.
class Snapshot {
 public:
  explicit Snapshot(Session& session) : session_(session) { session_.BeginSnapshot(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot() { session_.EndSnapshot(); }

 private:
  Session& session_;
};

/// What went wrong between a Connection and the database.
struct Faults {
  uint64_t unavailable = 0;  ///< no server to be had, or it refused the statement for want of means
  uint64_t lost = 0;         ///< connections that broke, or that the server gave up
  uint64_t repeated = 0;     ///< units of work tried again: deadlock, lock wait, certification
};

/// A worker's one connection: opened at its first use, held for ever, opened anew after a loss,
/// with the hosts of the settings tried in order. Every statement text is prepared once per
/// connection and held (the least used ones are dropped above 256). Must not cross a fork once
/// used.
class Connection {
 public:
  explicit Connection(config::Database settings);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Runs `work(Session&)`, which only reads and gives back a Result whose error type can be made
  /// from StoreError. Each statement stands alone (autocommit). Repeated once on a fresh connection
  /// when the old one turns out to be lost.
  template <typename Work>
  auto Read(Work&& work) -> std::invoke_result_t<Work&, Session&>;

  /// Runs `work(Session&)` as one transaction: committed when it gives back a value, rolled back
  /// when it gives back an error or throws. Repeated up to three times, after 5 to 50 ms, when the
  /// server chose it as a deadlock's victim (1213), let it wait too long for a lock (1205), or
  /// refused its certification; and once when the connection was lost before anything was sent to
  /// commit. So `work` may run again and has no effect outside the session.
  template <typename Work>
  auto Transaction(Work&& work) -> std::invoke_result_t<Work&, Session&>;

  /// Time spent waiting for the database since the last call.
  std::chrono::microseconds TakeTime();
  /// What went wrong since the last call, for the metrics.
  Faults TakeFaults();
  /// Statements sent since the connection was made; tests and benchmarks count round trips with it.
  uint64_t Statements() const;

 private:
  enum class Next { kDone, kAgain };
  class Implementation;

  Session& Begin(bool transaction);
  void Commit();
  void Rollback();
  /// Called while an exception is in flight: rolls back, finds out what it was, waits when it is
  /// worth another attempt. Rethrows what is no database failure.
  Next Diagnose(int attempt, StoreError& error);

  std::unique_ptr<Implementation> implementation_;
};

template <typename Work>
auto Connection::Read(Work&& work) -> std::invoke_result_t<Work&, Session&> {
  for (int attempt = 1;; ++attempt) {
    StoreError error{};
    try {
      return work(Begin(/*transaction=*/false));
    } catch (...) {  // rethrown by Diagnose unless it is the database's
      if (Diagnose(attempt, error) == Next::kAgain) continue;
    }
    return error;
  }
}

template <typename Work>
auto Connection::Transaction(Work&& work) -> std::invoke_result_t<Work&, Session&> {
  for (int attempt = 1;; ++attempt) {
    StoreError error{};
    try {
      auto outcome = work(Begin(/*transaction=*/true));
      if (outcome) {
        Commit();
      } else {
        Rollback();
      }
      return outcome;
    } catch (...) {  // rethrown by Diagnose unless it is the database's
      if (Diagnose(attempt, error) == Next::kAgain) continue;
    }
    return error;
  }
}

/// A statement put together from constant pieces and the values for its placeholders; used for
/// lists whose filters vary. Takes only string literals, so that input cannot become SQL.
class StatementBuilder {
 public:
  StatementBuilder& Add(Literal literal) {
    sql_ += literal.text;
    return *this;
  }
  template <size_t size>
  StatementBuilder& Add(const char (&literal)[size]) {  // NOLINT(modernize-avoid-c-arrays)
    sql_.append(literal, size - 1);
    return *this;
  }
  /// Appends "?" and its value.
  StatementBuilder& Value(Parameter value);
  /// Appends "?,?,?" and the values; at least one.
  StatementBuilder& Values(std::span<const uint64_t> values);
  StatementBuilder& Values(std::span<const std::string> values);
  /// Appends another builder's text and values.
  StatementBuilder& Append(const StatementBuilder& other);

  bool Empty() const { return sql_.empty(); }
  std::string_view Sql() const { return sql_; }
  std::span<const Parameter> Parameters() const { return parameters_; }
  Rows Query(Session& session) const { return session.QueryWith(sql_, parameters_); }
  Rows QueryAnew(Session& session) const { return session.QueryAnew(sql_, parameters_); }
  Changed Execute(Session& session) const { return session.ExecuteWith(sql_, parameters_); }

 private:
  std::string sql_;
  std::vector<Parameter> parameters_;
};

/// `text` with %, _ and \ escaped, between two %: the pattern of "contains" for LIKE, which takes
/// each character for itself.
std::string ContainsPattern(std::string_view text);

}  // namespace rosterd::db

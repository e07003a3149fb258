#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "config/settings.h"
#include "db/connection.h"

namespace rosterd::db {

/// Counts what a connection costs, over all the links that it has had.
struct Meter {
  std::chrono::nanoseconds time{0};
  uint64_t statements = 0;
};

/// One open session of the database server, and the statements prepared on it. Inside db/ only.
/// Every call throws Failure when the database refuses or is lost; a lost link is of no more use.
class Link final : public Session {
 public:
  enum class Purpose {
    kService,    ///< the settings' timeouts, for the server's side too
    kMigration,  ///< statements may take hours
  };

  /// Opens `host` ("host", "host:port", "/path.sock", or empty: as the defaults file says).
  Link(const config::Database& settings, const std::string& host, Purpose purpose, Meter& meter);
  ~Link() override;

  Rows QueryWith(std::string_view sql, std::span<const Parameter> parameters) override;
  Changed ExecuteWith(std::string_view sql, std::span<const Parameter> parameters) override;
  Rows QueryAnew(std::string_view sql, std::span<const Parameter> parameters) override;
  void BeginSnapshot() override;
  void EndSnapshot() noexcept override;
  /// Sends a statement as it is, without preparing it.
  void ExecuteText(std::string_view sql);

 private:
  struct Held;
  struct Parts;

  /// Runs one call to the server, measured; its failure becomes a Failure.
  template <typename Call>
  auto Measured(Call call);
  [[noreturn]] void Fail(const std::string& text, std::chrono::nanoseconds waited);
  Held& Statement(std::string_view sql);
  void DropLeastUsed();
  void DropBulky();
  Held& Bound(std::string_view sql, std::span<const Parameter> parameters);

  Meter& meter_;
  std::chrono::seconds read_timeout_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace rosterd::db

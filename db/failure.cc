#include "db/failure.h"

#include <algorithm>
#include <array>

namespace rosterd::db {
namespace {

struct Meaning {
  unsigned code;
  StoreError error;
  Remedy remedy;
};

// Numbers of MySQL and MariaDB, ordered; the server's texts are translated, its numbers are not.
constexpr auto kMeanings = std::to_array<Meaning>({
    {1020, StoreError::kBusy, Remedy::kRepeat},            // record changed since last read
    {1021, StoreError::kFull, Remedy::kNone},              // disk full
    {1026, StoreError::kFull, Remedy::kNone},              // error writing file
    {1030, StoreError::kFull, Remedy::kNone},              // storage engine: error 28
    {1040, StoreError::kUnavailable, Remedy::kDrop},       // too many connections
    {1044, StoreError::kUnavailable, Remedy::kNone},       // access denied to the database
    {1045, StoreError::kUnavailable, Remedy::kNone},       // access denied
    {1046, StoreError::kUnavailable, Remedy::kReconnect},  // no database selected
    {1047, StoreError::kUnavailable, Remedy::kNextHost},   // Galera: node is not ready
    {1049, StoreError::kUnavailable, Remedy::kReconnect},  // unknown database
    {1053, StoreError::kUnavailable, Remedy::kReconnect},  // server shutdown
    {1054, StoreError::kUnavailable, Remedy::kNone},       // unknown column: an older schema
    {1114, StoreError::kFull, Remedy::kNone},              // table is full
    {1142, StoreError::kUnavailable, Remedy::kNone},       // command denied on the table
    {1146, StoreError::kUnavailable, Remedy::kNone},       // no such table: an older schema
    {1203, StoreError::kUnavailable, Remedy::kDrop},       // too many connections of this user
    {1205, StoreError::kBusy, Remedy::kRepeat},            // lock wait timeout
    {1213, StoreError::kBusy, Remedy::kRepeat},            // deadlock, failed certification
    {1226, StoreError::kUnavailable, Remedy::kDrop},       // user exceeded a resource
    {1243, StoreError::kUnavailable, Remedy::kReconnect},  // unknown statement: a proxy moved us
    {1264, StoreError::kBadText, Remedy::kNone},           // out of range
    {1265, StoreError::kBadText, Remedy::kNone},           // data truncated
    {1290, StoreError::kUnavailable, Remedy::kNextHost},   // read-only server
    {1292, StoreError::kBadText, Remedy::kNone},           // incorrect value
    {1300, StoreError::kBadText, Remedy::kNone},           // invalid UTF-8
    {1317, StoreError::kBusy, Remedy::kNone},              // query interrupted
    {1366, StoreError::kBadText, Remedy::kNone},           // incorrect string value
    {1406, StoreError::kTooLong, Remedy::kNone},           // data too long
    {1452, StoreError::kNotFound, Remedy::kNone},          // what a foreign key names has vanished
    {1461, StoreError::kUnavailable, Remedy::kDrop},       // too many prepared statements
    {1615, StoreError::kBusy, Remedy::kRepeat},            // statement needs to be prepared again
    {1792, StoreError::kUnavailable, Remedy::kNextHost},   // read-only transaction
    {1836, StoreError::kUnavailable, Remedy::kNextHost},   // read-only mode
    {1927, StoreError::kUnavailable, Remedy::kReconnect},  // connection was killed
    {1969, StoreError::kBusy, Remedy::kNone},              // MariaDB: statement took too long
    {3024, StoreError::kBusy, Remedy::kNone},              // MySQL: statement took too long
    {3819, StoreError::kBadText, Remedy::kNone},           // MySQL: CHECK
    {3988, StoreError::kBadText,
     Remedy::kNone},  // MySQL: cannot be converted to the column's characters
    {4025, StoreError::kBadText, Remedy::kNone},  // MariaDB: CHECK
});

constexpr unsigned kDuplicateEntry = 1062;

// The key is the last thing in quotes, in every language of the server, and the value, which may
// hold anything, comes before it: "… 'ann' for key 'unique_username'", on MySQL
// 'users.unique_username'.
std::string_view NamedIndex(std::string_view message) {
  const size_t end = message.rfind('\'');
  if (end == std::string_view::npos || end == 0) return {};
  const size_t begin = message.rfind('\'', end - 1);
  if (begin == std::string_view::npos) return {};
  const std::string_view name = message.substr(begin + 1, end - begin - 1);
  return name.substr(name.rfind('.') + 1);
}

StoreError DuplicateOf(std::string_view index) {
  if (index == "unique_username") return StoreError::kDuplicateUsername;
  if (index == "unique_email") return StoreError::kDuplicateEmail;
  return StoreError::kDuplicate;
}

}  // namespace

Failure Classify(unsigned code, std::string message) {
  if (code == kDuplicateEntry) {
    const StoreError error = DuplicateOf(NamedIndex(message));
    return {error, Remedy::kNone, code, std::move(message)};
  }
  const auto* const found = std::ranges::lower_bound(kMeanings, code, {}, &Meaning::code);
  if (found == kMeanings.end() || found->code != code) {
    return {StoreError::kUnavailable, Remedy::kBug, code, std::move(message)};
  }
  return {found->error, found->remedy, code, std::move(message)};
}

}  // namespace rosterd::db

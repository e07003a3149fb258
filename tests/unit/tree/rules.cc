#include "tests/unit/tree/rules.h"

#include <algorithm>
#include <array>
#include <regex>
#include <string>

namespace rosterd::tree {
namespace {

using Match = std::match_results<std::string_view::const_iterator>;

bool Contains(std::string_view text, const std::regex& pattern) {
  return std::regex_search(text.begin(), text.end(), pattern);
}

/// "cscart" of "db/cscart/user_store.h", "" of "db/person.h"; likewise in handlers/.
std::string_view DialectOf(std::string_view path) {
  const size_t first = path.find('/');
  const size_t second = path.find('/', first + 1);
  if (second == std::string_view::npos) return {};
  return path.substr(first + 1, second - first - 1);
}

std::string_view FolderOf(std::string_view path) { return path.substr(0, path.find('/')); }

/// The part of fcgi/ that runs processes and sockets, which no handler may know.
bool IsServer(std::string_view header) {
  constexpr std::array<std::string_view, 4> kServer = {"fcgi/application.h", "fcgi/connection.h",
                                                       "fcgi/server.h", "fcgi/shared.h"};
  return std::find(kServer.begin(), kServer.end(), header) != kServer.end();
}

/// For handlers/ and db/: files of a dialect know the common ones and their own dialect's.
bool IsOwnOrCommon(std::string_view file, std::string_view header) {
  return DialectOf(header).empty() || DialectOf(header) == DialectOf(file);
}

bool HandlerMayInclude(std::string_view file, std::string_view header) {
  const auto folder = FolderOf(header);
  if (folder == "handlers" || folder == "db") return IsOwnOrCommon(file, header);
  if (folder == "fcgi") return !IsServer(header);
  return folder == "directory" || folder == "config";
}

bool MayIncludeOurs(std::string_view file, std::string_view header) {
  const auto from = FolderOf(file);
  const auto to = FolderOf(header);
  if (from == "tests" || file == "fcgi/main.cc") return true;
  if (from == "handlers") return HandlerMayInclude(file, header);
  if (from == "ctl") return to == "ctl" || to == "directory" || to == "db" || to == "config";
  if (from == "directory") {
    return to == from || to == "config" || (to == "db" && DialectOf(header).empty());
  }
  if (from == "db") return to == "config" || (to == "db" && IsOwnOrCommon(file, header));
  if (from == "fcgi") return to == from || to == "config";
  return from == "config" && to == from;
}

bool MayIncludeLibrary(std::string_view file, std::string_view header) {
  if (header.starts_with("cppdb/")) return FolderOf(file) == "db" && file.ends_with(".cc");
  const bool is_libfcgi = header.starts_with("fcgi") || header.starts_with("fastcgi");
  if (is_libfcgi) return FolderOf(file) == "fcgi" || file.starts_with("tests/");
  return true;
}

bool IsOurs(std::string_view header) {
  static const std::regex kOurs(R"(^(config|ctl|db|directory|fcgi|handlers|tests)/)");
  return Contains(header, kOurs);
}

}  // namespace

std::optional<std::string_view> Included(std::string_view line) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  Match match;
  if (!std::regex_search(line.begin(), line.end(), match, kInclude)) return std::nullopt;
  return line.substr(static_cast<size_t>(match.position(1)), static_cast<size_t>(match.length(1)));
}

bool MayInclude(std::string_view file, std::string_view header) {
  return IsOurs(header) ? MayIncludeOurs(file, header) : MayIncludeLibrary(file, header);
}

bool HoldsSql(std::string_view line) {
  static const std::regex kSql(
      R"(\b(SELECT|WHERE|ORDER BY|GROUP BY|LIMIT|(INSERT|REPLACE)( IGNORE)? INTO|DELETE FROM|UPDATE [a-z_`]+ SET|(INNER|LEFT) JOIN)\b)");
  return Contains(line, kSql);
}

bool NamesADialect(std::string_view line) {
  static const std::regex kDialects("bedita|brightact|cocoaheads|cscart|timeslot",
                                    std::regex::icase);
  return Contains(line.substr(0, line.find("//")), kDialects);
}

bool IsUnnumberedToDo(std::string_view line) {
  static const std::regex kToDo(R"(\b(TO)"
                                R"(DO|FIX)"
                                R"(ME)\b(?!\(#?\d+\)))");
  return Contains(line, kToDo);
}

bool NamesAMachine(std::string_view line) {
  static const std::regex kHome(R"((^|[^\w./}-])/(work|home|root|Users)/\w)");
  return Contains(line, kHome);
}

}  // namespace rosterd::tree

#pragma once

#include <optional>
#include <string_view>

namespace rosterd::tree {

/// The file that a line includes with quotes or brackets; nothing for another line.
std::optional<std::string_view> Included(std::string_view line);

/// Whether `file` (a path from the root) may include `header` (another one, or that of a library):
/// handlers/<dialect> -> directory, db, db/<dialect>, fcgi's values, config; directory -> db,
/// config; db/<dialect> -> db; db -> config; fcgi -> config; cppdb in db/ and libfcgi in fcgi/
/// only. Tests and fcgi/main.cc include what they like.
bool MayInclude(std::string_view file, std::string_view header);

/// Whether a line of code holds SQL; the names of HTTP methods are none.
bool HoldsSql(std::string_view line);

/// Whether a line of code, its comment aside, names a dialect.
bool NamesADialect(std::string_view line);

/// Whether a line says that something is still to be done without an issue's number: "(#12)".
bool IsUnnumberedToDo(std::string_view line);

/// Whether a line names a folder of somebody's machine.
bool NamesAMachine(std::string_view line);

}  // namespace rosterd::tree

#include "db/migration_file.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "db/hex.h"
#include "db/ids.h"

namespace rosterd::db {
namespace {

constexpr size_t kVersionDigits = 4;

// 12 for "0012_name.sql"; nothing for other names.
std::optional<int> VersionOf(const std::string& name) {
  if (!name.ends_with(".sql") || name.size() <= kVersionDigits || name[kVersionDigits] != '_') {
    return std::nullopt;
  }
  const auto version = ParseId(std::string_view(name).substr(0, kVersionDigits));
  if (!version || *version == 0) return std::nullopt;
  return static_cast<int>(*version);
}

std::string Sha256(std::string_view text) {
  std::array<char, EVP_MAX_MD_SIZE> digest{};
  size_t size = 0;
  if (EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(),
                   reinterpret_cast<unsigned char*>(digest.data()), &size) != 1) {
    throw std::runtime_error("OpenSSL has no SHA-256");
  }
  return Hex({digest.data(), size});
}

std::string_view Trim(std::string_view line) {
  constexpr std::string_view kBlank = " \t\r";
  const size_t begin = line.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kBlank) - begin + 1);
}

Result<MigrationFile, std::string> ReadMigration(const std::filesystem::path& path, int version) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  if (stream.peek() != std::ifstream::traits_type::eof()) text << stream.rdbuf();
  if (!stream || stream.bad()) return path.string() + ": cannot be read";

  auto statements = SplitStatements(text.str());
  if (!statements) {
    return path.string() + ":" + std::to_string(statements.error()) + ": a statement without ';'";
  }
  return MigrationFile{version, path.filename().string(), Sha256(text.str()),
                       std::move(*statements)};
}

}  // namespace

Result<std::vector<MigrationStatement>, int> SplitStatements(std::string_view text) {
  std::vector<MigrationStatement> statements;
  MigrationStatement statement;
  int number = 0;
  while (!text.empty()) {
    ++number;
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = Trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with("--")) continue;

    if (statement.sql.empty()) statement.line = number;
    const bool last = line.ends_with(';');
    if (last) line.remove_suffix(1);
    statement.sql.append(line).append(1, '\n');
    if (last) statements.push_back(std::exchange(statement, {}));
  }
  if (!statement.sql.empty()) return statement.line;
  return statements;
}

Result<std::vector<MigrationFile>, std::string> ReadMigrations(
    const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<MigrationFile> files;
  std::filesystem::directory_iterator entries(folder, error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    const auto version = VersionOf(entries->path().filename().string());
    if (!version) continue;
    auto file = ReadMigration(entries->path(), *version);
    if (!file) return file.error();
    files.push_back(std::move(*file));
  }
  if (error) return folder.string() + ": " + error.message();

  std::ranges::sort(files, {}, &MigrationFile::version);
  const auto twin = std::ranges::adjacent_find(files, {}, &MigrationFile::version);
  if (twin != files.end()) {
    return folder.string() + ": two files of version " + std::to_string(twin->version);
  }
  return files;
}

}  // namespace rosterd::db

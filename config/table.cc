#include "config/table.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace rosterd::config {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr uint64_t kKibi = 1024;
constexpr uint64_t kMebi = kKibi * kKibi;
constexpr uint64_t kGibi = kKibi * kMebi;

constexpr hours kDay{24};
constexpr seconds kHour{3600};

/// Longest name of a socket's folder: sun_path holds 108 bytes with the NUL, "/write.sock" is 11.
constexpr size_t kLongestRunDirectory = 108 - 1 - 11;

bool IsLetterOrDigit(char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z');
}

/// Letters and digits of ASCII and the bytes of `others` alone.
bool OnlyOf(std::string_view text, std::string_view others) {
  return std::ranges::all_of(text, [&](char byte) {
    return IsLetterOrDigit(byte) || others.find(byte) != std::string_view::npos;
  });
}

bool IsPrintable(std::string_view text) {
  return std::ranges::all_of(text, [](char byte) { return byte > ' ' && byte <= '~'; });
}

/// Quotes and semicolons are refused because cppdb's connection string cannot hold them.
bool IsPath(std::string_view text) {
  return text.starts_with('/') && text.find_first_of("'\";\n") == std::string_view::npos;
}
bool IsRunDirectory(std::string_view text) {
  return IsPath(text) && text.size() <= kLongestRunDirectory;
}
bool IsAccountName(std::string_view text) { return OnlyOf(text, "._-") && text.size() <= 32; }
bool IsName(std::string_view text) { return !text.empty() && IsAccountName(text); }
bool IsDatabaseName(std::string_view text) {
  return !text.empty() && text.size() <= 64 && OnlyOf(text, "_-$");
}
bool IsHost(std::string_view text) {
  if (text.starts_with('/')) return IsPath(text);
  const size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  if (name.empty() || !OnlyOf(name, ".-_")) return false;
  if (colon == std::string_view::npos) return true;
  int port = 0;
  return Whole{&port, 1, 65535}.Set(std::string(text.substr(colon + 1)));
}
bool IsSalt(std::string_view text) { return text.size() <= 64; }
bool IsExtraField(std::string_view text) {
  return text == "phone" || text == "last_login" || text == "points";
}
bool IsUrl(std::string_view text) {
  const bool web = text.starts_with("http://") || text.starts_with("https://");
  return web && IsPrintable(text);
}
bool IsBanner(std::string_view text) { return !text.empty() && OnlyOf(text, "._-"); }
bool IsTablePrefix(std::string_view text) { return text.size() <= 32 && OnlyOf(text, "_"); }

constexpr TextRule kPath{IsPath, "an absolute path without quotes and semicolons"};
constexpr TextRule kRunDirectory{
    IsRunDirectory, "an absolute path of at most 96 bytes (unix sockets only, there is no TCP)"};
constexpr TextRule kGroup{IsAccountName, "the name of a group, or \"\""};
constexpr TextRule kWord{IsName, "a word of letters, digits, '.', '_' and '-'"};
constexpr TextRule kDatabase{IsDatabaseName, "at most 64 letters, digits, '_', '-' and '$'"};
constexpr TextRule kHosts{IsHost, "HOST, HOST:PORT or /PATH/OF.sock"};
constexpr TextRule kSalt{IsSalt, "a text of at most 64 bytes"};
constexpr TextRule kExtraFields{IsExtraField, "phone, last_login, points"};
constexpr TextRule kUrl{IsUrl, "http://… or https://…, in ASCII"};
constexpr TextRule kBanner{IsBanner, "letters, digits, '.', '_' and '-'"};
constexpr TextRule kTablePrefix{IsTablePrefix, "at most 32 letters, digits and '_'"};

using Bindings = std::vector<Binding>;

void Append(Bindings& all, std::string_view section,
            const std::vector<std::pair<std::string_view, Target>>& keys) {
  for (const auto& [name, target] : keys) all.push_back({section, name, target});
}

void AddServer(Bindings& all, Server& to) {
  Append(all, "server",
         {
             {"run_directory", Text{&to.run_directory, kRunDirectory}},
             {"socket_group", Text{&to.socket_group, kGroup}},
             {"read_workers", Whole{&to.read_workers, 0, 1024}},
             {"write_workers", Whole{&to.write_workers, 0, 1024}},
             {"slow_workers", Whole{&to.slow_workers, 1, 1024}},
             {"backlog", Whole{&to.backlog, 1, 65535}},
             {"max_body", Size{&to.max_body, kKibi, kGibi}},
             {"request_timeout", Seconds{&to.request_timeout, seconds(1), kHour}},
             {"drain_timeout", Seconds{&to.drain_timeout, seconds(1), kHour}},
             {"max_requests", LongWhole{&to.max_requests, 0, 1'000'000'000'000}},
             {"max_memory", Size{&to.max_memory, 32 * kMebi, 64 * kGibi, /*or_zero=*/true}},
             {"key_file", Text{&to.key_file, kPath}},
             {"log_level", Choice{&to.log_level, {"error", "warning", "notice", "info", "debug"}}},
         });
}

void AddDatabase(Bindings& all, Database& to) {
  const seconds longest(600);
  Append(all, "database",
         {
             {"defaults_file", Text{&to.defaults_file, kPath}},
             {"defaults_group", Text{&to.defaults_group, kWord}},
             {"hosts", List{&to.hosts, kHosts}},
             {"name", Text{&to.name, kDatabase}},
             {"connect_timeout", Seconds{&to.connect_timeout, seconds(1), longest}},
             {"read_timeout", Seconds{&to.read_timeout, seconds(1), longest}},
             {"write_timeout", Seconds{&to.write_timeout, seconds(1), longest}},
             {"migrations", Text{&to.migrations, kPath}},
         });
}

void AddDirectory(Bindings& all, Directory& to) {
  Append(all, "directory",
         {
             {"reserve_deleted_names", Switch{&to.reserve_deleted_names}},
             {"trash_days", Whole{&to.trash_days, 0, 36500}},
         });
}

void AddPassword(Bindings& all, Password& to) {
  Append(all, "password",
         {
             {"memory", Size{&to.memory, 64 * kKibi, 4 * kGibi}},
             {"iterations", Whole{&to.iterations, 1, 100}},
             {"concurrent_hashes", Whole{&to.concurrent_hashes, 0, 64}},
             {"max_wait", Milliseconds{&to.max_wait, milliseconds(0), milliseconds(60'000)}},
             {"legacy_md5_salt", Text{&to.legacy_md5_salt, kSalt}},
         });
}

void AddThrottle(Bindings& all, Throttle& to) {
  constexpr int kMost = 1'000'000;
  Append(all, "throttle",
         {
             {"enabled", Switch{&to.enabled}},
             {"sign_in_failures_per_account", Whole{&to.sign_in_failures_per_account, 1, kMost}},
             {"sign_in_failures_per_address", Whole{&to.sign_in_failures_per_address, 1, kMost}},
             {"sign_in_window", Seconds{&to.sign_in_window, seconds(1), 30 * kDay}},
         });
}

void AddCscart(Bindings& all, Cscart& to) {
  constexpr int kMostItems = 1'000'000;
  Append(all, "cscart",
         {
             {"enabled", Switch{&to.enabled}},
             {"edition", Choice{&to.edition, {"ultimate", "multivendor", "single"}}},
             {"share_users", Switch{&to.share_users, /*letters=*/true}},
             {"items_per_page", Whole{&to.items_per_page, 1, kMostItems}},
             {"max_items_per_page", Whole{&to.max_items_per_page, 0, kMostItems}},
             {"unversioned_api", Choice{&to.unversioned_api, {"1.0", "2.0"}}},
             {"https_only", Switch{&to.https_only}},
             {"allow_customer", Switch{&to.allow_customer}},
             {"vendor_users_api", Choice{&to.vendor_users_api, {"off", "scoped"}}},
             {"missing_user_status", NumberChoice{&to.missing_user_status, {404, 400}}},
             {"extra_fields", List{&to.extra_fields, kExtraFields}},
             {"min_password_length", Whole{&to.min_password_length, 1, 72}},
             {"storefront_url", Text{&to.storefront_url, kUrl}},
             {"banner_name", Choice{&to.banner_name, {"CS-Cart", "Multi-Vendor"}}},
             {"banner_version", Text{&to.banner_version, kBanner}},
             {"table_prefix", Text{&to.table_prefix, kTablePrefix}},
             {"max_body", Size{&to.max_body, kKibi, kGibi}},
             {"patch", Switch{&to.patch}},
             {"auth_token_ttl", Seconds{&to.auth_token_ttl, seconds(1), 3650 * kDay}},
             {"login_key_ttl", Seconds{&to.login_key_ttl, seconds(1), 30 * kDay}},
         });
}

}  // namespace

std::vector<Binding> Table(Settings& settings) {
  Bindings all;
  AddServer(all, settings.server);
  AddDatabase(all, settings.database);
  AddDirectory(all, settings.directory);
  AddPassword(all, settings.password);
  AddThrottle(all, settings.throttle);
  AddCscart(all, settings.cscart);
  return all;
}

}  // namespace rosterd::config

#include "config/table.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "config/password_rule.h"

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
bool IsOptionalUrl(std::string_view text) { return text.empty() || IsUrl(text); }
bool IsUrlOrStar(std::string_view text) {
  return text == "*" || (IsPrintable(text) && text.find("://") != std::string_view::npos);
}
bool IsOptionalLink(std::string_view text) {
  return text.empty() || (text != "*" && IsUrlOrStar(text));
}
bool IsOrigin(std::string_view text) { return !text.empty() && IsPrintable(text); }
bool IsHeaderName(std::string_view text) { return !text.empty() && OnlyOf(text, "-_"); }
bool IsAddress(std::string_view text) {
  const size_t at = text.find('@');
  return at != 0 && at != std::string_view::npos && at + 1 < text.size() && text.size() <= 254 &&
         OnlyOf(text, "@.!#$%&*+-/=?^_{|}~") && text.find('@', at + 1) == std::string_view::npos;
}
bool IsSmtp(std::string_view text) {
  return text.empty() || (IsHost(text) && text.find(':') != std::string_view::npos);
}
bool IsLine(std::string_view text) {
  return text.size() <= 255 && std::ranges::none_of(text, [](char byte) {
           return (byte >= 0 && byte < ' ') || byte == '\x7f';
         });
}
bool IsFilledLine(std::string_view text) { return !text.empty() && IsLine(text); }
bool IsAnything(std::string_view text) { return text.size() <= 8192; }
// UTC needs no tz database on the machine.
bool IsZone(std::string_view text) {
  if (text == "UTC") return true;
  std::error_code error;
  return !text.empty() && text.front() != '/' && OnlyOf(text, "/_+-") &&
         std::filesystem::is_regular_file("/usr/share/zoneinfo/" + std::string(text), error);
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
constexpr TextRule kOptionalUrl{IsOptionalUrl, R"(http://… or https://…, in ASCII, or "")"};
constexpr TextRule kUrlsOrStar{IsUrlOrStar, "beginnings of URLs with their scheme, or *"};
constexpr TextRule kOptionalLink{IsOptionalLink, R"(a URL with its scheme, or "")"};
constexpr TextRule kOrigins{IsOrigin, "origins (https://host), *.domain, or *"};
constexpr TextRule kHeaderNames{IsHeaderName, "letters, digits, '-' and '_'"};
constexpr TextRule kAddress{IsAddress, "an e-mail address in ASCII"};
constexpr TextRule kSmtp{IsSmtp, R"(HOST:PORT, or "")"};
constexpr TextRule kLine{IsLine, "a text of at most 255 bytes in one line"};
constexpr TextRule kFilledLines{IsFilledLine, "texts of 1 to 255 bytes in one line"};
constexpr TextRule kPasswordRule{IsPasswordRule, "a regular expression of at most 255 bytes"};
constexpr TextRule kAnything{IsAnything, "a text of at most 8192 bytes"};
constexpr TextRule kZone{IsZone, "UTC or another name of the tz database, as Europe/Berlin"};
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
             {"slow_workers", Whole{&to.slow_workers, 0, 1024}},
             {"slow_nice", Whole{&to.slow_nice, 0, 19}},
             {"backlog", Whole{&to.backlog, 1, 65535}},
             {"max_body", Size{&to.max_body, kKibi, kGibi}},
             {"request_timeout", Seconds{&to.request_timeout, seconds(1), kHour}},
             {"drain_timeout", Seconds{&to.drain_timeout, seconds(1), kHour}},
             {"max_requests", LongWhole{&to.max_requests, 0, 1'000'000'000'000}},
             {"max_memory", Size{&to.max_memory, 32 * kMebi, 64 * kGibi, /*or_zero=*/true}},
             {"key_file", Text{&to.key_file, kPath}},
             {"log_level", Choice{&to.log_level, {"error", "warning", "notice", "info", "debug"}}},
             {"photo_directory", Text{&to.photo_directory, kPath}},
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
             {"min_password_length", Whole{&to.min_password_length, 1, 72}},
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

void AddMail(Bindings& all, Mail& to) {
  Append(all, "mail",
         {
             {"from", Text{&to.from, kAddress}},
             {"sendmail", Text{&to.sendmail, kPath}},
             {"smtp", Text{&to.smtp, kSmtp}},
             {"templates", Text{&to.templates, kPath}},
             {"retry_delay", Seconds{&to.retry_delay, seconds(1), kDay}},
             {"give_up_after", Seconds{&to.give_up_after, seconds(1), 30 * kDay}},
         });
}

void AddBeditaAccess(Bindings& all, Bedita& to) {
  Append(all, "bedita",
         {
             {"enabled", Switch{&to.enabled}},
             {"public_base_url", Text{&to.public_base_url, kOptionalUrl}},
             {"version", Text{&to.version, kBanner}},
             {"project_name", Text{&to.project_name, kLine}},
             {"block_anonymous_apps", Switch{&to.block_anonymous_apps}},
             {"block_anonymous_users", Switch{&to.block_anonymous_users}},
             {"anonymous_fields", List{&to.anonymous_fields, kFilledLines}},
             {"anonymous_writes", Switch{&to.anonymous_writes}},
             {"writers", List{&to.writers, kFilledLines}},
             {"status_needs_key", Switch{&to.status_needs_key}},
             {"manager_support", Switch{&to.manager_support}},
         });
}

void AddBeditaUsers(Bindings& all, Bedita& to) {
  Append(all, "bedita",
         {
             {"numeric_user_ids", Switch{&to.numeric_user_ids}},
             {"required_user_fields", List{&to.required_user_fields, kFilledLines}},
             {"page_size", Whole{&to.page_size, 1, 500}},
             {"max_page_size", Whole{&to.max_page_size, 1, 500}},
             {"new_user_status", Choice{&to.new_user_status, {"draft", "on", "off"}}},
             {"login_draft", Switch{&to.login_draft}},
             {"status_level", Choice{&to.status_level, {"off", "draft", "on"}}},
             {"languages", List{&to.languages, kFilledLines}},
             {"default_lang", Text{&to.default_lang, kLine}},
             {"password_policy.rule", Text{&to.password_rule, kPasswordRule}},
             {"password_policy.message", Text{&to.password_message, kLine}},
             {"legacy_salt", Text{&to.legacy_salt, kAnything}},
         });
}

void AddBeditaTokens(Bindings& all, Bedita& to) {
  Append(all, "bedita",
         {
             {"jwt.algorithm", Choice{&to.jwt_algorithm, {"HS256", "HS384", "HS512", "RS256"}}},
             {"jwt.secret", Text{&to.jwt_secret, kAnything}},
             {"jwt.duration", Seconds{&to.jwt_duration, seconds(1), 30 * kDay}},
             {"jwt.renew_duration", Seconds{&to.jwt_renew_duration, seconds(0), 3650 * kDay}},
             {"jwt.query_token", Switch{&to.jwt_query_token}},
             {"jwt.revoke_on_password_change", Switch{&to.jwt_revoke_on_password_change}},
         });
}

void AddBeditaSignup(Bindings& all, Bedita& to) {
  constexpr int kMost = 1'000'000;
  Append(all, "bedita",
         {
             {"change_hides_unknown", Switch{&to.change_hides_unknown}},
             {"link_allow", List{&to.link_allow, kUrlsOrStar}},
             {"signup.enabled", Switch{&to.signup_enabled}},
             {"signup.require_email", Switch{&to.signup_require_email}},
             {"signup.require_password", Switch{&to.signup_require_password}},
             {"signup.require_activation", Switch{&to.signup_require_activation}},
             {"signup.activation_url", Text{&to.signup_activation_url, kOptionalLink}},
             {"signup.roles", List{&to.signup_roles, kFilledLines}},
             {"signup.default_roles", List{&to.signup_default_roles, kFilledLines}},
             {"sign_in_failures_per_address", Whole{&to.sign_in_failures_per_address, 1, kMost}},
             {"requests_per_address", Whole{&to.requests_per_address, 1, kMost}},
             {"requests_per_contact", Whole{&to.requests_per_contact, 1, kMost}},
             {"max_body", Size{&to.max_body, kKibi, kGibi}},
         });
}

void AddBeditaCors(Bindings& all, Bedita& to) {
  Append(all, "bedita",
         {
             {"cors.allow_origin", List{&to.cors_allow_origin, kOrigins}},
             {"cors.allow_methods", List{&to.cors_allow_methods, kHeaderNames}},
             {"cors.allow_headers", List{&to.cors_allow_headers, kHeaderNames}},
             {"cors.allow_credentials", Switch{&to.cors_allow_credentials}},
             {"cors.expose_headers", List{&to.cors_expose_headers, kHeaderNames}},
             {"cors.max_age", Seconds{&to.cors_max_age, seconds(0), 30 * kDay}},
         });
}

void AddBrightact(Bindings& all, Brightact& to) {
  constexpr int kMost = 1'000'000;
  Append(all, "brightact",
         {
             {"enabled", Switch{&to.enabled}},
             {"timezone", Text{&to.timezone, kZone}},
             {"max_body", Size{&to.max_body, kKibi, kGibi}},
             {"key_failures_per_address", Whole{&to.key_failures_per_address, 1, kMost}},
             {"resets_per_key", Whole{&to.resets_per_key, 1, kMost}},
         });
}

void AddCocoaheads(Bindings& all, Cocoaheads& to) {
  constexpr int kMost = 1'000'000;
  Append(all, "cocoaheads",
         {
             {"enabled", Switch{&to.enabled}},
             {"app_token", List{&to.app_token, kFilledLines}},
             {"token_idle_days", Whole{&to.token_idle_days, 0, 36500}},
             {"tokens_per_user", Whole{&to.tokens_per_user, 1, 1000}},
             {"public_url", Text{&to.public_url, kOptionalUrl}},
             {"app_facade", Switch{&to.app_facade}},
             {"sign_ups_per_address", Whole{&to.sign_ups_per_address, 1, kMost}},
             {"max_photo", Size{&to.max_photo, kKibi, kGibi}},
             {"max_body", Size{&to.max_body, kKibi, kGibi}},
         });
}

void AddTimeslot(Bindings& all, Timeslot& to) {
  constexpr int kMost = 1'000'000;
  Append(all, "timeslot",
         {
             {"enabled", Switch{&to.enabled}},
             {"other_user_fields", Choice{&to.other_user_fields, {"reduced", "seed"}}},
             {"require_old_password", Switch{&to.require_old_password}},
             {"tokens_per_user", Whole{&to.tokens_per_user, 1, 1000}},
             {"signature_timestamp", Choice{&to.signature_timestamp, {"unix", "compact"}}},
             {"signature_requires_token", Switch{&to.signature_requires_token}},
             {"reset_mode", Choice{&to.reset_mode, {"link", "temporary", "off"}}},
             {"public_url", Text{&to.public_url, kOptionalUrl}},
             {"list_limit", Whole{&to.list_limit, 0, 1'000'000}},
             {"tag_replaced_images", Switch{&to.tag_replaced_images}},
             {"cloudinary.cloud_name", Text{&to.cloudinary_cloud_name, kLine}},
             {"cloudinary.api_key", Text{&to.cloudinary_api_key, kLine}},
             {"cloudinary.api_secret", Text{&to.cloudinary_api_secret, kAnything}},
             {"sign_ups_per_address", Whole{&to.sign_ups_per_address, 1, kMost}},
             {"resets_per_address", Whole{&to.resets_per_address, 1, kMost}},
             {"resets_per_account", Whole{&to.resets_per_account, 1, kMost}},
             {"signatures_per_address", Whole{&to.signatures_per_address, 1, kMost}},
             {"max_body", Size{&to.max_body, kKibi, kGibi}},
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
  AddMail(all, settings.mail);
  AddCscart(all, settings.cscart);
  AddBeditaAccess(all, settings.bedita);
  AddBeditaUsers(all, settings.bedita);
  AddBeditaTokens(all, settings.bedita);
  AddBeditaSignup(all, settings.bedita);
  AddBeditaCors(all, settings.bedita);
  AddBrightact(all, settings.brightact);
  AddCocoaheads(all, settings.cocoaheads);
  AddTimeslot(all, settings.timeslot);
  return all;
}

}  // namespace rosterd::config

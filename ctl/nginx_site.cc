#include "ctl/nginx_site.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <regex>

#include "ctl/tool.h"

namespace rosterd::ctl {
namespace {

constexpr std::string_view kMark =
    "# Made by rosterctl nginx; remove this line to keep the file as your own. Instance: ";
/// On an origin that several share, what is claimed first is not looked at again.
constexpr std::array<std::string_view, 5> kInOrder = {"brightact", "timeslot", "cocoaheads",
                                                      "bedita", "cscart"};

std::string Mark(const std::string& instance) {
  return std::string(kMark) + (instance.empty() ? "-" : instance) + "\n";
}

/// "snippets/rosterd", which the names of all snippets begin with.
std::string SnippetsOf(const std::string& instance) {
  return instance.empty() ? "snippets/rosterd" : SnippetFolder(instance) + "/rosterd";
}

/// What the names of all variables, upstreams and zones begin with: "rosterd", "rosterd_shop".
std::string NamesOf(const std::string& instance) {
  std::string names = instance.empty() ? "rosterd" : "rosterd_" + instance;
  std::ranges::replace(names, '-', '_');
  return names;
}

/// A text that stands in nginx's files as it is: nothing in it ends a word or begins a variable.
const std::string& Plain(const std::string& text, const std::string& what) {
  static const std::regex kPlain(R"([A-Za-z0-9._~*/@:+,=%\[\]-]+)");
  if (std::regex_match(text, kPlain)) return text;
  throw Failure(what + ": \"" + text + "\" cannot stand in a file of nginx; choose another one");
}

const std::string& Path(const std::string& text, const std::string& what) {
  if (!text.starts_with('/')) throw Failure(what + ": \"" + text + "\" is not a whole path");
  return Plain(text, what);
}

std::string ListenLines(const NginxSite& site, uint16_t port, const std::string& more) {
  const std::string end = std::to_string(port) + more + ";\n";
  if (site.address.empty()) {
    return "    listen " + end + (site.has_ipv6 ? "    listen [::]:" + end : "");
  }
  in6_addr ignored{};
  if (inet_pton(AF_INET, site.address.c_str(), &ignored) == 1) {
    return "    listen " + site.address + ":" + end;
  }
  if (inet_pton(AF_INET6, site.address.c_str(), &ignored) == 1) {
    return "    listen [" + site.address + "]:" + end;
  }
  throw Failure("--address: \"" + site.address + "\" is no address of IPv4 or IPv6");
}

std::string TlsLines(const NginxSite& site) {
  if (site.certificate.empty()) return "";
  return "\n    ssl_certificate     " + Path(site.certificate, "--certificate") +
         ";\n    ssl_certificate_key " + Path(site.certificate_key, "--certificate-key") +
         ";\n    ssl_protocols TLSv1.2 TLSv1.3;\n    ssl_session_cache shared:rosterd_tls:10m;\n"
         "    ssl_session_timeout 1d;\n    ssl_session_tickets off;\n";
}

/// The paths of some of the dialects. Who else owns a path refuses it in its own shape.
std::string DialectLines(const NginxSite& site) {
  const std::string snippets = SnippetsOf(site.instance);
  const auto has = [&](std::string_view dialect) {
    return std::ranges::find(site.dialects, dialect) != site.dialects.end();
  };
  const auto include = [&](std::string_view what) {
    return "    include " + snippets + std::string(what) + ".conf;\n";
  };
  const auto location = [&](const std::string& path, std::string_view dialect) {
    return "    location " + path + " {\n    " + include("-" + std::string(dialect) + "-location") +
           "        fastcgi_param ROSTERD_PREFIX \"\";\n    }\n";
  };
  std::string lines;
  for (const std::string_view dialect : kInOrder) {
    const std::string name = "-" + std::string(dialect);
    lines += include(has(dialect) ? name : name + "-refusals");
    if (dialect != "cocoaheads" || !has(dialect)) continue;
    lines += has("bedita") ? include("-users") : location("~ \"^/users(?:/|$)\"", dialect);
  }
  const std::string owner = "/.rosterd/$" + NamesOf(site.instance) + "_owner;\n";
  lines += "    error_page 400 403 404 405 408 413 414 429 500 501 504 505 " + owner +
           "    error_page 494 495 496 497 =400 " + owner + "    error_page 502 503 =503 " + owner;
  return lines + (has("bedita") ? location("/", "bedita")
                                : "    location / {\n        return 404;\n    }\n");
}

std::string ContentLines(const NginxSite& site) {
  const std::string include = "    include " + SnippetsOf(site.instance);
  if (site.dialects.empty() || site.dialects.size() == kInOrder.size()) return include + ".conf;\n";
  if (site.dialects.size() == 1) return include + "-" + site.dialects.front() + "-alone.conf;\n";
  return DialectLines(site);
}

std::string OpsServer(const NginxSite& site) {
  if (site.ops_port == 0) return "";
  return "\n# Health, readiness and metrics: for this host only.\nserver {\n    listen 127.0.0.1:" +
         std::to_string(site.ops_port) + ";\n    server_name " + site.name +
         ".ops.localhost;\n    access_log off;\n    server_tokens off;\n"
         "    add_header X-Content-Type-Options nosniff always;\n"
         "    add_header Content-Security-Policy \"default-src 'none'\" always;\n    include " +
         SnippetsOf(site.instance) + "-ops.conf;\n}\n";
}

void ReplaceAll(std::string& text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// The limit of bodies stands below a line that names its setting.
void SetMaxBody(std::string& text, const std::string& dialect, size_t bytes) {
  const size_t comment = text.find("# " + dialect + ".max_body of rosterd.yaml.");
  if (comment == std::string::npos) return;
  constexpr std::string_view kDirective = "client_max_body_size ";
  const size_t value = text.find(kDirective, comment) + kDirective.size();
  text.replace(value, text.find(';', value) - value, std::to_string(bytes));
}

void ApplySettings(std::string& text, const config::Settings& settings) {
  const config::Server& server = settings.server;
  ReplaceAll(text, "unix:/run/rosterd/",
             "unix:" + Path(server.run_directory, "server.run_directory") + "/");
  ReplaceAll(text, "\"/var/lib/rosterd/photos\"",
             Path(server.photo_directory, "server.photo_directory"));
  ReplaceAll(text, "fastcgi_read_timeout 30s;",
             "fastcgi_read_timeout " + std::to_string(server.request_timeout.count()) + "s;");
  ReplaceAll(text, "X-BEdita-Version 4.13.1",
             "X-BEdita-Version " + Plain(settings.bedita.version, "bedita.version"));
  SetMaxBody(text, "cscart", settings.cscart.max_body);
  SetMaxBody(text, "bedita", settings.bedita.max_body);
  SetMaxBody(text, "brightact", settings.brightact.max_body);
  SetMaxBody(text, "cocoaheads", settings.cocoaheads.max_body);
  SetMaxBody(text, "timeslot", settings.timeslot.max_body);
}

}  // namespace

std::string SiteText(const NginxSite& site) {
  const std::string names = NamesOf(site.instance);
  std::string text = Mark(site.instance) + "server {\n" + ListenLines(site, site.http_port, "");
  if (!site.certificate.empty()) text += ListenLines(site, site.https_port, " ssl http2");
  text += "    server_name";
  for (const std::string& name : site.server_names) text += " " + Plain(name, "--server-name");
  if (site.server_names.empty()) text += " " + site.name;
  const std::string log = site.log.empty() ? "/var/log/nginx/" + site.name + ".log" : site.log;
  text += ";\n" + TlsLines(site) +
          "\n    # This format and no other: queries may hold keys, and it leaves them out.\n"
          "    access_log " +
          Path(log, "--log") + " " + names +
          ";\n    server_tokens off;\n    keepalive_timeout 75s;\n"
          "    large_client_header_buffers 4 16k;\n\n    limit_req zone=" +
          names + "_sign_in burst=20 nodelay;\n    limit_req_status 429;\n\n";
  return text + ContentLines(site) + "}\n" + OpsServer(site);
}

std::string HttpText(const NginxHttp& http) {
  std::string text = Mark("");
  if (http.sets_variables_hash) {
    text += "variables_hash_max_size " + std::to_string(2048 * (1 + http.instances.size())) +
            ";\nvariables_hash_bucket_size 128;\n";
  }
  for (const std::string& instance : http.instances) {
    const std::string names = NamesOf(instance);
    text.append("\ninclude ").append(SnippetsOf(instance)).append("-upstreams.conf;\n");
    text +=
        "# Sign-ins, sign-ups, forgotten passwords: one address gets 5 in a second, and 20 at "
        "once.\n";
    text.append("limit_req_zone $").append(names).append("_sign_in_address");
    text.append(" zone=").append(names).append("_sign_in:10m rate=5r/s;\n");
  }
  return text;
}

std::optional<std::string> InstanceOf(std::string_view text) {
  if (!text.starts_with(kMark)) return std::nullopt;
  text.remove_prefix(kMark.size());
  const std::string instance(text.substr(0, text.find('\n')));
  return instance == "-" ? "" : instance;
}

std::string SnippetFolder(const std::string& instance) { return "snippets/rosterd@" + instance; }

std::string InstanceSnippet(const std::string& shipped, const std::string& instance,
                            const config::Settings& settings) {
  static const std::regex kName(R"(\brosterd_)");
  std::string text = std::regex_replace(shipped, kName, NamesOf(instance) + "_");
  ReplaceAll(text, "log_format rosterd ", "log_format " + NamesOf(instance) + " ");
  ReplaceAll(text, "include snippets/rosterd", "include " + SnippetsOf(instance));
  ApplySettings(text, settings);
  return text;
}

}  // namespace rosterd::ctl

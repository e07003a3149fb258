#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <regex>
#include <string>

#include "config/reader.h"
#include "ctl/commands.h"
#include "ctl/nginx_folder.h"

namespace rosterd::ctl {
namespace {

struct Wanted {
  NginxSite site;
  std::string folder = "/etc/nginx";
};

bool HasIpv6() {
  const int probe = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe >= 0) close(probe);
  return probe >= 0;
}

NginxFolder Open(Tool& tool, const std::string& folder) {
  return {folder,
          [&tool](const std::string& instance) { return config::Load(tool.ConfigOf(instance)); }};
}

void Enable(Tool& tool, const Wanted& wanted, bool names_ops_port) {
  NginxSite site = wanted.site;
  site.instance = tool.options().instance;
  site.has_ipv6 = HasIpv6();
  if (!names_ops_port) site.ops_port = site.instance.empty() ? 9180 : 0;
  NginxFolder folder = Open(tool, wanted.folder);
  const bool reloaded = folder.Enable(site);
  tool.Print(Record{{"site", site.name},
                    {"file", folder.SiteFile(site.name).string()},
                    {"enabled", true},
                    {"reloaded", reloaded}});
}

void Disable(Tool& tool, const Wanted& wanted) {
  NginxFolder folder = Open(tool, wanted.folder);
  const bool reloaded = folder.Disable(wanted.site.name);
  tool.Print(Record{{"site", wanted.site.name},
                    {"file", folder.SiteFile(wanted.site.name).string()},
                    {"enabled", false},
                    {"reloaded", reloaded}});
}

void AddFolder(CLI::App& command, Wanted& wanted) {
  command.add_option("--nginx-dir", wanted.folder, "The folder of nginx.conf")
      ->capture_default_str();
}

void AddSite(CLI::App& command, Wanted& wanted) {
  const auto name = [&wanted](const std::string& text) {
    static const std::regex kName(R"([A-Za-z0-9][A-Za-z0-9._-]{0,99})");
    if (!std::regex_match(text, kName)) {
      throw CLI::ValidationError("SITE", "letters, digits, dots and hyphens are expected");
    }
    wanted.site.name = text;
  };
  command.add_option_function<std::string>("SITE", name, "The site's name")->required();
}

void AddContent(CLI::App& command, NginxSite& site) {
  command.add_option("--server-name", site.server_names, "Repeatable; default: SITE")
      ->allow_extra_args(false);
  command.add_option("--dialect", site.dialects, "Only this one; repeatable; default: all")
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"cscart", "bedita", "brightact", "cocoaheads", "timeslot"}));
  CLI::Option* const certificate = command.add_option(
      "--certificate", site.certificate, "PEM file, with its chain; without one: plain HTTP");
  CLI::Option* const key =
      command.add_option("--certificate-key", site.certificate_key, "PEM file of its key");
  certificate->needs(key);
  key->needs(certificate);
  command.add_option("--log", site.log, "The access log; default: /var/log/nginx/SITE.log");
}

void AddEnable(CLI::App& nginx, Tool& tool) {
  const auto wanted = std::make_shared<Wanted>();
  NginxSite& site = wanted->site;
  CLI::App* const command =
      nginx.add_subcommand("enable", "Makes a site, links it, and has nginx read it");
  AddSite(*command, *wanted);
  AddContent(*command, site);
  const CLI::Range port(1, 65535);
  command->add_option("--address", site.address, "Of this host; default: every one");
  command->add_option("--http-port", site.http_port, "For plain HTTP")
      ->check(port)
      ->capture_default_str();
  command->add_option("--https-port", site.https_port, "For HTTPS, with a certificate")
      ->check(port)
      ->capture_default_str();
  const CLI::Option* const ops =
      command
          ->add_option("--ops-port", site.ops_port,
                       "Of 127.0.0.1, for health and metrics; 0: none; default: 9180, and none for "
                       "an instance")
          ->check(CLI::Range(0, 65535));
  AddFolder(*command, *wanted);
  command->callback([&tool, wanted, ops] { Enable(tool, *wanted, ops->count() > 0); });
}

void AddDisable(CLI::App& nginx, Tool& tool) {
  const auto wanted = std::make_shared<Wanted>();
  CLI::App* const command =
      nginx.add_subcommand("disable", "Takes a site's link away, and has nginx read that");
  AddSite(*command, *wanted);
  AddFolder(*command, *wanted);
  command->callback([&tool, wanted] { Disable(tool, *wanted); });
}

void AddRefresh(CLI::App& nginx, Tool& tool) {
  const auto wanted = std::make_shared<Wanted>();
  CLI::App* const command = nginx.add_subcommand(
      "refresh", "Brings what nginx reads for instances up to date with their settings");
  AddFolder(*command, *wanted);
  command->callback([&tool, wanted] {
    tool.Print(Record{{"reloaded", Open(tool, wanted->folder).Refresh()}});
  });
}

}  // namespace

void AddNginxCommands(CLI::App& app, Tool& tool) {
  CLI::App* const nginx = app.add_subcommand("nginx", "The sites of nginx");
  nginx->require_subcommand(1);
  AddEnable(*nginx, tool);
  AddDisable(*nginx, tool);
  AddRefresh(*nginx, tool);
}

}  // namespace rosterd::ctl

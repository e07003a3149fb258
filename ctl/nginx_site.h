#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"

namespace rosterd::ctl {

/// What a site of nginx is made from.
struct NginxSite {
  std::string name;
  std::string instance;                   ///< empty: the directory of rosterd.yaml
  std::vector<std::string> server_names;  ///< empty: its name
  std::vector<std::string> dialects;      ///< empty: all
  std::string address;                    ///< empty: every one
  uint16_t http_port = 80;
  uint16_t https_port = 443;
  std::string certificate;  ///< empty: plain HTTP alone
  std::string certificate_key;
  uint16_t ops_port = 0;  ///< of 127.0.0.1, for health and metrics; 0: no such server
  std::string log;        ///< empty: /var/log/nginx/NAME.log
  bool has_ipv6 = true;   ///< of this host
};

/// What the http level of nginx has to know, for all sites together.
struct NginxHttp {
  std::vector<std::string> instances;  ///< whose pools it names
  bool sets_variables_hash = true;     ///< nobody else does
};

/// The file in sites-available. Throws Failure for a name, address or path that cannot stand there.
std::string SiteText(const NginxSite& site);

/// The file in conf.d.
std::string HttpText(const NginxHttp& http);

/// Whether rosterctl made this file, and the instance that it is for (empty: that of rosterd.yaml).
std::optional<std::string> InstanceOf(std::string_view text);

/// The folder of an instance's snippets, "snippets/rosterd@NAME".
std::string SnippetFolder(const std::string& instance);

/// A shipped snippet for an instance: with names of its own for everything that nginx has once, and
/// with the folders and limits of its settings. Throws Failure for a setting that cannot stand
/// there.
std::string InstanceSnippet(const std::string& shipped, const std::string& instance,
                            const config::Settings& settings);

}  // namespace rosterd::ctl

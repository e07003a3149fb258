#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>

#include "config/settings.h"
#include "ctl/file_changes.h"
#include "ctl/nginx_site.h"

namespace rosterd::ctl {

/// The folder of nginx's settings as Debian lays it out: nginx.conf, conf.d, snippets,
/// sites-available and sites-enabled. Each change takes effect whole, once `nginx -t` has accepted
/// it, or not at all. Throws Failure.
class NginxFolder {
 public:
  /// Gives the settings of an instance.
  using SettingsOf = std::function<config::Settings(const std::string& instance)>;

  NginxFolder(std::filesystem::path folder, SettingsOf settings_of);

  /// Makes the site, or makes it anew, and links it. Refuses a site that rosterctl has not made.
  /// True when a running nginx has taken it; so below.
  bool Enable(const NginxSite& site);

  /// Takes the link away and leaves the file.
  bool Disable(const std::string& name);

  /// Brings what was made from shipped snippets and settings up to date with them.
  bool Refresh();

  std::filesystem::path SiteFile(const std::string& name) const;

 private:
  std::filesystem::path LinkOf(const std::string& name) const;
  std::filesystem::path HttpFile() const;
  void RefuseForeign(const std::string& name) const;
  std::set<std::string> InstancesInUse() const;
  bool IsSaidElsewhere(const std::string& words) const;

  /// Brings the file of the http level and the snippets of the instances in line with the sites.
  void Follow(FileChanges& changes) const;
  void WriteSnippets(FileChanges& changes, const std::string& instance) const;
  void RemoveSnippets(FileChanges& changes, const std::set<std::string>& in_use) const;
  /// Keeps the changes if nginx accepts them, and has it read them.
  bool Finish(FileChanges& changes) const;

  std::filesystem::path folder_;
  SettingsOf settings_of_;
};

}  // namespace rosterd::ctl

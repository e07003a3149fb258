#pragma once

#include <string_view>
#include <vector>

#include "config/settings.h"
#include "config/targets.h"

namespace rosterd::config {

/// One key of rosterd.yaml and the setting that it writes to.
struct Binding {
  std::string_view section;
  std::string_view name;
  Target target;
};

/// Every key there is, bound to `settings`, in the order of the shipped file. The one place that
/// knows which keys exist, of which type, and what they may be.
std::vector<Binding> Table(Settings& settings);

}  // namespace rosterd::config

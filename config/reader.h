#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"

namespace rosterd::config {

/// A setting that cannot be used. `what()` is one line, "file:line: what is wrong, what is
/// allowed".
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One key that rosterd.yaml may hold, for the documentation test and for `rosterctl check-config`.
struct Key {
  std::string section;
  std::string name;
  std::string default_value;  ///< as one would write it in the file
  std::string allowed;        ///< "on or off", "a whole number from 1 to 65535", …
};

/// Reads `file`, then the *.yaml files of the folder beside it (`conf.d` beside rosterd.yaml,
/// `NAME.d` beside any other NAME.yaml) in the order of their names (when there is one), then
/// `overrides` ("section.key=value", DESIGN.md section 6); what comes later wins. Refused with
/// Error: a file that cannot be read or is no YAML map of sections, an unknown or repeated section
/// or key, a value of the wrong type or outside of what is allowed, and settings that contradict
/// each other. Nothing in it reads anything but these files.
Settings Load(const std::string& file, std::span<const std::string> overrides = {});

/// The defaults and `overrides`, without any file.
Settings LoadDefaults(std::span<const std::string> overrides = {});

/// Every key there is, in the order of the shipped file.
std::vector<Key> Keys();

}  // namespace rosterd::config

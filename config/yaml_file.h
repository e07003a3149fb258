#pragma once

#include <string>
#include <vector>

namespace rosterd::config {

/// The value of one key as it was written, not yet of any type.
struct RawValue {
  std::vector<std::string> items;  ///< one for a scalar
  bool is_list = false;
  std::string place;  ///< "file:line" or "--set", for messages
};

struct RawKey {
  std::string name;
  RawValue value;
};

struct RawSection {
  std::string name;
  std::string place;
  std::vector<RawKey> keys;  ///< in the order of the file
};

/// Reads one YAML file that holds nothing but sections of keys with a scalar or a list of scalars.
/// Throws Error with the place for everything else: nested maps, repeated sections and keys, keys
/// without a value, anchors, aliases, merge keys, tags, several documents, another root than a map,
/// and a file that cannot be read. An empty file holds no sections.
std::vector<RawSection> ReadYamlFile(const std::string& file);

/// The same for a text; `file` stands in the messages.
std::vector<RawSection> ParseYaml(const std::string& text, const std::string& file);

}  // namespace rosterd::config

#include <set>

#include "fcgi/form.h"
#include "tests/fuzz/fuzz.h"

namespace rosterd::fuzz {
namespace {

/// Checks the tree below `value`, which is `depth` brackets deep, and counts its texts.
size_t CheckTree(const fcgi::Value& value, int depth) {
  if (value.AsText() != nullptr) return 1;
  Require(depth <= fcgi::FormLimits{}.depth);
  size_t texts = 0;
  if (const auto* list = value.AsList()) {
    Require(!list->empty());
    for (const auto& item : *list) texts += CheckTree(item, depth + 1);
    return texts;
  }
  const auto* members = value.AsObject();
  Require(members != nullptr);
  std::set<std::string_view> keys;
  for (const auto& [key, member] : *members) {
    Require(keys.insert(key).second);
    texts += CheckTree(member, depth + 1);
  }
  return texts;
}

/// Lists of repeated scalars lie one deeper than their brackets.
constexpr int kListed = -1;

void Check(std::string_view text) {
  const auto last = fcgi::ParseForm(text, fcgi::Repeated::kLastWins);
  const auto listed = fcgi::ParseForm(text, fcgi::Repeated::kList);
  Require(last.has_value() == listed.has_value());
  if (!last) return;
  const size_t texts = CheckTree(*last, 0);
  Require(texts <= CheckTree(*listed, kListed));
  Require(texts <= fcgi::FormLimits{}.fields);
  for (const auto& [name, value] : *last->AsObject()) Require(!name.empty() && name.front() != ' ');
}

}  // namespace
}  // namespace rosterd::fuzz

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  rosterd::fuzz::Check(rosterd::fuzz::AsText(data, size));
  return 0;
}

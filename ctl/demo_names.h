#pragma once

#include <string>
#include <string_view>

#include "ctl/dice.h"

namespace rosterd::ctl {

/// What a made-up person is called.
struct DemoName {
  std::string first;
  std::string last;
  bool female = false;
};

/// A name from Russia, the last one in the form of its bearer's sex, or one from elsewhere in
/// Latin letters. Frequent names are frequent, and there are many rare ones.
DemoName PickName(Dice& dice, bool russian);

/// `name` in lower-case ASCII letters, as for an e-mail address: Cyrillic is transliterated,
/// accents and everything else that is no letter are left out.
std::string AsciiOf(std::string_view name);

}  // namespace rosterd::ctl

#pragma once

#include <initializer_list>

#include "fcgi/descriptor.h"

namespace rosterd::fcgi {

/// Blocks these signals for the calling process and gives a signalfd that reads them without
/// waiting: they are dealt with where nothing else is going on. Closed when there is none to be
/// had.
Descriptor WatchSignals(std::initializer_list<int> numbers);

}  // namespace rosterd::fcgi

#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "fcgi/scoreboard.h"

namespace rosterd::fcgi {

/// A pool as PoolMetrics() names it, and the inode of its listening socket.
struct PoolLabel {
  std::string name;
  ino_t socket;
};

/// Says what PoolMetrics() tells of, in this process and those forked from it afterwards; the
/// scoreboard must outlive them. A null scoreboard ends it.
void PublishPools(const Scoreboard* scoreboard, std::vector<PoolLabel> pools);

}  // namespace rosterd::fcgi

#include "tests/fault/reload.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <vector>

#include "tests/fault/calls.h"
#include "tests/fault/processes.h"

namespace rosterd::testing {
namespace {

std::filesystem::path ConfigFile(const Stack& stack) {
  return stack.State() / "conf.d/95-fault.yaml";
}

}  // namespace

bool Reload(const Stack& stack) {
  const std::vector<pid_t> before = Children(stack.MasterPid());
  kill(stack.MasterPid(), SIGHUP);
  return Eventually(
      [&] {
        const std::vector<pid_t> now = Children(stack.MasterPid());
        return now.size() == kWorkers && std::none_of(now.begin(), now.end(), [&](pid_t pid) {
                 return std::find(before.begin(), before.end(), pid) != before.end();
               });
      },
      std::chrono::seconds(60));
}

ChangedSettings::ChangedSettings(const Stack& stack, const std::string& yaml) : stack_(stack) {
  std::ofstream(ConfigFile(stack_)) << yaml;
  EXPECT_TRUE(Reload(stack_)) << "the workers were not replaced";
}

ChangedSettings::~ChangedSettings() {
  std::filesystem::remove(ConfigFile(stack_));
  EXPECT_TRUE(Reload(stack_)) << "the workers were not replaced";
}

}  // namespace rosterd::testing

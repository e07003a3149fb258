// rosterctl: what the operator does to the directory from the command line.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <mutex>
#include <string>
#include <string_view>

#include "config/log.h"
#include "ctl/commands.h"
#include "ctl/tool.h"
#include "directory/secrets.h"

namespace rosterd::ctl {
namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

void AddCommonOptions(CLI::App& app, CommonOptions& options) {
  app.set_version_flag("--version", "rosterctl " ROSTERD_VERSION);
  app.add_option("--config", options.config, "The settings of rosterd")->capture_default_str();
  app.add_option("--instance", options.instance, "The settings NAME.yaml beside --config");
  app.add_option("--set", options.overrides, "SECTION.KEY=VALUE, wins over the file; repeatable")
      ->allow_extra_args(false);
  app.add_flag("--json", options.json, "Answer in JSON");
}

/// The last thing that the layers below had to say, which is why the command failed.
std::string& LastLogLine() {
  static std::string line;
  return line;
}

// Where a command uses several connections, each of them may say something.
void KeepLogLine(std::string_view line) {
  static std::mutex mutex;
  const std::scoped_lock lock(mutex);
  LastLogLine() = line;
}

int Report(std::string message, int status) {
  if (!LastLogLine().empty()) message += " (" + LastLogLine() + ")";
  std::ranges::replace(message, '\n', ' ');
  static_cast<void>(std::fputs(("rosterctl: " + message + "\n").c_str(), stderr));
  return status;
}

/// What is wrong with the words of the command line: those that nothing takes, before what is
/// missing.
std::string Explain(const CLI::App& app, const CLI::ParseError& error) {
  const int code = error.get_exit_code();
  const bool leaves_words = code == static_cast<int>(CLI::ExitCodes::RequiredError) ||
                            code == static_cast<int>(CLI::ExitCodes::ExtrasError);
  std::string unknown;
  for (const std::string& word : app.remaining(/*recurse=*/true)) unknown.append(" ").append(word);
  if (!leaves_words || unknown.empty()) return error.what();
  return "not understood:" + unknown;
}

int Run(int count, char** arguments) {
  Tool tool;
  CLI::App app("Keeps the user directory of rosterd.", "rosterctl");
  app.require_subcommand(1);
  app.fallthrough();
  AddCommonOptions(app, tool.options());
  AddSchemaCommands(app, tool);
  AddSettingsCommands(app, tool);
  AddUserCommands(app, tool);
  AddAuditCommand(app, tool);
  AddCredentialCommands(app, tool);
  AddCompanyCommands(app, tool);
  AddGroupCommands(app, tool);
  AddOrgCommands(app, tool);
  AddRoleCommands(app, tool);
  AddBeditaCommands(app, tool);
  AddSearchCommands(app, tool);
  AddUpkeepCommands(app, tool);
  AddDemoCommand(app, tool);
  AddNginxCommands(app, tool);
  try {
    app.parse(count, arguments);
  } catch (const CLI::Success& asked) {  // --help, --version
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    return Report(Explain(app, error) + " (see rosterctl --help)", kUsage);
  }
  return tool.exit_status;
}

}  // namespace
}  // namespace rosterd::ctl

int main(int count, char** arguments) {
  rosterd::SetLogSink(rosterd::ctl::KeepLogLine);
  try {
    rosterd::directory::InitialiseSecrets();
    return rosterd::ctl::Run(count, arguments);
  } catch (const std::exception& error) {
    return rosterd::ctl::Report(error.what(), rosterd::ctl::kFailed);
  }
}

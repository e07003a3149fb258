#pragma once

#include <CLI/CLI.hpp>

#include "ctl/tool.h"

namespace rosterd::ctl {

// Each adds its subcommands to the command line; a subcommand that was chosen runs at the end of
// the parse and throws what Tool throws.

void AddSchemaCommands(CLI::App& app, Tool& tool);      ///< migrate, status
void AddSettingsCommands(CLI::App& app, Tool& tool);    ///< check-config, keys init
void AddUserCommands(CLI::App& app, Tool& tool);        ///< user …
void AddAuditCommand(CLI::App& app, Tool& tool);        ///< audit
void AddCredentialCommands(CLI::App& app, Tool& tool);  ///< key …, token …
void AddCompanyCommands(CLI::App& app, Tool& tool);     ///< company …
void AddGroupCommands(CLI::App& app, Tool& tool);       ///< group …
void AddOrgCommands(CLI::App& app, Tool& tool);         ///< org …
void AddRoleCommands(CLI::App& app, Tool& tool);        ///< role …
void AddBeditaCommands(CLI::App& app, Tool& tool);      ///< bedita init
void AddSearchCommands(CLI::App& app, Tool& tool);      ///< search rebuild
void AddUpkeepCommands(CLI::App& app, Tool& tool);      ///< sweep
void AddDemoCommand(CLI::App& app, Tool& tool);         ///< demo
void AddNginxCommands(CLI::App& app, Tool& tool);       ///< nginx …

}  // namespace rosterd::ctl

#pragma once

namespace rosterd::db {

/// Loads the client library of the database into this process, for those that it forks later: each
/// would read and relocate it by itself. What goes wrong shows when somebody connects.
void PreloadClientLibrary();

}  // namespace rosterd::db

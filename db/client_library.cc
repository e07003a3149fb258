#include "db/client_library.h"

#include <dlfcn.h>

namespace rosterd::db {

// By the name under which cppdb asks for it.
void PreloadClientLibrary() { static_cast<void>(::dlopen("libcppdb_mysql.so.0", RTLD_LAZY)); }

}  // namespace rosterd::db

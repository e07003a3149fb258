# The libraries from Debian that rosterd stands on. cppdb, libfcgi and libxcrypt ship no CMake package.
find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(SYSTEMD IMPORTED_TARGET libsystemd)
pkg_check_modules(JWT REQUIRED IMPORTED_TARGET libjwt)
pkg_check_modules(CRYPT REQUIRED IMPORTED_TARGET libxcrypt)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
# What std::chrono::time_zone is in newer compilers; its package wants the threads to be known.
find_package(Threads REQUIRED)
find_package(date REQUIRED)
# Mail leaves through it where there is no sendmail.
find_package(CURL REQUIRED)

find_library(FCGI_LIBRARY fcgi REQUIRED)
find_path(FCGI_INCLUDE_DIR fcgiapp.h REQUIRED)
add_library(fcgi_external INTERFACE)
target_include_directories(fcgi_external SYSTEM INTERFACE ${FCGI_INCLUDE_DIR})
target_link_libraries(fcgi_external INTERFACE ${FCGI_LIBRARY})

find_library(CPPDB_LIBRARY cppdb REQUIRED)
find_path(CPPDB_INCLUDE_DIR cppdb/frontend.h REQUIRED)
add_library(cppdb_external INTERFACE)
target_include_directories(cppdb_external SYSTEM INTERFACE ${CPPDB_INCLUDE_DIR})
target_link_libraries(cppdb_external INTERFACE ${CPPDB_LIBRARY})

# RAPIDJSON_HAS_STDSTRING changes the layout of its classes, so there is exactly one definition, here.
find_path(RAPIDJSON_INCLUDE_DIR rapidjson/reader.h REQUIRED)
add_library(rapidjson_external INTERFACE)
target_include_directories(rapidjson_external SYSTEM INTERFACE ${RAPIDJSON_INCLUDE_DIR})
target_compile_definitions(rapidjson_external INTERFACE RAPIDJSON_HAS_STDSTRING=1)

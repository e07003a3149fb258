#include "directory/curl_library.h"

#include <dlfcn.h>

#include <new>
#include <stdexcept>
#include <string>

namespace rosterd::directory {
namespace {

constexpr const char* kFile = "libcurl.so.4";

void* Load() {
  void* const library = ::dlopen(kFile, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw std::runtime_error(std::string(kFile) + " cannot be loaded");
  return library;
}

template <typename Function>
void Bind(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  if (function == nullptr) throw std::runtime_error(std::string(kFile) + " has no " + name);
}

}  // namespace

CurlLibrary::CurlLibrary() {
  void* const library = Load();
  decltype(&curl_global_init) global_init = nullptr;
  Bind(library, "curl_global_init", global_init);
  Bind(library, "curl_easy_init", easy_init);
  Bind(library, "curl_easy_cleanup", easy_cleanup);
  Bind(library, "curl_easy_setopt", easy_setopt);
  Bind(library, "curl_easy_perform", easy_perform);
  Bind(library, "curl_easy_getinfo", easy_getinfo);
  Bind(library, "curl_easy_strerror", easy_strerror);
  Bind(library, "curl_easy_escape", easy_escape);
  Bind(library, "curl_free", free);
  Bind(library, "curl_slist_append", slist_append);
  Bind(library, "curl_slist_free_all", slist_free_all);
  if (global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    throw std::runtime_error("libcurl cannot be used");
  }
}

const CurlLibrary& CurlLibrary::Get() {
  static const CurlLibrary library;
  return library;
}

CurlHandle MakeCurlHandle() {
  const CurlLibrary& curl = CurlLibrary::Get();
  CurlHandle handle(curl.easy_init(), curl.easy_cleanup);
  if (!handle) throw std::bad_alloc();
  return handle;
}

void CheckCurl(CURLcode code) {
  if (code != CURLE_OK) throw std::runtime_error(CurlLibrary::Get().easy_strerror(code));
}

}  // namespace rosterd::directory

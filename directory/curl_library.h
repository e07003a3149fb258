#pragma once

#include <curl/curl.h>

#include <memory>

namespace rosterd::directory {

/// What we use of libcurl. It is loaded by the processes that send something, at their start: its
/// thirty libraries would cost each worker more than a megabyte and the start several milliseconds.
class CurlLibrary {
 public:
  /// Loads it at the first call. Throws std::runtime_error when it is not there or does not start.
  static const CurlLibrary& Get();

  decltype(&curl_easy_init) easy_init;
  decltype(&curl_easy_cleanup) easy_cleanup;
  decltype(&curl_easy_setopt) easy_setopt;
  decltype(&curl_easy_perform) easy_perform;
  decltype(&curl_easy_getinfo) easy_getinfo;
  decltype(&curl_easy_strerror) easy_strerror;
  decltype(&curl_easy_escape) easy_escape;
  decltype(&curl_free) free;
  decltype(&curl_slist_append) slist_append;
  decltype(&curl_slist_free_all) slist_free_all;

 private:
  CurlLibrary();
};

using CurlHandle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

/// A new transfer. Throws std::bad_alloc.
CurlHandle MakeCurlHandle();

/// Throws std::runtime_error when this libcurl does not know the option.
void CheckCurl(CURLcode code);

}  // namespace rosterd::directory

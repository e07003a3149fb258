#include "directory/smtp_carrier.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <string_view>

namespace rosterd::directory {
namespace {

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

std::string WithNetworkLineEnds(std::string_view text) {
  std::string message;
  message.reserve(text.size() + text.size() / 32);
  for (const char letter : text) {
    if (letter == '\n') message += '\r';
    message += letter;
  }
  return message;
}

size_t GivePiece(char* room, size_t size, size_t count, void* rest) {
  auto& message = *static_cast<std::string_view*>(rest);
  const size_t taken = std::min(size * count, message.size());
  std::memcpy(room, message.data(), taken);
  message.remove_prefix(taken);
  return taken;
}

template <typename Value>
void Set(const Handle& handle, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(handle.get(), option, value);
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
}

}  // namespace

SmtpCarrier::SmtpCarrier(const std::string& server) : url_("smtp://" + server) {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    throw std::runtime_error("libcurl cannot be used");
  }
}

SmtpCarrier::~SmtpCarrier() { curl_global_cleanup(); }

std::optional<std::string> SmtpCarrier::Send(const Letter& letter, std::chrono::seconds limit) {
  const Handle handle(curl_easy_init(), &curl_easy_cleanup);
  const List recipients(curl_slist_append(nullptr, ("<" + letter.to + ">").c_str()),
                        &curl_slist_free_all);
  if (!handle || !recipients) throw std::bad_alloc();
  const std::string sender = "<" + letter.from + ">";
  const std::string message = WithNetworkLineEnds(letter.message);
  std::string_view rest = message;
  std::array<char, CURL_ERROR_SIZE> reason{};
  Set(handle, CURLOPT_URL, url_.c_str());
  Set(handle, CURLOPT_PROTOCOLS_STR, "smtp");
  Set(handle, CURLOPT_PROXY, "");
  Set(handle, CURLOPT_NOSIGNAL, 1L);
  Set(handle, CURLOPT_TIMEOUT, static_cast<long>(limit.count()));   // NOLINT(google-runtime-int)
  Set(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_TRY));  // NOLINT(google-runtime-int)
  Set(handle, CURLOPT_SSL_VERIFYPEER, 0L);
  Set(handle, CURLOPT_SSL_VERIFYHOST, 0L);
  Set(handle, CURLOPT_MAIL_FROM, sender.c_str());
  Set(handle, CURLOPT_MAIL_RCPT, recipients.get());
  Set(handle, CURLOPT_UPLOAD, 1L);
  Set(handle, CURLOPT_READFUNCTION, &GivePiece);
  Set(handle, CURLOPT_READDATA, static_cast<void*>(&rest));
  Set(handle, CURLOPT_ERRORBUFFER, reason.data());
  const CURLcode code = curl_easy_perform(handle.get());
  if (code == CURLE_OK) return std::nullopt;
  return url_ + ": " + (reason[0] != '\0' ? reason.data() : curl_easy_strerror(code));
}

}  // namespace rosterd::directory

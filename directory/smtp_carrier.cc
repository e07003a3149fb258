#include "directory/smtp_carrier.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>

#include "directory/curl_library.h"

namespace rosterd::directory {
namespace {

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
void Set(const CurlHandle& handle, CURLoption option, Value value) {
  CheckCurl(CurlLibrary::Get().easy_setopt(handle.get(), option, value));
}

}  // namespace

SmtpCarrier::SmtpCarrier(const std::string& server) : url_("smtp://" + server) {
  CurlLibrary::Get();
}

std::optional<std::string> SmtpCarrier::Send(const Letter& letter, std::chrono::seconds limit) {
  const CurlLibrary& curl = CurlLibrary::Get();
  const CurlHandle handle = MakeCurlHandle();
  const List recipients(curl.slist_append(nullptr, ("<" + letter.to + ">").c_str()),
                        curl.slist_free_all);
  if (!recipients) throw std::bad_alloc();
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
  const CURLcode code = curl.easy_perform(handle.get());
  if (code == CURLE_OK) return std::nullopt;
  return url_ + ": " + (reason[0] != '\0' ? reason.data() : curl.easy_strerror(code));
}

}  // namespace rosterd::directory

#include "tests/e2e/http.h"

#include <curl/curl.h>
#include <strings.h>

#include <memory>
#include <stdexcept>

namespace rosterd::testing {
namespace {

struct EasyCloser {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiCloser {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct ListCloser {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyCloser>;
using Multi = std::unique_ptr<CURLM, MultiCloser>;
using List = std::unique_ptr<curl_slist, ListCloser>;

bool SameName(std::string_view left, std::string_view right) {
  return left.size() == right.size() && strncasecmp(left.data(), right.data(), left.size()) == 0;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\r' || text.back() == '\n' || text.back() == ' ')) {
    text.remove_suffix(1);
  }
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

void TakeHeaderLine(HttpResponse& response, std::string_view line) {
  // The head of an interim answer is followed by that of the real one.
  if (line.starts_with("HTTP/")) return response.headers.clear();
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  response.headers.emplace_back(line.substr(0, colon), Trimmed(line.substr(colon + 1)));
}

std::size_t OnHeader(char* text, std::size_t size, std::size_t count, void* target) {
  TakeHeaderLine(*static_cast<HttpResponse*>(target), {text, size * count});
  return size * count;
}

std::size_t OnBody(char* text, std::size_t size, std::size_t count, void* target) {
  static_cast<HttpResponse*>(target)->body.append(text, size * count);
  return size * count;
}

List HeaderList(const HttpRequest& request) {
  List list;
  const auto add = [&list](const std::string& line) {
    list.reset(curl_slist_append(list.release(), line.c_str()));
  };
  // libcurl's own are taken out unless the request has them.
  for (const char* own : {"Accept:", "Content-Type:", "Expect:", "User-Agent:"}) {
    bool given = false;
    for (const std::string& line : request.headers) {
      given =
          given || SameName(std::string_view(line).substr(0, std::string_view(own).size()), own);
    }
    if (!given) add(own);
  }
  for (const std::string& line : request.headers) add(line);
  return list;
}

void SetBody(CURL* handle, const HttpRequest& request) {
  if (request.method == "HEAD") curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  if (!request.body) return;
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(request.body->size()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body->data());
}

// `request`, `response` and `headers` must outlive the transfer.
void Prepare(CURL* handle, const HttpRequest& request, HttpResponse& response,
             const List& headers) {
  curl_easy_reset(handle);
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  SetBody(handle, request);
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, OnHeader);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &response);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, OnBody);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &response);
  if (!request.login.empty()) {
    curl_easy_setopt(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_easy_setopt(handle, CURLOPT_USERPWD, request.login.c_str());
  }
  if (!request.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, request.ca_file.c_str());
  if (!request.source.empty()) curl_easy_setopt(handle, CURLOPT_INTERFACE, request.source.c_str());
}

void TakeResult(CURL* handle, CURLcode code, HttpResponse& response) {
  if (code != CURLE_OK) {
    response.error = curl_easy_strerror(code);
    return;
  }
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  response.status = static_cast<int>(status);
}

// The transfers of one SendAll.
class Batch {
 public:
  explicit Batch(const std::vector<HttpRequest>& requests)
      : requests_(requests), responses_(requests.size()), multi_(curl_multi_init()) {}

  std::vector<HttpResponse> Run(int concurrency) {
    while (running_ < concurrency && StartNext()) {
    }
    while (running_ > 0) {
      int active = 0;
      curl_multi_perform(multi_.get(), &active);
      CollectDone();
      if (running_ > 0) curl_multi_poll(multi_.get(), nullptr, 0, 100, nullptr);
    }
    return std::move(responses_);
  }

 private:
  struct Transfer {
    Easy handle{curl_easy_init()};
    List headers;
  };

  bool StartNext() {
    if (next_ == requests_.size()) return false;
    transfers_.push_back(std::make_unique<Transfer>());
    Transfer& transfer = *transfers_.back();
    transfer.headers = HeaderList(requests_[next_]);
    Prepare(transfer.handle.get(), requests_[next_], responses_[next_], transfer.headers);
    curl_easy_setopt(transfer.handle.get(), CURLOPT_PRIVATE, &responses_[next_]);
    curl_multi_add_handle(multi_.get(), transfer.handle.get());
    ++next_;
    ++running_;
    return true;
  }

  void CollectDone() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      CURL* const handle = message->easy_handle;
      const CURLcode code = message->data.result;
      HttpResponse* response = nullptr;
      curl_easy_getinfo(handle, CURLINFO_PRIVATE, &response);
      TakeResult(handle, code, *response);
      curl_multi_remove_handle(multi_.get(), handle);
      --running_;
      StartNext();
    }
  }

  const std::vector<HttpRequest>& requests_;
  std::vector<HttpResponse> responses_;
  std::vector<std::unique_ptr<Transfer>> transfers_;
  Multi multi_;
  std::size_t next_ = 0;
  int running_ = 0;
};

}  // namespace

std::string HttpResponse::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (SameName(key, name)) return value;
  }
  return "";
}

int HttpResponse::Count(std::string_view name) const {
  int count = 0;
  for (const auto& [key, value] : headers) count += SameName(key, name) ? 1 : 0;
  return count;
}

HttpResponse Send(const HttpRequest& request) {
  static const Easy handle{curl_easy_init()};
  HttpResponse response;
  const List headers = HeaderList(request);
  Prepare(handle.get(), request, response, headers);
  TakeResult(handle.get(), curl_easy_perform(handle.get()), response);
  return response;
}

std::vector<HttpResponse> SendAll(const std::vector<HttpRequest>& requests, int concurrency) {
  return Batch(requests).Run(concurrency);
}

std::string UrlEncode(std::string_view text) {
  char* const encoded = curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size()));
  std::string result = encoded;
  curl_free(encoded);
  return result;
}

HttpResponse ParseResponse(const std::string& bytes) {
  HttpResponse response;
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string::npos || !bytes.starts_with("HTTP/1.") || bytes.size() < 12) {
    return response;
  }
  response.status = std::stoi(bytes.substr(9, 3));
  std::size_t at = bytes.find("\r\n") + 2;
  while (at < end) {
    const std::size_t line_end = bytes.find("\r\n", at);
    TakeHeaderLine(response, std::string_view(bytes).substr(at, line_end - at));
    at = line_end + 2;
  }
  response.body = bytes.substr(end + 4);
  return response;
}

}  // namespace rosterd::testing

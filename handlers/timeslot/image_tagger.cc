#include "handlers/timeslot/image_tagger.h"

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <utility>
#include <variant>
#include <vector>

#include "config/log.h"
#include "directory/curl_library.h"
#include "handlers/timeslot/upload_signature.h"

namespace rosterd::timeslot {
namespace {

using db::timeslot::ImageTagStore;
using db::timeslot::SupersededImage;
using directory::CurlHandle;
using directory::CurlLibrary;
using Fields = std::vector<std::pair<std::string, std::string>>;

constexpr std::chrono::seconds kPoll{5};
constexpr std::chrono::seconds kSendLimit{30};
constexpr std::chrono::minutes kPause{5};  // longer than a try takes
constexpr uint64_t kMostTries = 6;

bool IsVersion(std::string_view segment) {
  return segment.size() > 1 && segment.front() == 'v' &&
         std::all_of(segment.begin() + 1, segment.end(),
                     [](char byte) { return byte >= '0' && byte <= '9'; });
}

std::string_view WithoutFormat(std::string_view path) {
  const size_t dot = path.rfind('.');
  const size_t slash = path.rfind('/');
  if (dot == std::string_view::npos || (slash != std::string_view::npos && dot < slash)) {
    return path;
  }
  return path.substr(0, dot);
}

size_t Ignore(const char* /*bytes*/, size_t size, size_t count, void* /*nothing*/) {
  return size * count;
}

template <typename Value>
void Set(const CurlHandle& handle, CURLoption option, Value value) {
  directory::CheckCurl(CurlLibrary::Get().easy_setopt(handle.get(), option, value));
}

std::string Encode(const CurlHandle& handle, const std::string& text) {
  const CurlLibrary& curl = CurlLibrary::Get();
  const std::unique_ptr<char, decltype(&curl_free)> encoded(
      curl.easy_escape(handle.get(), text.data(), static_cast<int>(text.size())), curl.free);
  if (!encoded) throw std::bad_alloc();
  return encoded.get();
}

std::string Form(const CurlHandle& handle, const Fields& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (!form.empty()) form += '&';
    form.append(Encode(handle, name)).append("=").append(Encode(handle, value));
  }
  return form;
}

/// Why the POST failed, or nothing.
std::optional<std::string> Post(const std::string& url, const Fields& fields) {
  const CurlLibrary& curl = CurlLibrary::Get();
  const CurlHandle handle = directory::MakeCurlHandle();
  const std::string form = Form(handle, fields);
  std::array<char, CURL_ERROR_SIZE> reason{};
  Set(handle, CURLOPT_URL, url.c_str());
  Set(handle, CURLOPT_PROTOCOLS_STR, "https,http");
  Set(handle, CURLOPT_NOSIGNAL, 1L);
  Set(handle, CURLOPT_TIMEOUT,
      static_cast<long>(kSendLimit.count()));  // NOLINT(google-runtime-int)
  Set(handle, CURLOPT_POSTFIELDS, form.c_str());
  Set(handle, CURLOPT_WRITEFUNCTION, &Ignore);
  Set(handle, CURLOPT_ERRORBUFFER, reason.data());
  const CURLcode code = curl.easy_perform(handle.get());
  if (code != CURLE_OK) return reason[0] != '\0' ? reason.data() : curl.easy_strerror(code);
  long status = 0;  // NOLINT(google-runtime-int): libcurl's type
  curl.easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status == 200) return std::nullopt;
  return "it answered " + std::to_string(status);
}

}  // namespace

std::optional<std::string> PublicIdOf(std::string_view image) {
  constexpr std::string_view kUpload = "/upload/";
  const bool is_address = image.find("://") != std::string_view::npos;
  if (is_address) {
    const size_t at = image.find(kUpload);
    if (at == std::string_view::npos) return std::nullopt;
    image.remove_prefix(at + kUpload.size());
  }
  // What stands in front of the version are transformations of a delivery address.
  size_t begin = 0;
  for (size_t slash = image.find('/'); slash != std::string_view::npos;
       slash = image.find('/', begin)) {
    if (IsVersion(image.substr(begin, slash - begin))) {
      return std::string(WithoutFormat(image.substr(slash + 1)));
    }
    begin = slash + 1;
  }
  return std::string(is_address ? WithoutFormat(image) : image);
}

ImageTagger::ImageTagger(const config::Timeslot& settings, db::Connection& connection,
                         std::string_view api_url)
    : settings_(settings), connection_(connection), url_(api_url) {
  CurlLibrary::Get();
  url_.append("/v1_1/").append(settings.cloudinary_cloud_name).append("/image/tags");
}

void ImageTagger::Run(const Wait& wait) {
  while (wait(TagNext() ? std::chrono::milliseconds(0) : kPoll)) continue;
}

bool ImageTagger::TagNext() {
  using Claimed = std::optional<SupersededImage>;
  const db::Time now = db::Now();
  const auto image = connection_.Transaction([&](db::Session& session) -> db::StoreResult<Claimed> {
    return ImageTagStore::Claim(session, now, now + kPause);
  });
  if (!image || !*image) return false;
  const auto failure = (*image)->in_use ? std::nullopt : Tag(**image);
  const bool is_over = !failure || (*image)->tries >= kMostTries;
  if (failure) {
    Log(Priority::kWarning, "the upload of image " + std::to_string((*image)->id) +
                                " was not marked as replaced at try " +
                                std::to_string((*image)->tries) + ": " + *failure);
  }
  if (is_over) Settle(**image);
  return true;
}

std::optional<std::string> ImageTagger::Tag(const SupersededImage& image) const {
  const auto public_id = PublicIdOf(image.public_id);
  if (!public_id || public_id->empty()) return std::nullopt;
  const std::string tags =
      "replaced,mediable_id:" + std::to_string(image.user.value) + ",mediable_type:User";
  const std::string timestamp = SignatureTimestamp(db::Now(), "unix");
  const std::string signature = SignUpload(
      {{"command", "add"}, {"public_ids", *public_id}, {"tag", tags}, {"timestamp", timestamp}},
      settings_.cloudinary_api_secret);
  return Post(url_, {{"api_key", settings_.cloudinary_api_key},
                     {"command", "add"},
                     {"public_ids[]", *public_id},
                     {"tag", tags},
                     {"timestamp", timestamp},
                     {"signature", signature}});
}

void ImageTagger::Settle(const SupersededImage& image) {
  const auto settled =
      connection_.Transaction([&](db::Session& session) -> db::StoreResult<std::monostate> {
        ImageTagStore::Settle(session, image.id);
        return std::monostate();
      });
  // A mark that is set twice is the same mark.
  static_cast<void>(settled);
}

}  // namespace rosterd::timeslot

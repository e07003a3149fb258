#include "handlers/cocoaheads/photo.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "fcgi/ascii.h"
#include "fcgi/base64.h"
#include "handlers/cocoaheads/text_rules.h"

namespace rosterd::cocoaheads {
namespace {

using Wish = Result<PhotoWish, Problem>;

bool StartsWithIgnoringCase(std::string_view text, std::string_view start) {
  return fcgi::EqualsIgnoringCase(text.substr(0, start.size()), start);
}

bool EndsWithIgnoringCase(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         fcgi::EqualsIgnoringCase(text.substr(text.size() - end.size()), end);
}

bool IsAddress(std::string_view text) {
  return StartsWithIgnoringCase(text, "http://") || StartsWithIgnoringCase(text, "https://");
}

// Browsers drop blanks and control characters in front of and inside of a scheme.
bool HasScheme(std::string_view text) {
  const std::string_view start = text.substr(0, text.find(':'));
  if (start.size() == text.size()) return false;
  std::string scheme(start);
  std::erase_if(scheme, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7F; });
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto inner = [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  };
  return !scheme.empty() && letter(scheme.front()) && std::ranges::all_of(scheme, inner);
}

/// The text behind a head as in "data:image/png;base64,iVBO…", or all of it when there is none.
std::string_view WithoutDataHead(std::string_view text) {
  constexpr size_t kMostHead = 128;
  if (!StartsWithIgnoringCase(text, "data:image/")) return text;
  const size_t comma = text.substr(0, kMostHead).find(',');
  if (comma == std::string_view::npos) return text;
  if (!EndsWithIgnoringCase(text.substr(0, comma), ";base64")) return text;
  return text.substr(comma + 1);
}

Wish ToImage(std::string bytes, size_t max_photo) {
  if (bytes.size() > max_photo) return Problem::Bad("photo is too large");
  PhotoWish wish{.kind = PhotoWish::Kind::kImage};
  wish.extension = ImageExtension(bytes);
  if (wish.extension.empty()) return Problem::Bad("photo is no PNG, JPEG, GIF or WebP image");
  wish.bytes = std::move(bytes);
  return wish;
}

/// The image that the text stands for, when it is one.
std::optional<std::string> Decoded(std::string_view text) {
  auto bytes = fcgi::DecodeBase64(WithoutDataHead(Trim(text)), " \t\r\n");
  if (!bytes || ImageExtension(*bytes).empty()) return std::nullopt;
  return bytes;
}

Wish FromText(std::string text, size_t max_photo) {
  const bool fits = Characters(text) <= kMostCharacters;
  if (!text.empty() && !(IsAddress(text) && fits)) {
    if (auto bytes = Decoded(text)) return ToImage(*std::move(bytes), max_photo);
    if (!fits) return Problem::Bad("photo is too long, and no image");
    if (HasScheme(text)) return Problem::Bad("photo must be an http or https address, or an image");
  }
  return PhotoWish{.kind = PhotoWish::Kind::kText, .text = std::move(text)};
}

}  // namespace

std::string_view ImageExtension(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "png";
  if (bytes.starts_with("\xFF\xD8\xFF")) return "jpg";
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "gif";
  const bool riff = bytes.size() >= 12 && bytes.starts_with("RIFF");
  return riff && bytes.substr(8, 4) == "WEBP" ? "webp" : "";
}

Wish ReadPhoto(const Fields& fields, size_t max_photo) {
  if (const std::string* file = fields.File("photo")) return ToImage(*file, max_photo);
  auto text = fields.Text("photo");
  if (!text) return text.error();
  if (!*text && fields.IsJson()) {
    text = fields.Text("photoURL");
    if (!text) return text.error();
  }
  if (!*text) return PhotoWish{};
  return FromText(**std::move(text), max_photo);
}

}  // namespace rosterd::cocoaheads

#include "directory/mail_message.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <new>

#include "directory/secrets.h"

namespace rosterd::directory {
namespace {

constexpr size_t kWordBytes = 39;     // 64 with what stands around its base64, 76 are allowed
constexpr size_t kLongestLine = 900;  // RFC 5322 forbids more than 998
constexpr size_t kBoundarySize = 24;

bool IsAlphanumeric(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= 'a' && letter <= 'z');
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

bool IsControl(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte < ' ' || byte == 0x7F;
}

bool IsPlainLetter(char letter) {
  constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~.";
  return IsAlphanumeric(letter) || static_cast<unsigned char>(letter) >= 0x80 ||
         kMarks.find(letter) != std::string_view::npos;
}

bool IsPlainLocalPart(std::string_view text) {
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), IsPlainLetter);
}

bool IsDomain(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) {
    return IsAlphanumeric(letter) || static_cast<unsigned char>(letter) >= 0x80 ||
           std::string_view("-._:[]").find(letter) != std::string_view::npos;
  });
}

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') quoted += '\\';
    quoted += letter;
  }
  return quoted + '"';
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// In one line.
std::string Base64(std::string_view text) {
  std::string encoded((text.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()), Bytes(text),
                                   static_cast<int>(text.size()));
  encoded.resize(static_cast<size_t>(size));
  return encoded;
}

/// In lines of 64 characters, as a body wants it.
std::string Base64Lines(std::string_view text) {
  const std::unique_ptr<EVP_ENCODE_CTX, decltype(&EVP_ENCODE_CTX_free)> context(
      EVP_ENCODE_CTX_new(), &EVP_ENCODE_CTX_free);
  if (!context) throw std::bad_alloc();
  std::string encoded(text.size() / 48 * 65 + 128, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(encoded.data());
  int size = 0;
  int last = 0;
  EVP_EncodeInit(context.get());
  EVP_EncodeUpdate(context.get(), out, &size, Bytes(text), static_cast<int>(text.size()));
  EVP_EncodeFinal(context.get(), out + size, &last);
  encoded.resize(static_cast<size_t>(size) + static_cast<size_t>(last));
  return encoded;
}

/// The first bytes of a text that fit into one encoded word, whole characters only.
std::string_view WordOf(std::string_view text) {
  if (text.size() <= kWordBytes) return text;
  size_t size = kWordBytes;
  while (size > 1 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return text.substr(0, size);
}

/// RFC 5322: "Sun, 22 Nov 2026 08:00:00 +0000".
std::string DateText(db::Time time) {
  static constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                            "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  std::string text(kDays[std::chrono::weekday(day).c_encoding()]);
  text.append(", ").append(std::to_string(static_cast<unsigned>(date.day()))).append(" ");
  text.append(kMonths[static_cast<unsigned>(date.month()) - 1]).append(" ");
  text.append(std::to_string(static_cast<int>(date.year()))).append(" ");
  text.append(db::ToSql(time).substr(11, 8)).append(" +0000");
  return text;
}

/// The domain is the sender's.
std::string MessageId(const db::OutboxMail& mail, std::string_view from) {
  return "<" + std::to_string(mail.created_at.time_since_epoch().count()) + "." +
         std::to_string(mail.id) + std::string(from.substr(from.rfind('@'))) + ">";
}

bool IsPlainBody(std::string_view body) {
  if (!IsAscii(body)) return false;
  size_t line = 0;
  for (const char letter : body) {
    if (letter != '\n' && letter != '\t' && IsControl(letter)) return false;
    line = letter == '\n' ? 0 : line + 1;
    if (line > kLongestLine) return false;
  }
  return true;
}

/// Headers and body of one part: readable as it is where it may be, base64 where not.
std::string Part(std::string_view type, std::string_view body) {
  std::string part("Content-Type: text/");
  part.append(type).append("; charset=utf-8\nContent-Transfer-Encoding: ");
  if (!IsPlainBody(body)) return part + "base64\n\n" + Base64Lines(body);
  part.append("7bit\n\n").append(body);
  if (!part.ends_with('\n')) part += '\n';
  return part;
}

std::string Alternatives(const db::OutboxMail& mail) {
  const std::string boundary = "=_" + RandomAlphanumeric(kBoundarySize);
  std::string parts = "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\n";
  for (const std::string& part : {Part("plain", mail.text), Part("html", mail.html)}) {
    parts.append("\n--").append(boundary).append("\n").append(part);
  }
  return parts.append("\n--").append(boundary).append("--\n");
}

}  // namespace

std::optional<std::string> MailAddress(std::string_view address) {
  const size_t at = address.rfind('@');
  if (at == std::string_view::npos || at == 0) return std::nullopt;
  const std::string_view local = address.substr(0, at);
  const std::string_view domain = address.substr(at + 1);
  if (!IsDomain(domain) || std::any_of(local.begin(), local.end(), IsControl)) return std::nullopt;
  return (IsPlainLocalPart(local) ? std::string(local) : Quoted(local)).append("@").append(domain);
}

std::string HeaderText(std::string_view text) {
  const bool plain = IsAscii(text) && std::none_of(text.begin(), text.end(), IsControl) &&
                     text.find("=?") == std::string_view::npos;
  if (plain) return std::string(text);
  std::string words;
  while (!text.empty()) {
    const std::string_view word = WordOf(text);
    text.remove_prefix(word.size());
    if (!words.empty()) words += "\n ";
    words.append("=?UTF-8?B?").append(Base64(word)).append("?=");
  }
  return words;
}

std::string MailMessage(const db::OutboxMail& mail, std::string_view from, std::string_view to,
                        db::Time now) {
  std::string message;
  message.append("From: ").append(from);
  message.append("\nTo: ").append(to);
  message.append("\nSubject: ").append(HeaderText(mail.subject));
  message.append("\nDate: ").append(DateText(now));
  message.append("\nMessage-ID: ").append(MessageId(mail, from));
  message.append("\nMIME-Version: 1.0\nAuto-Submitted: auto-generated\n");
  return message + (mail.html.empty() ? Part("plain", mail.text) : Alternatives(mail));
}

}  // namespace rosterd::directory

#include "directory/mail.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "db/outbox.h"

namespace rosterd::directory {
namespace {

constexpr size_t kKindSize = 64;
constexpr size_t kLineSize = 255;  // of the columns that hold one
constexpr std::string_view kSubject = "Subject: ";

std::optional<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// One file of a template on its way into a mail.
struct Filling {
  const std::string& path;
  const MailTemplates::Values& values;
  bool html = false;
};

std::string ValueOf(const Filling& filling, std::string_view key) {
  const auto value = std::find_if(filling.values.begin(), filling.values.end(),
                                  [&](const auto& pair) { return pair.first == key; });
  if (value == filling.values.end()) {
    throw std::runtime_error("the mail template " + filling.path + " wants a value {{" +
                             std::string(key) + "}}, which this mail does not have");
  }
  return filling.html ? EscapeHtml(value->second) : value->second;
}

/// What a value holds is never looked at again, so that a name of "{{link}}" stays one.
std::string Fill(std::string_view text, const Filling& filling) {
  std::string filled;
  while (true) {
    const size_t open = text.find("{{");
    filled.append(text.substr(0, open));
    if (open == std::string_view::npos) return filled;
    const size_t close = text.find("}}", open);
    if (close == std::string_view::npos) {
      throw std::runtime_error("the mail template " + filling.path + " has a {{ without its }}");
    }
    filled += ValueOf(filling, text.substr(open + 2, close - open - 2));
    text.remove_prefix(close + 2);
  }
}

std::string WithoutCarriageReturns(std::string text) {
  std::erase(text, '\r');
  return text;
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char letter : text) {
    switch (letter) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += letter;
    }
  }
  return escaped;
}

std::string OneLine(std::string_view text, size_t size) {
  if (text.size() > size) {
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
    text = text.substr(0, size);
  }
  std::string line(text);
  for (char& letter : line) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte < ' ' || byte == 0x7F) letter = ' ';
  }
  return line;
}

Mail MailTemplates::Render(std::string_view name, const Values& values, std::string_view to) const {
  const std::string path = folder_ + '/' + std::string(name);
  const std::string text_path = path + ".txt";
  const auto file = ReadFile(text_path);
  if (!file) throw std::runtime_error("the mail template " + text_path + " cannot be read");
  const std::string text = WithoutCarriageReturns(*file);
  const size_t head_end = text.find("\n\n");
  if (!text.starts_with(kSubject) || text.find('\n') != head_end || head_end == std::string::npos) {
    throw std::runtime_error("the mail template " + text_path +
                             " does not begin with \"Subject: …\" and an empty line");
  }
  const std::string_view subject =
      std::string_view(text).substr(kSubject.size(), head_end - kSubject.size());
  const Filling plain{text_path, values, false};
  Mail mail;
  mail.to = OneLine(to, kLineSize);
  mail.subject = OneLine(Fill(subject, plain), kLineSize);
  mail.text = Fill(std::string_view(text).substr(head_end + 2), plain);

  const std::string html_path = path + ".html";
  if (const auto html = ReadFile(html_path)) {
    mail.html = Fill(WithoutCarriageReturns(*html), {html_path, values, true});
  }
  return mail;
}

void QueueMail(db::Session& session, std::string_view kind, UserId user, const Mail& mail) {
  db::OutboxMail row;
  row.kind = OneLine(kind, kKindSize);
  row.user = user;
  row.recipient = OneLine(mail.to, kLineSize);
  row.subject = OneLine(mail.subject, kLineSize);
  row.text = mail.text;
  row.html = mail.html;
  row.created_at = db::Now();
  db::Outbox::Add(session, row);
}

}  // namespace rosterd::directory

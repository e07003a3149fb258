#include "directory/mail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace rosterd::directory {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

class Templates : public ::testing::Test {
 protected:
  Templates() : folder_("/tmp/rosterd-mail-XXXXXX") {
    if (::mkdtemp(folder_.data()) == nullptr) std::abort();
  }
  ~Templates() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ + '/' + name, std::ios::binary) << text;
  }
  Mail Render(const MailTemplates::Values& values, std::string_view to = "ann@example.org") const {
    return MailTemplates(folder_).Render("hello", values, to);
  }

  std::string folder_;
};

TEST_F(Templates, AreFilledWithValues) {
  Write("hello.txt", "Subject: Hello {{name}}\n\nDear {{name}},\n{{link}}\n");

  const Mail mail = Render({{"name", "Ann"}, {"link", "https://a.example/?a=1&b=2"}});

  EXPECT_EQ(mail.to, "ann@example.org");
  EXPECT_EQ(mail.subject, "Hello Ann");
  EXPECT_EQ(mail.text, "Dear Ann,\nhttps://a.example/?a=1&b=2\n");
  EXPECT_EQ(mail.html, "");
}

TEST_F(Templates, MayHaveAnHtmlPartWhoseValuesAreEscaped) {
  Write("hello.txt", "Subject: Hello\n\n{{name}}");
  Write("hello.html", "<p>{{name}}</p>");

  const Mail mail = Render({{"name", "<b>\"Ann\" & 'Bob'</b>"}});

  EXPECT_EQ(mail.text, "<b>\"Ann\" & 'Bob'</b>");
  EXPECT_EQ(mail.html, "<p>&lt;b&gt;&quot;Ann&quot; &amp; &#39;Bob&#39;&lt;/b&gt;</p>");
}

TEST_F(Templates, KeepTheSubjectAndTheAddressInOneLine) {
  Write("hello.txt", "Subject: Hello {{name}}\n\nx");

  const Mail mail = Render({{"name", "Ann\r\nBcc: eve@example.org"}}, "ann@example.org\nBcc: e@x");

  EXPECT_EQ(mail.subject, "Hello Ann  Bcc: eve@example.org");
  EXPECT_EQ(mail.to, "ann@example.org Bcc: e@x");
}

TEST_F(Templates, DoNotLookIntoValues) {
  Write("hello.txt", "Subject: Hello\n\n{{name}} {{link}}");

  EXPECT_EQ(Render({{"name", "{{link}}"}, {"link", "secret"}}).text, "{{link}} secret");
}

TEST_F(Templates, MayBeWrittenOnWindows) {
  Write("hello.txt", "Subject: Hello\r\n\r\nDear\r\n");

  EXPECT_EQ(Render({}).subject, "Hello");
  EXPECT_EQ(Render({}).text, "Dear\n");
}

TEST_F(Templates, SayWhatIsWrongWithThem) {
  const auto render = [this] { Render({}); };
  const std::string path = "the mail template " + folder_ + "/hello.txt ";
  EXPECT_THAT(render, ThrowsMessage<std::runtime_error>(path + "cannot be read"));
  const char* const kNoSubject = "does not begin with \"Subject: …\" and an empty line";
  for (const char* text : {"", "Hello", "Hello\n\nx", "Subject: Hello", "Subject: Hello\nx\n\ny"}) {
    Write("hello.txt", text);
    EXPECT_THAT(render, ThrowsMessage<std::runtime_error>(path + kNoSubject)) << text;
  }
  Write("hello.txt", "Subject: Hello\n\n{{name}}");
  EXPECT_THAT(render, ThrowsMessage<std::runtime_error>(
                          path + "wants a value {{name}}, which this mail does not have"));
  Write("hello.txt", "Subject: Hello\n\n{{name");
  EXPECT_THAT(render, ThrowsMessage<std::runtime_error>(path + "has a {{ without its }}"));
}

TEST(OneLineOf, CutsBetweenCharacters) {
  EXPECT_EQ(OneLine("a\tb\nc\x7F", 9), "a b c ");
  EXPECT_EQ(OneLine("größe", 3), "gr");
  EXPECT_EQ(OneLine("größe", 4), "grö");
  EXPECT_EQ(OneLine("größe", 99), "größe");
}

}  // namespace
}  // namespace rosterd::directory

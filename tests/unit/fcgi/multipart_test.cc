#include "fcgi/multipart.h"

#include <gtest/gtest.h>

#include <string>

namespace rosterd::fcgi {
namespace {

using std::string_literals::operator""s;

constexpr std::string_view kType = "multipart/form-data; boundary=X";

/// "name=content" of each part, its file name and type behind it where it has them; or "refused".
std::string Read(std::string_view body, std::string_view type = kType,
                 MultipartLimits limits = {}) {
  const auto parts = ParseMultipart(type, body, limits);
  if (!parts) return "refused";
  std::string shown;
  for (const auto& part : *parts) {
    shown += '(' + part.name + '=' + part.content;
    if (part.file_name) shown += "; file " + *part.file_name;
    if (!part.content_type.empty()) shown += "; type " + part.content_type;
    shown += ')';
  }
  return shown;
}

/// A body of one part whose Content-Disposition is form-data with these parameters.
std::string OnePart(const std::string& params) {
  return "--X\r\nContent-Disposition: form-data" + params + "\r\n\r\nv\r\n--X--\r\n";
}

TEST(Multipart, ReadsWhatCurlSends) {
  EXPECT_EQ(Read("--------------------------647526220ae2564b\r\n"
                 "Content-Disposition: form-data; name=\"username\"\r\n\r\n"
                 "ann & \"co\" + 1\r\n"
                 "--------------------------647526220ae2564b\r\n"
                 "Content-Disposition: form-data; name=\"phone\"\r\n\r\n"
                 "\r\n"
                 "--------------------------647526220ae2564b--\r\n",
                 "multipart/form-data; boundary=------------------------647526220ae2564b"),
            "(username=ann & \"co\" + 1)(phone=)");
}

TEST(Multipart, ReadsFilesAsBytes) {
  EXPECT_EQ(Read("--X\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n"
                 "Content-Type: image/png \r\n\r\n\x89PNG\r\n\0\xFF\n--X\r--X--\r\n\r\n--X--\r\n"s),
            "(photo=\x89PNG\r\n\0\xFF\n--X\r--X--\r\n; file a.png; type image/png)"s);
}

TEST(Multipart, TellsAnEmptyFileFromAField) {
  EXPECT_EQ(Read(OnePart("; name=a; filename=\"\"")), "(a=v; file )");
  EXPECT_EQ(Read(OnePart("; name=a")), "(a=v)");
}

TEST(Multipart, KeepsRepeatedNames) {
  EXPECT_EQ(Read("--X\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n"
                 "--X\r\nContent-Disposition: form-data; name=a\r\n\r\n2\r\n--X--"),
            "(a=1)(a=2)");
}

TEST(Multipart, TakesABodyWithoutParts) {
  EXPECT_EQ(Read("--X--\r\n"), "");
  EXPECT_EQ(Read("--X--"), "");
}

TEST(Multipart, PassesOverPreambleEpilogueAndPadding) {
  EXPECT_EQ(
      Read("This is a message.\r\n--X \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n"
           "--X-- \r\nbye --X\r\n--X\r\n"),
      "(a=1)");
}

TEST(Multipart, TakesALineThatOnlyBeginsLikeTheBoundaryForContent) {
  EXPECT_EQ(Read("--X\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XY\r\n--X-\r\n "
                 "--X\r\n--X--Z\r\n--X--"),
            "(a=1\r\n--XY\r\n--X-\r\n --X\r\n--X--Z)");
}

TEST(Multipart, ReadsTheBoundaryInQuotes) {
  const std::string body =
      "--a b:?\r\nContent-Disposition: form-data; name=n\r\n\r\n1\r\n--a b:?--";
  EXPECT_EQ(Read(body, "Multipart/Form-Data; charset=utf-8; Boundary=\"a b:?\""), "(n=1)");
}

TEST(Multipart, NeedsABoundaryOfOneToSeventyCharacters) {
  const std::string longest(70, 'b');
  EXPECT_EQ(Read("--" + longest + "--", "multipart/form-data; boundary=" + longest), "");
  EXPECT_EQ(Read("--" + longest + "b--", "multipart/form-data; boundary=" + longest + 'b'),
            "refused");
  for (const char* type :
       {"", "multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=\"a\tb\""}) {
    EXPECT_EQ(Read("----\r\n", type), "refused") << type;
  }
}

TEST(Multipart, ReadsNamesAsClientsWriteThem) {
  EXPECT_EQ(Read(OnePart(R"(; name="a\"b\\c")")), R"((a"b\c=v))");
  EXPECT_EQ(Read(OnePart(R"(; name="a%22b%0D%0a%41%")")), "(a\"b\r\n%41%=v)");
  EXPECT_EQ(Read(OnePart(R"(; name="a;b=c")")), "(a;b=c=v)");
  EXPECT_EQ(Read(OnePart(R"(; name="fields[36]")")), "(fields[36]=v)");
  EXPECT_EQ(Read(OnePart("; name=\"\xD0\x98\"")), "(\xD0\x98=v)");
}

TEST(Multipart, PrefersExtendedNames) {
  EXPECT_EQ(Read(OnePart("; name=a; filename=\"x\"; filename*=UTF-8''na%C3%AFve%20.png")),
            "(a=v; file na\xC3\xAFve .png)");
  EXPECT_EQ(Read(OnePart("; name*=utf-8'en'%D0%98")), "(\xD0\x98=v)");
  EXPECT_EQ(Read(OnePart("; name=a; filename=x; filename*=iso-8859-1''%E9")), "(a=v; file x)");
  EXPECT_EQ(Read(OnePart("; name=a; filename=x; filename*=utf-8''%E9")), "(a=v; file x)");
  EXPECT_EQ(Read(OnePart("; name=a; filename=x; filename*=utf-8'y")), "(a=v; file x)");
}

TEST(Multipart, TakesHeadersInAnyCaseAndOrder) {
  EXPECT_EQ(
      Read(
          "--X\r\nX-Other: "
          "1\r\ncontent-type:text/plain\r\nCONTENT-DISPOSITION:form-data;name=a\r\n\r\n1\r\n--X--"),
      "(a=1; type text/plain)");
}

TEST(Multipart, RefusesACutBody) {
  const std::string whole = "--X\r\nContent-Disposition: form-data; name=a\r\n\r\nvalue\r\n--X--";
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(Read(whole.substr(0, size)), "refused") << size;
  EXPECT_EQ(Read(whole), "(a=value)");
}

TEST(Multipart, RefusesPartsWithoutAName) {
  for (const auto& params : {""s, "; nam=a"s, "; filename=a"s, "; name"s, "; name=\"a"s}) {
    EXPECT_EQ(Read(OnePart(params)), "refused") << params;
  }
  EXPECT_EQ(Read("--X\r\n\r\nv\r\n--X--"), "refused");
  EXPECT_EQ(Read("--X\r\nContent-Type: text/plain\r\n\r\nv\r\n--X--"), "refused");
  EXPECT_EQ(Read("--X\r\nContent-Disposition: attachment; name=a\r\n\r\nv\r\n--X--"), "refused");
}

TEST(Multipart, RefusesMalformedHeaders) {
  for (const char* line :
       {"no colon", ": empty", " Folded: x", "Content-Disposition: form-data; name=b"}) {
    const std::string body =
        "--X\r\nContent-Disposition: form-data; name=a\r\n"s + line + "\r\n\r\nv\r\n--X--";
    EXPECT_EQ(Read(body), "refused") << line;
  }
  EXPECT_EQ(Read("--X\r\nContent-Disposition: form-data; name=a\r\nv\r\n--X--"), "refused");
  EXPECT_EQ(Read("--X\nContent-Disposition: form-data; name=a\n\nv\n--X--\n"), "refused");
}

TEST(Multipart, RefusesWhatPassesALimit) {
  EXPECT_EQ(Read(OnePart("; name=a"), kType, {.parts = 1}), "(a=v)");
  EXPECT_EQ(Read(OnePart("; name=a"), kType, {.parts = 0}), "refused");
  EXPECT_EQ(Read(OnePart("; name=a"), kType, {.header_bytes = 42}), "(a=v)");
  EXPECT_EQ(Read(OnePart("; name=a"), kType, {.header_bytes = 41}), "refused");
}

TEST(Multipart, ReadsManyAlmostBoundariesQuickly) {
  const std::string boundary(70, '-');
  std::string body;
  while (body.size() < 4'000'000) body += "\r\n--" + boundary + "                    x";
  EXPECT_EQ(Read(body, "multipart/form-data; boundary=" + boundary), "refused");
}

}  // namespace
}  // namespace rosterd::fcgi

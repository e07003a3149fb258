#include "handlers/cocoaheads/photo.h"

#include <gtest/gtest.h>

namespace rosterd::cocoaheads {
namespace {

Result<PhotoWish, Problem> Read(const std::string& text) {
  Fields fields;
  fields.Set("photo", {.value = fcgi::Value::Text(text)});
  return ReadPhoto(fields, 64);
}

TEST(CocoaheadsImageExtension, GoesByTheFirstBytes) {
  EXPECT_EQ(ImageExtension("\x89PNG\r\n\x1a\nrest"), "png");
  EXPECT_EQ(ImageExtension("\xFF\xD8\xFF\xDB"), "jpg");
  EXPECT_EQ(ImageExtension("GIF87a"), "gif");
  EXPECT_EQ(ImageExtension("GIF89a"), "gif");
  EXPECT_EQ(ImageExtension(std::string_view("RIFF\x01\0\0\0WEBP", 12)), "webp");
}

TEST(CocoaheadsImageExtension, KnowsNoOtherBytes) {
  for (const std::string_view bytes : {"", "G", "GIF88a", "\x89PNG\n", "\xFF\xD8", "RIFF1234WAVE",
                                       "RIFF1234WEB", "RIFX1234WEBP", "<svg", "xGIF89a"}) {
    EXPECT_EQ(ImageExtension(bytes), "") << bytes;
  }
}

TEST(CocoaheadsPhoto, IsKeptWhereNothingIsSaid) {
  EXPECT_EQ(ReadPhoto(Fields(), 64)->kind, PhotoWish::Kind::kKeep);
  EXPECT_EQ(Read("")->kind, PhotoWish::Kind::kText);
}

TEST(CocoaheadsPhoto, IsAnImageWhenItsTextDecodesToOne) {
  const auto wish = Read("R0lG\nODlh YWJj");
  ASSERT_TRUE(wish);
  EXPECT_EQ(wish->kind, PhotoWish::Kind::kImage);
  EXPECT_EQ(wish->extension, "gif");
  EXPECT_EQ(wish->bytes, "GIF89aabc");
}

TEST(CocoaheadsPhoto, OfTooManyBytesIsRefused) {
  EXPECT_TRUE(Read("R0lGODlh" + std::string(76, 'A')));
  EXPECT_FALSE(Read("R0lGODlh" + std::string(80, 'A')));
}

TEST(CocoaheadsPhoto, TakesTheStandardAlphabetAlone) {
  // "/9j/" begins a JPEG; "_9j_" is the other alphabet, and an opaque name.
  EXPECT_EQ(Read("/9j/AAAA")->kind, PhotoWish::Kind::kImage);
  EXPECT_EQ(Read("_9j_AAAA")->kind, PhotoWish::Kind::kText);
}

}  // namespace
}  // namespace rosterd::cocoaheads

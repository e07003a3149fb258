#include "handlers/brightact/body.h"

#include <gtest/gtest.h>

namespace rosterd::brightact {
namespace {

using namespace std::string_literals;

Result<Body, Problem> Read(const std::string& type, const std::string& body,
                           size_t max_body = 1024) {
  fcgi::Request request;
  request.content_type = type;
  request.body = body;
  return ReadBody(request, max_body);
}

std::string TextOf(const Result<Body, Problem>& body, std::string_view name) {
  if (!body) return "status " + std::to_string(body.error().status);
  const Body::Field* field = body->Find(name);
  if (field == nullptr) return "absent";
  return field->text.value_or("no text");
}

constexpr const char* kForm = "application/x-www-form-urlencoded";

TEST(BrightactBody, ReadsAForm) {
  const auto body = Read(kForm, "last_name=Nowak+%C5%BBak&sp_num=15&empty=&bare");

  EXPECT_EQ(TextOf(body, "last_name"), "Nowak Żak");
  EXPECT_EQ(TextOf(body, "sp_num"), "15");
  EXPECT_EQ(TextOf(body, "empty"), "");
  EXPECT_EQ(TextOf(body, "bare"), "");
  EXPECT_EQ(TextOf(body, "username"), "absent");
}

TEST(BrightactBody, TakesWhatHasNoTypeForAForm) {
  EXPECT_EQ(TextOf(Read("", "name=Kite"), "name"), "Kite");
}

TEST(BrightactBody, CountsTheLastOfRepeatedFields) {
  EXPECT_EQ(TextOf(Read(kForm, "name=a&name=b"), "name"), "b");
  EXPECT_EQ(TextOf(Read("application/json", R"({"name":["a"],"name":"b"})"), "name"), "b");
  EXPECT_EQ(TextOf(Read("application/json", R"({"name":"a","name":["b"]})"), "name"), "no text");
}

TEST(BrightactBody, TakesBracketsForNoText) {
  EXPECT_EQ(TextOf(Read(kForm, "name%5B0%5D=a&name%5B1%5D=b"), "name"), "no text");
  EXPECT_EQ(TextOf(Read(kForm, "name[=a"), "name"), "no text");
  EXPECT_EQ(TextOf(Read(kForm, "name[0]=a&name=b"), "name"), "b");
}

TEST(BrightactBody, TakesOtherBytesForNoText) {
  EXPECT_EQ(TextOf(Read(kForm, "name=%FF"), "name"), "no text");
  EXPECT_EQ(TextOf(Read(kForm, "name=a%00b"), "name"), "no text");
  EXPECT_EQ(TextOf(Read("application/json", R"({"name":"a\u0000b"})"), "name"), "no text");
}

TEST(BrightactBody, ReadsMultipartAndTakesAFileForNoText) {
  const std::string parts =
      "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nO'Hara \"Q\"&+\r\n"
      "--x\r\nContent-Disposition: form-data; name=\"null\"\r\n\r\n\r\n"
      "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nA\r\n"
      "--x--\r\n";
  const auto body = Read("multipart/form-data; boundary=x", parts);

  EXPECT_EQ(TextOf(body, "name"), "O'Hara \"Q\"&+");
  EXPECT_EQ(TextOf(body, "null"), "");
  EXPECT_EQ(TextOf(body, "file"), "no text");
}

TEST(BrightactBody, ReadsAFlatJsonObject) {
  const auto body = Read("application/json; charset=utf-8",
                         R"({"name":"Kite","sp_num":15,"mobile":null,"status":true,"x":[1]})");

  EXPECT_EQ(TextOf(body, "name"), "Kite");
  EXPECT_EQ(TextOf(body, "sp_num"), "15");
  EXPECT_EQ(TextOf(body, "mobile"), "");
  EXPECT_EQ(TextOf(body, "status"), "no text");
  EXPECT_EQ(TextOf(body, "x"), "no text");
}

TEST(BrightactBody, RefusesWhatIsBroken) {
  EXPECT_EQ(Read("application/json", "{").error().status, 400);
  EXPECT_EQ(Read("application/json", "[]").error().status, 400);
  EXPECT_EQ(Read("application/json", "null").error().status, 400);
  EXPECT_EQ(Read("application/json", "{\"a\":\"\xff\"}").error().status, 400);
  EXPECT_EQ(Read("multipart/form-data; boundary=x", "--x\r\n").error().status, 400);
  EXPECT_EQ(Read("multipart/form-data", "--x--\r\n").error().status, 400);
}

TEST(BrightactBody, RefusesOtherTypesWhenThereIsABody) {
  EXPECT_EQ(Read("text/plain", "name=Kite").error().status, 415);
  EXPECT_EQ(Read("application/xml", "<user/>").error().status, 415);
  EXPECT_TRUE(Read("text/plain", ""));
}

TEST(BrightactBody, HasALimit) {
  EXPECT_EQ(Read(kForm, "name=Kite", 9).has_value(), true);
  EXPECT_EQ(Read(kForm, "name=Kites", 9).error().status, 413);
}

}  // namespace
}  // namespace rosterd::brightact

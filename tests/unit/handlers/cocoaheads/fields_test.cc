#include "handlers/cocoaheads/fields.h"

#include <gtest/gtest.h>

namespace rosterd::cocoaheads {
namespace {

Fields Read(const std::string& method, const std::string& type, const std::string& body) {
  fcgi::Request request;
  request.method = method;
  request.content_type = type;
  request.body = body;
  const auto fields = ReadFields(request, 1024);
  return fields ? *fields : Fields();
}

TEST(CocoaheadsFields, TakeNullForNothingOrForEmptyByTheMethod) {
  const std::string body = R"({"name":null})";
  EXPECT_EQ(Read("POST", "application/json", body).Text("name").value(), std::nullopt);
  EXPECT_EQ(Read("PATCH", "application/json", body).Text("name").value(), "");
}

TEST(CocoaheadsFields, KeepFormBytesAsTheyAre) {
  const std::string form = "a=\"\\\r\n{|}<>^`&b=%2B+%zz&c&=d&token=%FF%00";
  const Fields fields = Read("POST", "application/x-www-form-urlencoded", form);
  EXPECT_EQ(fields.Text("a").value(), "\"\\\r\n{|}<>^`");
  EXPECT_EQ(fields.Text("b").value(), "+ %zz");
  EXPECT_EQ(fields.Text("c").value(), "");
  EXPECT_FALSE(fields.Text("token"));
  EXPECT_EQ(*fields.Raw("token"), std::string("\xFF\0", 2));
}

TEST(CocoaheadsFields, TellFilesFromTexts) {
  const Fields fields = Read("POST", "multipart/form-data; boundary=b",
                             "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\""
                             "\r\n\r\nbytes\r\n--b\r\nContent-Disposition: form-data; name=\"t\""
                             "\r\n\r\ntext\r\n--b--\r\n");
  ASSERT_NE(fields.File("f"), nullptr);
  EXPECT_EQ(*fields.File("f"), "bytes");
  EXPECT_FALSE(fields.Text("f"));
  EXPECT_EQ(fields.Raw("f"), nullptr);
  EXPECT_EQ(fields.File("t"), nullptr);
  EXPECT_EQ(fields.Text("t").value(), "text");
}

TEST(CocoaheadsFields, TrimBlanksOfAllKinds) {
  EXPECT_EQ(Trim(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(Trim(" \n"), "");
  EXPECT_EQ(Trim(""), "");
}

}  // namespace
}  // namespace rosterd::cocoaheads

// What the PHP SDK sends, byte for byte: contract section 4.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/unit/handlers/brightact/world.h"

namespace rosterd::brightact {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// The body of curl for CURLOPT_POSTFIELDS with an array.
std::string Multipart(const std::string& boundary, const Fields& fields) {
  std::string body;
  for (const auto& [name, value] : fields) {
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" +
            value + "\r\n";
  }
  return body + "--" + boundary + "--\r\n";
}

Reply Create(World& world, const std::string& target, const Fields& fields,
             const std::string& boundary = "------------------------647526220ae2564b") {
  return world.Send({.target = target,
                     .method = "POST",
                     .body = Multipart(boundary, fields),
                     .content_type = "multipart/form-data; boundary=" + boundary});
}

const Fields kInes = {{"username", "ines@example.org"},
                      {"password", "pa ss&w+1"},
                      {"first_name", "Inès"},
                      {"last_name", "O'Hara \"Q\""}};

TEST(BrightactWire, CreatesAUserOfTheContractsExample) {
  World world;
  const Reply reply = Create(world, "/api/v1/user.json", kInes);
  EXPECT_EQ(reply.body, R"({"id":"3"})");
  EXPECT_EQ(world.Ask("SELECT CONCAT_WS('|', username, first_name, last_name) FROM users WHERE id "
                      "= 3"),
            "ines@example.org|Inès|O'Hara \"Q\"");
  EXPECT_TRUE(world.Worker().Admits(3, "pa ss&w+1"));
}

TEST(BrightactWire, TakesTheBoundariesOfOlderLibraries) {
  World world;
  EXPECT_EQ(
      Create(world, "/api/v1/user.json", kInes, "----------------------------a1b2c3d4e5f6").status,
      200);
}

TEST(BrightactWire, TakesTrueForOneAndNullAndFalseForBlank) {
  World world;
  Fields fields = kInes;
  fields.insert(fields.end(), {{"status", "1"}, {"mobile", ""}, {"sp_num", ""}, {"org_id", ""}});
  EXPECT_EQ(Create(world, "/api/v1/user.json", fields).status, 200);
  EXPECT_EQ(world.Ask("SELECT status FROM users WHERE id = 3"), "active");
}

TEST(BrightactWire, KeepsLineBreaksAndBoundaryLookalikesInValues) {
  World world;
  Fields fields = kInes;
  fields.emplace_back("extra_email", "a@x\r\n--b@x\r\n+&=%41");
  EXPECT_EQ(Create(world, "/api/v1/user.json", fields).status, 200);
  EXPECT_EQ(world.Ask("SELECT HEX(brightact_extra_email) FROM users WHERE id = 3"),
            "6140780D0A2D2D6240780D0A2B263D253431");
}

TEST(BrightactWire, RefusesAnArrayThatArrivesAsRepeatedParts) {
  World world;
  Fields fields = kInes;
  fields.insert(fields.end(), {{"company[0]", "a"}, {"company[1]", "b"}});
  EXPECT_EQ(Create(world, "/api/v1/user.json", fields).body,
            R"({"errors":{"company":["Company is invalid."]}})");
}

TEST(BrightactWire, CountsTheLastOfPartsOfOneName) {
  World world;
  Fields fields = kInes;
  fields.insert(fields.end(), {{"company", "a"}, {"company", "b"}});
  EXPECT_EQ(Create(world, "/api/v1/user.json", fields).status, 200);
  EXPECT_EQ(world.Ask("SELECT company FROM users WHERE id = 3"), "b");
}

TEST(BrightactWire, RefusesAnUpload) {
  World world;
  const std::string body =
      "--x\r\nContent-Disposition: form-data; name=\"username\"; filename=\"a\"\r\n"
      "Content-Type: application/octet-stream\r\n\r\nann\r\n--x--\r\n";
  const Reply reply = world.Send({.target = "/api/v1/user.json",
                                  .method = "POST",
                                  .body = body,
                                  .content_type = "multipart/form-data; boundary=x"});
  EXPECT_EQ(reply.status, 400);
  EXPECT_NE(reply.body.find(R"("username":["Username is invalid."])"), std::string::npos);
}

TEST(BrightactWire, TakesACreateWithoutFieldsForAllBlank) {
  World world;
  const Reply reply = world.Send(
      {.target = "/api/v1/user.json", .method = "POST", .content_type = std::string(kForm)});
  EXPECT_EQ(reply.status, 400);
  EXPECT_NE(reply.body.find(R"("username":["Username cannot be blank."])"), std::string::npos);
}

TEST(BrightactWire, UpdatesWithAnUrlencodedBody) {
  World world;
  const Reply reply = world.Put("/api/v1/user/my.json",
                                "first_name=In%C3%A8s+%26+Co&extra_email=a%2Bb%40x.org", kUserKey);
  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.body.find(R"("first_name":"Inès & Co")"), std::string::npos);
  EXPECT_NE(reply.body.find(R"("extra_email":"a+b@x.org")"), std::string::npos);
}

TEST(BrightactWire, TakesAnUpdateWithoutFieldsForNoChange) {
  World world;
  const Reply reply = world.Send(
      {.target = "/api/v1/user/2.json", .method = "PUT", .content_type = std::string(kForm)});
  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.body.find(R"("updated_at":"2026-01-05 09:00:00")"), std::string::npos);
}

TEST(BrightactWire, TakesFalseForZeroAndRefusesArraysInAnUpdate) {
  World world;
  EXPECT_NE(world.Put("/api/v1/user/2.json", "status=0").body.find(R"("status":"0")"),
            std::string::npos);
  EXPECT_EQ(world.Put("/api/v1/user/2.json", "mobile%5B0%5D=1&mobile%5B1%5D=2").body,
            R"({"errors":{"mobile":["Mobile is invalid."]}})");
}

TEST(BrightactWire, ListsWithTheParameterBehindTheKey) {
  World world;
  const std::string org = world.AddOrg("Kite");
  EXPECT_EQ(world.Get("/api/v1/users.json?org_id=" + org).body, "[]");
  EXPECT_EQ(world.Get("/api/v1/users.json?org_id=").status, 400);
}

TEST(BrightactWire, CreatesRenamesAndDeletesAnOrganisation) {
  World world;
  EXPECT_EQ(Create(world, "/api/v1/org.json", {{"name", "Kite \"Works\" & Co"}}).body,
            R"({"id":"1"})");
  EXPECT_NE(world.Put("/api/v1/org/1.json", "name=Kite").body.find(R"("name":"Kite")"),
            std::string::npos);
  EXPECT_EQ(world.Delete("/api/v1/org/1.json").body, R"({"message":"Success"})");
}

}  // namespace
}  // namespace rosterd::brightact

// DESIGN.md 5: with the master gone nginx answers in each dialect's shape; and no log holds a
// secret.

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/e2e/dialects/callers.h"

namespace rosterd::testing {
namespace {

struct Shape {
  const char* dialect;
  const char* path;
  const char* type;
  std::string body;
};

std::string WholeOf(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class DialectsRefusals : public ::testing::Test {
 protected:
  DialectsRefusals() : stack_({.settings = {"throttle.enabled=off"}}) {
    for (const char* path : {"/api/v1/user/my?key=s3cr3t", "/users?api_key=s3cr3t",
                             "/user/1?push_token=s3cr3t", "/v1/users?token=s3cr3t"}) {
      Send(PlainRequest(stack_, "GET", path));
    }
    kill(stack_.MasterPid(), SIGTERM);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (Send(PlainRequest(stack_, "GET", "/v1/users")).status != 503 &&
           std::chrono::steady_clock::now() < deadline) {
      std::this_thread::yield();
    }
  }

  Stack stack_;
};

TEST_F(DialectsRefusals, HaveTheShapeOfTheDialect) {
  const auto links = [&](const std::string& base) {
    return R"({"error":{"status":"503","title":"Service Unavailable"},"links":{"self":")" + base +
           R"(/roles","home":")" + base + R"(/home"}})";
  };
  for (const bool own : {false, true}) {
    const std::string base =
        own ? "http://bedita.localhost:" + std::to_string(stack_.HttpPort()) : stack_.Http();
    for (const Shape& row :
         {Shape{"cscart", "/api/2.0/users", "application/json",
                R"({"message":"Service Unavailable","status":503})"},
          Shape{"bedita", "/roles", "application/vnd.api+json", links(base)},
          Shape{"brightact", "/api/v1/user/my.json", "application/json; charset=utf-8",
                R"({"error":"Service Unavailable"})"},
          Shape{"cocoaheads", "/user/1", "application/json; charset=utf-8",
                R"({"error":true,"reason":"Service Unavailable"})"},
          Shape{"timeslot", "/v1/users", "application/json; charset=utf-8",
                R"({"status":"503","error":"Service Unavailable"})"}}) {
      HttpRequest request = PlainRequest(stack_, "GET", row.path);
      if (own) request.headers.push_back(stack_.HostHeader(row.dialect));

      const HttpResponse answer = Send(request);

      EXPECT_EQ(answer.status, 503) << row.dialect;
      EXPECT_EQ(answer.body, row.body) << row.dialect;
      EXPECT_EQ(answer.Header("Content-Type"), row.type) << row.dialect;
      EXPECT_NE(answer.Header("Retry-After"), "") << row.dialect;
    }
  }
  for (const char* path :
       {"/api/v1/resetUserPassword/my.json?key=s3cr3t", "/users?api_key=s3cr3t",
        "/user/1?push_token=s3cr3t", "/v1/users?token=s3cr3t", "/api/2.0/users?email=s3cr3t"}) {
    Send(PlainRequest(stack_, "GET", path));
  }
  stack_.Stop();  // writes out what nginx still holds
  for (const auto& file : std::filesystem::directory_iterator(stack_.State() / "log")) {
    EXPECT_EQ(WholeOf(file.path()).find("s3cr3t"), std::string::npos) << file.path();
  }
  EXPECT_NE(WholeOf(stack_.State() / "log" / "nginx-access.log").find("/api/v1/resetUserPassword"),
            std::string::npos);
}

}  // namespace
}  // namespace rosterd::testing

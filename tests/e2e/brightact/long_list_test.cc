// An organisation of 100,000 users is listed without being held in memory: contract section 6.5.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/e2e/brightact/api.h"

namespace rosterd::testing {
namespace {

/// A number of /proc/PID/status, in KiB; 0 when there is none.
long StatusOf(const std::string& pid, const std::string& name) {
  std::ifstream status("/proc/" + pid + "/status");
  for (std::string word; status >> word;) {
    long value = 0;
    if (word == name + ":" && status >> value) return value;
  }
  return 0;
}

/// What a worker may grow by, in KiB. AddressSanitizer keeps up to 256 MiB of what was freed.
#ifdef __SANITIZE_ADDRESS__
constexpr long kMostGrowth = 15'000 + 256 * 1024;
#else
constexpr long kMostGrowth = 15'000;
#endif

/// The most memory that any worker of the stack has ever had, in KiB.
long PeakOfWorkers() {
  long peak = 0;
  const std::string master = std::to_string(BrightactStack().MasterPid());
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string pid = entry.path().filename();
    if (std::to_string(StatusOf(pid, "PPid")) == master) {
      peak = std::max(peak, StatusOf(pid, "VmHWM"));
    }
  }
  return peak;
}

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

HttpResponse SendPatiently(const std::string& method, const std::string& target) {
  HttpRequest request;
  request.method = method;
  request.url = BrightactStack().Http() + "/api/v1/" + target;
  request.timeout = std::chrono::milliseconds(120'000);
  return Send(request);
}

TEST(BrightactLongList, IsStreamedInBoundedMemory) {
  const std::string org =
      ParseJson(SendAsSdk(MultipartPost(WithKey("org.json"), {{"name", "Huge"}})).body)["id"].text;
  BrightactStack().Sql(
      "INSERT INTO users (username, username_key, first_name, last_name, created_at, updated_at,"
      " brightact_org_id) SELECT CONCAT('huge', seq), CONCAT('huge', seq), 'Many', 'People', NOW(),"
      " NOW(), " +
      org + " FROM seq_1_to_100000");
  const std::string target = WithKey("users.json") + "&org_id=" + org;
  const long before = PeakOfWorkers();
  ASSERT_GT(before, 0);

  const HttpResponse response = SendPatiently("GET", target);

  EXPECT_EQ(response.status, 200) << response.error;
  EXPECT_EQ(Count(response.body, "\"username\":\"huge"), 100'000U);
  EXPECT_TRUE(response.body.ends_with("}]"));
  EXPECT_GT(response.body.size(), 30'000'000U);
  EXPECT_LT(PeakOfWorkers() - before, kMostGrowth) << "KiB; the answer has more than 30,000";

  // Such an organisation can be deleted, too.
  const HttpResponse deleted = SendPatiently("DELETE", WithKey("org/" + org + ".json"));
  EXPECT_EQ(deleted.body, R"({"message":"Success"})");
  EXPECT_EQ(BrightactStack().Sql("SELECT COUNT(*) FROM users WHERE brightact_org_id = " + org),
            "0\n");
}

}  // namespace
}  // namespace rosterd::testing

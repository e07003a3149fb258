#include "fcgi/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "fcgi/shared.h"

namespace rosterd::fcgi {
namespace {

using std::chrono::microseconds;
using ::testing::HasSubstr;

class MetricsText : public ::testing::Test {
 protected:
  void Count(const std::string& dialect, const std::string& route, int status = 200) {
    metrics_->CountRequest(dialect, route, status, microseconds(1000), microseconds(0));
  }

  Shared<Metrics> metrics_;
};

TEST_F(MetricsText, IsEmptyAtFirst) { EXPECT_EQ(metrics_->Text(), ""); }

TEST_F(MetricsText, CountsRequestsByDialectRouteAndStatus) {
  Count("cscart", "users/{id}");
  Count("cscart", "users/{id}");
  Count("cscart", "users/{id}", 404);

  const std::string text = metrics_->Text();
  EXPECT_THAT(text,
              ::testing::StartsWith(
                  "# HELP rosterd_requests_total Requests answered.\n"
                  "# TYPE rosterd_requests_total counter\n"
                  R"(rosterd_requests_total{dialect="cscart",route="users/{id}",status="200"} 2)"
                  "\n"
                  R"(rosterd_requests_total{dialect="cscart",route="users/{id}",status="404"} 1)"
                  "\n"));
}

TEST_F(MetricsText, HasCumulativeHistograms) {
  metrics_->CountRequest("d", "r", 200, microseconds(400), microseconds(0));
  metrics_->CountRequest("d", "r", 200, microseconds(1000), microseconds(0));
  metrics_->CountRequest("d", "r", 200, microseconds(20000000), microseconds(0));

  const std::string text = metrics_->Text();
  EXPECT_THAT(text,
              HasSubstr("# TYPE rosterd_request_duration_seconds histogram\n"
                        R"(rosterd_request_duration_seconds_bucket{dialect="d",le="0.0005"} 1)"
                        "\n"
                        R"(rosterd_request_duration_seconds_bucket{dialect="d",le="0.001"} 2)"
                        "\n"));
  EXPECT_THAT(text, HasSubstr(R"(rosterd_request_duration_seconds_bucket{dialect="d",le="10"} 2)"
                              "\n"
                              R"(rosterd_request_duration_seconds_bucket{dialect="d",le="+Inf"} 3)"
                              "\n"
                              R"(rosterd_request_duration_seconds_sum{dialect="d"} 20.001400)"
                              "\n"
                              R"(rosterd_request_duration_seconds_count{dialect="d"} 3)"
                              "\n"));
  EXPECT_THAT(text, HasSubstr(R"(rosterd_database_seconds_count{dialect="d"} 3)"));
}

TEST_F(MetricsText, EscapesLabels) {
  Count("a\"b\\c\nd", "r");

  EXPECT_THAT(metrics_->Text(), HasSubstr(R"({dialect="a\"b\\c\nd",route="r",status="200"} 1)"));
}

TEST_F(MetricsText, CutsLongLabelsBetweenCharacters) {
  Count("d", std::string(62, 'r') + "ä");

  EXPECT_THAT(metrics_->Text(), HasSubstr("route=\"" + std::string(62, 'r') + "\","));
}

TEST_F(MetricsText, CountsEventsOfTheProgramUnderTheirName) {
  metrics_->CountEvent(R"(rosterd_sign_in_failures_total{dialect="cscart"})");
  metrics_->CountEvent(R"(rosterd_sign_in_failures_total{dialect="bedita"})");
  metrics_->CountEvent("rosterd_plain_total");

  const std::string text = metrics_->Text();
  EXPECT_THAT(text, HasSubstr("# TYPE rosterd_sign_in_failures_total counter\n"
                              R"(rosterd_sign_in_failures_total{dialect="bedita"} 1)"
                              "\n"
                              R"(rosterd_sign_in_failures_total{dialect="cscart"} 1)"
                              "\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE rosterd_plain_total counter\nrosterd_plain_total 1\n"));
}

TEST_F(MetricsText, ShowsAnnouncedEventsBeforeTheyHappen) {
  metrics_->AnnounceEvent("rosterd_rare_total");
  EXPECT_THAT(metrics_->Text(), HasSubstr("rosterd_rare_total 0\n"));

  metrics_->CountEvent("rosterd_rare_total");
  metrics_->AnnounceEvent("rosterd_rare_total");

  EXPECT_THAT(metrics_->Text(), HasSubstr("rosterd_rare_total 1\n"));
}

TEST_F(MetricsText, CountsTheRestAsOtherWhenItsTablesAreFull) {
  for (int i = 0; i < 1100; ++i) Count("d" + std::to_string(i), "r");
  metrics_->CountEvent("rosterd_late_total");

  const std::string text = metrics_->Text();
  EXPECT_THAT(text,
              HasSubstr(R"(rosterd_requests_total{dialect="other",route="other",status="other"} 76)"
                        "\n"));
  EXPECT_THAT(text, HasSubstr("rosterd_other_events_total 1\n"));
  EXPECT_THAT(text, HasSubstr(R"(rosterd_request_duration_seconds_count{dialect="other"} 1084)"));
}

TEST_F(MetricsText, CountsWhatOtherProcessesDo) {
  const pid_t child = ::fork();
  if (child == 0) {
    for (int i = 0; i < 1000; ++i) Count("d", "r");
    ::_exit(0);
  }
  for (int i = 0; i < 1000; ++i) Count("d", "r");
  ::waitpid(child, nullptr, 0);

  EXPECT_THAT(metrics_->Text(),
              HasSubstr(R"(rosterd_requests_total{dialect="d",route="r",status="200"} 2000)"));
}

}  // namespace
}  // namespace rosterd::fcgi

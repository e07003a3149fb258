// The dashboard, the rules and the commands of the operators' pages, against what really runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/docs/markdown.h"
#include "tests/e2e/http.h"
#include "tests/e2e/json.h"
#include "tests/e2e/shared_stack.h"

namespace rosterd::docs {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using testing::Json;
using Names = std::set<std::string>;

constexpr const char* kDashboard = "docs/monitoring/rosterd-dashboard.json";
constexpr const char* kAlerts = "docs/monitoring/alerts.yaml";
constexpr const char* kRecording = "docs/monitoring/recording.yaml";
constexpr const char* kAlertTests = "docs/monitoring/alerts_test.yaml";

const testing::Stack& Stack() { return testing::StackOfProgram({}); }

/// Each series of ours that a text of expressions names.
Names MetricsIn(const std::string& text) {
  static const std::regex name("\\brosterd[_:][a-z0-9_:]+");
  Names names;
  for (std::sregex_iterator at(text.begin(), text.end(), name), end; at != end; ++at) {
    names.insert(at->str());
  }
  return names;
}

/// The names of the series that /metrics shows, after one request of a dialect.
Names Exposed() {
  testing::HttpRequest request;
  request.url = Stack().Http() + "/api/?version";
  testing::Send(request);
  request.url = Stack().Ops() + "/metrics";
  std::istringstream text(testing::Send(request).body);
  Names names;
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with('#')) names.insert(line.substr(0, line.find_first_of("{ ")));
  }
  return names;
}

/// The rules of a file, each as a map of its own.
std::vector<YAML::Node> RulesOf(const std::string& path) {
  std::vector<YAML::Node> rules;
  for (const auto& group : YAML::Load(ReadSource(path))["groups"]) {
    for (const auto& rule : group["rules"]) rules.push_back(rule);
  }
  return rules;
}

/// Every series that may be named: what is exposed, and what is recorded of it.
Names Known() {
  Names known = Exposed();
  for (const YAML::Node& rule : RulesOf(kRecording)) known.insert(rule["record"].as<std::string>());
  return known;
}

std::vector<std::string> Unknown(const Names& names) {
  const Names known = Known();
  std::vector<std::string> unknown;
  for (const std::string& name : names) {
    if (!known.contains(name)) unknown.push_back(name);
  }
  return unknown;
}

TEST(Metrics, AreThoseOfTheRules) {
  Names named;
  for (const char* path : {kRecording, kAlerts}) {
    for (const YAML::Node& rule : RulesOf(path))
      named.merge(MetricsIn(rule["expr"].as<std::string>()));
  }
  EXPECT_GT(named.size(), 15U);
  EXPECT_THAT(Unknown(named), IsEmpty());
}

TEST(Metrics, AreThoseOfTheDashboard) {
  Names named;
  const Json dashboard = testing::ParseJson(ReadSource(kDashboard));
  for (const Json& panel : dashboard["panels"].items) {
    for (const Json& target : panel["targets"].items) named.merge(MetricsIn(target["expr"].text));
  }
  EXPECT_GT(named.size(), 15U);
  EXPECT_THAT(Unknown(named), IsEmpty());
}

TEST(Metrics, StandInTheOperatorsPage) {
  const Names described = MetricsIn(ReadSource("docs/operations.md"));
  std::vector<std::string> silent;
  for (std::string name : Exposed()) {
    name = std::regex_replace(name, std::regex("_seconds_(?:bucket|sum|count)$"), "_seconds");
    if (!described.contains(name)) silent.push_back(name);
  }
  EXPECT_THAT(silent, IsEmpty());
}

TEST(Dashboard, IsOneThatGrafanaCanRead) {
  const Json dashboard = testing::ParseJson(ReadSource(kDashboard));
  ASSERT_TRUE(dashboard.IsObject());
  EXPECT_EQ(dashboard["schemaVersion"].text, "38");
  EXPECT_EQ(dashboard["templating"]["list"][0]["type"].text, "datasource");
  Names ids;
  for (const Json& panel : dashboard["panels"].items) {
    EXPECT_TRUE(ids.insert(panel["id"].text).second) << panel["title"].text;
    EXPECT_TRUE(panel["gridPos"].IsObject()) << panel["title"].text;
    if (panel["type"].text == "row") continue;
    EXPECT_EQ(panel["datasource"]["uid"].text, "${datasource}") << panel["title"].text;
    EXPECT_FALSE(panel["description"].text.empty()) << panel["title"].text;
    EXPECT_FALSE(panel["targets"].items.empty()) << panel["title"].text;
  }
  EXPECT_GT(ids.size(), 20U);
}

TEST(Alerts, SayWhatHasHappenedAndWhereToRead) {
  const std::set<std::string> anchors = Anchors(ReadSource("docs/operations.md"));
  for (const YAML::Node& rule : RulesOf(kAlerts)) {
    const auto name = rule["alert"].as<std::string>();
    const YAML::Node annotations = rule["annotations"];
    const auto runbook = annotations["runbook_url"].as<std::string>("");
    EXPECT_THAT(anchors, Contains(runbook.substr(runbook.find('#') + 1))) << name;
    EXPECT_FALSE(annotations["summary"].as<std::string>("").empty()) << name;
    EXPECT_FALSE(annotations["description"].as<std::string>("").empty()) << name;
    EXPECT_THAT((Names{"critical", "warning", "info"}),
                Contains(rule["labels"]["severity"].as<std::string>("")))
        << name;
  }
}

TEST(Alerts, HaveATestEach) {
  Names fired;
  for (const auto& test : YAML::Load(ReadSource(kAlertTests))["tests"]) {
    for (const auto& check : test["alert_rule_test"]) {
      if (check["exp_alerts"].size() > 0) fired.insert(check["alertname"].as<std::string>());
    }
  }
  Names alerts;
  for (const YAML::Node& rule : RulesOf(kAlerts)) alerts.insert(rule["alert"].as<std::string>());
  EXPECT_EQ(fired, alerts);
}

/// The words of one call of rosterctl in a line of shell: up to what the shell or a comment takes.
std::vector<std::string> CallIn(const std::string& line) {
  const std::regex call("(?:^|[ (])rosterctl ([^#|;&<>)]*)");
  std::smatch found;
  std::vector<std::string> words;
  if (!std::regex_search(line, found, call)) return words;
  std::istringstream text(found[1].str());
  for (std::string word; text >> word;) words.push_back(word);
  return words;
}

bool IsCommand(const std::string& word) {
  return std::regex_match(word, std::regex("[a-z]+(?:-[a-z]+)*"));
}

/// What --help says of a call's command, and the options that the call gives.
struct Call {
  std::vector<std::string> command;
  Names options;
};

Call Understand(const std::vector<std::string>& words) {
  Call call;
  bool is_command = true;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].starts_with("--")) {
      // These may stand before the command, with a value each.
      const bool is_common = Names{"--config", "--instance", "--set"}.contains(words[i]);
      if (is_common && is_command) ++i;
      if (!is_common && words[i] != "--json" && words[i] != "--help") call.options.insert(words[i]);
      is_command = is_command && call.command.empty();
    } else if (is_command && call.command.size() < 2 && IsCommand(words[i])) {
      call.command.push_back(words[i]);
    }
  }
  return call;
}

/// What is wrong with a call: its command, or an option that the command's --help does not tell.
std::vector<std::string> Complaints(const Call& call) {
  std::vector<std::string> words = call.command;
  std::string usage = "Usage: rosterctl";
  for (const std::string& word : words) usage += " " + word;
  words.emplace_back("--help");
  const testing::CommandResult help = Stack().Rosterctl(words);
  // Of words that are no command, it tells about those before them.
  if (help.out.find(usage + " ") == std::string::npos) return {"no such command"};
  std::vector<std::string> complaints;
  for (const std::string& option : call.options) {
    if (help.out.find(option + " ") == std::string::npos) {
      complaints.push_back(call.command.front() + ": no " + option);
    }
  }
  return complaints;
}

TEST(OperatorPages, CallCommandsThatThereAre) {
  std::map<std::string, std::vector<std::string>> complaints;
  size_t calls = 0;
  for (const std::string& page : OperatorPages()) {
    for (const std::string& span : CodeSpans(ReadSource(page))) {
      const std::vector<std::string> words = CallIn(span);
      if (words.empty()) continue;
      ++calls;
      const auto found = Complaints(Understand(words));
      if (!found.empty()) complaints[page + ": " + span] = found;
    }
  }
  EXPECT_GT(calls, 40U);
  EXPECT_THAT(complaints, IsEmpty());
}

}  // namespace
}  // namespace rosterd::docs

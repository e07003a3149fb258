#include "db/list_answer.h"

#include <utility>
#include <variant>

#include "db/changes.h"

namespace rosterd::db {

RecalledAnswer RecallAnswer(Connection& connection, const std::string& name) {
  const auto now = AnswerMemory::Clock::now();
  auto recalled = connection.Read([&](Session& session) -> StoreResult<RecalledAnswer> {
    AnswerMemory& memory = session.Answers();
    RecalledAnswer known{.asked = now, .memory = memory.Number()};
    if (!memory.Asked(name, now)) return known;
    const uint64_t version = Changes::VersionOfAll(session);
    if (const ListAnswer* answer = memory.Find(name, version, now)) {
      known.answer = *answer;
    } else {
      known.version = version;
    }
    return known;
  });
  return recalled ? *std::move(recalled) : RecalledAnswer();
}

void KeepAnswer(Connection& connection, const std::string& name, const RecalledAnswer& recalled,
                ListAnswer answer) {
  if (!recalled.version) return;
  // No statement; another connection may be on another host, whose versions count other writes.
  (void)connection.Read([&](Session& session) -> StoreResult<std::monostate> {
    if (session.Answers().Number() == recalled.memory) {
      session.Answers().Put(name, *recalled.version, recalled.asked, std::move(answer));
    }
    return std::monostate();
  });
}

}  // namespace rosterd::db

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "db/answer_memory.h"
#include "db/connection.h"

namespace rosterd::db {

/// What is known about an answer before its list is read.
struct RecalledAnswer {
  /// Set when the answer is known and is what the list would give now.
  std::optional<ListAnswer> answer = {};
  /// Otherwise what KeepAnswer has to know; not set when the answer is not worth keeping.
  std::optional<uint64_t> version = {};
  AnswerMemory::Clock::time_point asked = {};
  uint64_t memory = 0;
};

/// Looks for an answer that this connection gave within the last second. It holds when nothing that
/// a list shows was written since, on whatever host: one small statement reads the versions
/// (db/changes.h) that tell. So an answer is never older than the database; the second is for rows
/// that somebody writes by hand, past the versions. `name` says all that the answer depends upon
/// besides the database. A name that was not asked for within a second costs no statement, and its
/// answer is not kept. A database that does not answer makes it unknown.
RecalledAnswer RecallAnswer(Connection& connection, const std::string& name);

/// Keeps an answer that was read after RecallAnswer gave `recalled` for this name.
void KeepAnswer(Connection& connection, const std::string& name, const RecalledAnswer& recalled,
                ListAnswer answer);

}  // namespace rosterd::db

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "db/connection.h"
#include "handlers/brightact/call.h"
#include "handlers/json_writer.h"

namespace rosterd::brightact {

/// A list of any length as one bare JSON array, in order of ids. It is read by ranges of ids and
/// written piece by piece, so that a worker never holds more than one range of it.
template <typename Row>
class ArrayAnswer {
 public:
  /// At most so many rows are read at once.
  static constexpr int kBatch = 500;

  /// Gives at most kBatch rows with ids above the given one, by id.
  using Fetch = std::function<db::StoreResult<std::vector<Row>>(uint64_t after)>;
  using IdOf = uint64_t (*)(const Row&);
  using Write = std::function<void(JsonWriter&, const Row&)>;

  ArrayAnswer(Fetch fetch, IdOf id_of, Write write)
      : fetch_(std::move(fetch)), id_of_(id_of), write_(std::move(write)) {}

  /// The whole answer when it is short, else one with a stream; 503 when there is no database.
  static Answer Make(Fetch fetch, IdOf id_of, Write write) {
    auto list = std::make_shared<ArrayAnswer>(std::move(fetch), id_of, std::move(write));
    const auto first = list->fetch_(0);
    if (!first) return ToProblem(first.error());
    list->json_.StartArray();
    list->Append(*first);
    fcgi::Response response = JsonResponse(200, list->json_.Flush());
    if (!list->done_) response.stream = [list] { return list->Next(); };
    return response;
  }

 private:
  void Append(const std::vector<Row>& rows) {
    for (const Row& row : rows) write_(json_, row);
    if (!rows.empty()) after_ = id_of_(rows.back());
    done_ = rows.size() < static_cast<size_t>(kBatch);
    if (done_) json_.EndArray();
  }

  std::optional<std::string> Next() {
    if (done_) return std::nullopt;
    const auto rows = fetch_(after_);
    if (!rows) throw std::runtime_error("the database was lost in the middle of a list");
    Append(*rows);
    return json_.Flush();
  }

  Fetch fetch_;
  IdOf id_of_;
  Write write_;
  JsonWriter json_;
  uint64_t after_ = 0;
  bool done_ = false;
};

}  // namespace rosterd::brightact

#include "db/rows.h"

#include <cppdb/frontend.h>

#include <charconv>
#include <stdexcept>

namespace rosterd::db {

class Rows::Data {
 public:
  Data(const cppdb::result& result, std::shared_ptr<BulkyStatements> bulky, uint64_t number)
      : result_(result), bulky_(std::move(bulky)), number_(number) {}

  bool Next() {
    if (!result_.next()) return false;
    if (++rows_ == kBulky) bulky_->push_back(number_);
    return true;
  }
  bool IsNull(int column) { return result_.is_null(column); }
  /// False, and `text` untouched, when the column is NULL.
  bool Fetch(int column, std::string& text) { return result_.fetch(column, text); }

  // cppdb reads numbers through an istringstream, which takes longer than the rest of the row.
  template <typename Integer>
  Integer Number(int column) {
    if (!Fetch(column, scratch_)) return 0;
    Integer number = 0;
    const char* const end = scratch_.data() + scratch_.size();
    const auto [stop, error] = std::from_chars(scratch_.data(), end, number);
    if (error != std::errc() || stop != end) {
      throw std::logic_error("column " + std::to_string(column) + " is no number of this type");
    }
    return number;
  }

  std::optional<Time> Moment(int column) {
    if (!Fetch(column, scratch_)) return std::nullopt;
    return FromSql(scratch_);
  }

 private:
  static constexpr int kBulky = 1000;  // rows

  cppdb::result result_;
  std::shared_ptr<BulkyStatements> bulky_;
  uint64_t number_;
  int rows_ = 0;
  std::string scratch_;
};

Rows::Rows(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;
Rows::~Rows() = default;

bool Rows::Next() { return data_->Next(); }

bool Rows::IsNull(int column) const { return data_->IsNull(column); }

std::string Rows::Text(int column) const {
  std::string text;
  data_->Fetch(column, text);
  return text;
}

uint64_t Rows::Number(int column) const { return data_->Number<uint64_t>(column); }

int64_t Rows::Signed(int column) const { return data_->Number<int64_t>(column); }

std::optional<Time> Rows::Moment(int column) const { return data_->Moment(column); }

std::optional<std::string> Rows::OptionalText(int column) const {
  std::string text;
  if (!data_->Fetch(column, text)) return std::nullopt;
  return text;
}

Rows MakeRows(const cppdb::result& result, std::shared_ptr<BulkyStatements> bulky,
              uint64_t number) {
  return Rows(std::make_unique<Rows::Data>(result, std::move(bulky), number));
}

}  // namespace rosterd::db

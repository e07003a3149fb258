#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "db/connection.h"
#include "db/cscart/account_columns.h"
#include "db/cscart/profile_store.h"
#include "db/cscart/usergroup_store.h"
#include "db/ids.h"

namespace rosterd::db::cscart {

/// Which part of the directory somebody sees.
struct Sight {
  std::optional<uint64_t> company;      ///< accounts of this company alone
  std::optional<UserId> customers_and;  ///< customers, and this person
};

/// A person as this dialect shows it in lists. Contract: section 9, and "extended" of section 22.
struct UserRow {
  UserId id;
  std::string user_login;
  bool is_root = false;
  int64_t timestamp = 0;  ///< Unix seconds, as all times here
  std::string user_type;
  std::string status;  ///< A, P, D, H; a blocked person shows as D
  std::string first_name;
  std::string last_name;
  std::string email;
  std::string company;
  uint64_t company_id = 0;
  std::optional<std::string> company_name;
  std::string phone;
  int64_t last_login = 0;  ///< 0 = never
  int64_t points = 0;
};

/// What `full=Y` adds to one person. Contract: section 22.
struct UserDetails {
  AccountColumns account;
  std::vector<Profile> profiles;     ///< the main one first
  std::vector<UsergroupLink> links;  ///< without those to disabled groups
};

enum class UserOrder {
  kId,
  kUsername,
  kEmail,
  kName,
  kDate,
  kType,
  kStatus,
  kCompany,
  kPhone,
  kLastLogin,
  kUpdated,
};

/// Which persons a list shows; what is not set does not filter. All conditions hold together,
/// except that `compact` joins those marked with (*) by OR. Texts are contained, in any case of
/// letters. Contract: section 10.
struct UserFilter {
  Sight sight;
  bool nothing = false;  ///< a condition that nobody meets
  bool compact = false;
  std::optional<std::vector<uint64_t>> ids;  ///< empty = nobody
  std::vector<uint64_t> without_ids;
  std::vector<uint64_t> companies;                               ///< each must be the person's
  std::optional<std::string> company;                            ///< (*) free text
  std::optional<std::string> name;                               ///< (*) in first or in last name
  std::optional<std::pair<std::string, std::string>> two_names;  ///< (*) first and last, or swapped
  std::optional<std::string> user_login;                         ///< (*)
  std::optional<std::string> email;                              ///< (*)
  std::optional<uint64_t> usergroup_id;   ///< active link to it; 0 = no active link at all
  std::optional<std::string> status;      ///< one letter
  std::optional<std::string> address;     ///< (*) in one profile, as the next four
  std::optional<std::string> zipcode;     ///< (*)
  std::optional<std::string> country;     ///< (*)
  std::optional<std::string> state;       ///< (*)
  std::optional<std::string> city;        ///< (*)
  std::optional<std::string> state_code;  ///< equals, in that same profile
  std::optional<std::string> phone_digits;
  std::optional<std::string> user_type;
  std::optional<std::vector<std::string>> user_types;  ///< empty = nobody
  std::vector<std::string> without_user_types;
  std::optional<bool> is_root;
  std::optional<std::string> tax_exempt;
  std::optional<int64_t> updated_from;  ///< Unix seconds, both ends included
  std::optional<int64_t> updated_to;
  std::optional<std::vector<uint64_t>> found;  ///< set by UserStore::Narrow: nobody else is meant
};

/// The order of a list; equal ones by id.
struct UserSort {
  UserOrder by = UserOrder::kName;
  bool descending = false;
};

/// A part of a list, and how many persons the whole list holds, at the moment of the part.
struct UserPage {
  std::vector<UserRow> users;
  uint64_t total = 0;
};

/// Reads persons as the CS-Cart dialect sees them. Deleted ones are not there.
class UserStore {
 public:
  /// Of a person all members of UserRow, or those without phone, last_login and points.
  enum class Extent { kUsual, kAll };

  /// One person, when it is there and in sight. One statement.
  static StoreResult<std::optional<UserRow>> Find(Connection& connection, const Sight& sight,
                                                  UserId id, Extent extent);
  static StoreResult<bool> Sees(Connection& connection, const Sight& sight, UserId id);
  /// What is behind a person that Find has given.
  static StoreResult<UserDetails> Details(Connection& connection, UserId id);

  /// The same filter, limited to whom the search index finds where it helps. It holds for what a
  /// request reads now. Page does this by itself.
  static StoreResult<UserFilter> Narrow(Connection& connection, UserFilter filter);
  static StoreResult<uint64_t> Count(Connection& connection, const UserFilter& filter);
  /// `limit` rows of the ordered list, after the first `offset`.
  static StoreResult<UserPage> Page(Connection& connection, const UserFilter& filter,
                                    const UserSort& sort, uint64_t limit, uint64_t offset);
  /// The ids of such a part of the list: for answers that are too long to be held as rows.
  static StoreResult<std::vector<uint64_t>> Ids(Connection& connection, const UserFilter& filter,
                                                const UserSort& sort, uint64_t limit,
                                                uint64_t offset);
  /// The rows of at most kBatch ids, in their order, without those deleted since.
  static StoreResult<std::vector<UserRow>> Batch(Connection& connection,
                                                 std::span<const uint64_t> ids);
  static constexpr size_t kBatch = 500;
};

}  // namespace rosterd::db::cscart

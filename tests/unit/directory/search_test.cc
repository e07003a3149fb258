// Substring search with the index, against the scan that it spares.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <random>
#include <thread>

#include "db/bedita/record_store.h"
#include "db/bedita/search_texts.h"
#include "db/cscart/account_columns.h"
#include "db/cscart/profile_store.h"
#include "db/cscart/search_texts.h"
#include "db/cscart/user_store.h"
#include "db/person.h"
#include "db/search_index.h"
#include "db/tally.h"
#include "directory/search_indexer.h"
#include "tests/support/test_database.h"

namespace rosterd::directory {
namespace {

using db::Session;
using db::StoreResult;
using db::cscart::UserFilter;
using db::cscart::UserStore;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Ids = std::vector<uint64_t>;
using Done = std::monostate;
using Progress = SearchIndexer::Progress;

constexpr std::array kTexts = {db::kSharedSearchTexts, db::cscart::kProfileSearchTexts,
                               db::bedita::kOwnSearchTexts};

/// What makes one person differ from another here.
struct Texts {
  std::string first_name = {};
  std::string last_name = {};
  std::string company = {};
  std::string phone = {};
  std::string address = {};
  std::string title = {};
  std::string body = {};
};

/// One schema for all cases, emptied for each.
rosterd::testing::TestDatabase& Emptied() {
  static rosterd::testing::TestDatabase database;
  for (const char* table :
       {"cscart_profiles", "users", "person_ids", "search_queue", "search_postings"}) {
    database.Execute(std::string("DELETE FROM ") + table);
  }
  database.Execute("UPDATE search_state SET phase = 'none', chunk = 0");
  return database;
}

class SearchTest : public ::testing::Test {
 protected:
  void Write(db::Connection& connection, const std::function<void(Session&)>& work) {
    const auto outcome = connection.Transaction([&](Session& session) -> StoreResult<Done> {
      work(session);
      return Done();
    });
    ASSERT_TRUE(outcome);
  }

  static db::DialectValues ValuesOf(const Texts& texts) {
    db::DialectValues values;
    values.emplace_back(db::DialectColumn("bedita_title"), db::Parameter(texts.title));
    values.emplace_back(db::DialectColumn("bedita_body"), db::Parameter(texts.body));
    return values;
  }

  static db::Person PersonOf(uint64_t id, const Texts& texts) {
    db::Person person;
    person.id = {id};
    person.username = "u" + std::to_string(id);
    person.first_name = texts.first_name;
    person.last_name = texts.last_name;
    person.company = texts.company;
    person.phone = texts.phone;
    person.created_at = person.updated_at = db::Now();
    return person;
  }

  void Add(uint64_t id, const Texts& texts) {
    Write(connection_, [&](Session& session) {
      db::PersonStore::Insert(session, PersonOf(id, texts), {}, ValuesOf(texts));
      if (texts.address.empty()) return;
      db::cscart::Profile profile;
      profile.user = {id};
      profile.main = true;
      for (size_t i = 0; i < profile.values.size(); ++i) {
        if (db::cscart::kProfileColumns[i].name == "b_address") profile.values[i] = texts.address;
        if (db::cscart::kProfileColumns[i].name == "s_phone") profile.values[i] = texts.phone;
      }
      db::cscart::ProfileStore::Insert(session, profile, db::Now());
    });
  }

  void Rename(db::Connection& connection, uint64_t id, const std::string& name) {
    Write(connection, [&](Session& session) {
      const auto before = db::PersonStore::Find(session, {id}, /*lock=*/true);
      db::Person after = *before;
      after.first_name = name;
      db::PersonStore::Update(session, *before, after, {}, {}, false);
    });
  }

  void Purge(uint64_t id) {
    Write(connection_, [&](Session& session) {
      db::Tallies::Leave(session, {id});
      session.Execute("UPDATE users SET deleted_at = NOW(6) WHERE id = ?", id);
      session.Execute("UPDATE users SET bedita_title = NULL, bedita_body = NULL WHERE id = ?", id);
      db::cscart::AccountColumnStore::Erase(session, {id});
      db::PersonStore::Erase(session, {id});
    });
  }

  void Index() {
    while (indexer_.Step() == Progress::kMore) continue;
  }

  /// Whom a filter shows, found over the index where that can tell.
  Ids Shown(const UserFilter& filter) {
    const auto narrowed = UserStore::Narrow(reader_, filter);
    narrowed_ += narrowed->found ? 1 : 0;
    return *UserStore::Ids(reader_, *narrowed, {db::cscart::UserOrder::kId}, 1000, 0);
  }
  Ids Named(const std::string& name) {
    UserFilter filter;
    filter.name = name;
    return Shown(filter);
  }
  /// Whom it shows by a scan.
  Ids Scanned(const UserFilter& filter) {
    return *UserStore::Ids(reader_, filter, {db::cscart::UserOrder::kId}, 1000, 0);
  }
  bool HelpsToFind(const std::string& name) {
    UserFilter filter;
    filter.name = name;
    return UserStore::Narrow(reader_, filter)->found.has_value();
  }

  /// The same two for the words of `q`.
  Ids ShownByWords(const std::vector<std::string>& words, bool narrow) {
    return *reader_.Read([&](Session& session) -> StoreResult<Ids> {
      const db::bedita::Resource& users = db::bedita::Users();
      db::bedita::ListFilter filter;
      filter.words = words;
      for (size_t i = 0; i < users.attributes.size(); ++i) {
        filter.searched.set(i, users.attributes[i].searched);
      }
      if (narrow) {
        filter = db::bedita::Narrow(session, users, filter);
        narrowed_ += filter.found ? 1 : 0;
      }
      Ids ids;
      for (const auto& record :
           db::bedita::RecordStore::Page(session, users, filter, {}, {}, 1000, 0).records) {
        ids.push_back(record.id);
      }
      return ids;
    });
  }

  rosterd::testing::TestDatabase& database_ = Emptied();
  db::Connection connection_{database_.Settings()};
  db::Connection reader_{database_.Settings()};
  SearchIndexer indexer_{connection_, kTexts, /*least_id=*/1};
  int narrowed_ = 0;  // searches that the index helped with
};

/// Texts of characters that collations are odd about, and pieces of them.
class Scribe {
 public:
  std::string Text(size_t most) {
    std::string text;
    const size_t length = Below(most + 1);
    const size_t alphabet = Below(kAlphabets.size() + 1);
    for (size_t i = 0; i < length; ++i) {
      const auto& letters = kAlphabets.at(
          alphabet < kAlphabets.size() && Below(8) != 0 ? alphabet : Below(kAlphabets.size()));
      text += letters.at(Below(letters.size()));
    }
    return text;
  }

  Texts Person() {
    return {.first_name = Text(12),
            .last_name = Text(12),
            .company = Text(20),
            .phone = Text(4) + Digits() + "-" + Digits() + Text(2) + Digits(),
            .address = Text(20),
            .title = Below(4) == 0 ? Text(30) : "",
            .body = Below(8) == 0 ? Text(60) : ""};
  }

  /// A piece of a text, whole characters.
  std::string Piece(const std::string& text) {
    std::vector<std::string> letters;
    for (const char c : text) {
      if (letters.empty() || (static_cast<unsigned char>(c) & 0xC0U) != 0x80U)
        letters.emplace_back();
      letters.back() += c;
    }
    std::string piece;
    const size_t first = letters.empty() ? 0 : Below(letters.size());
    const size_t length = 1 + Below(6);
    for (size_t i = first; i < std::min(first + length, letters.size()); ++i) piece += letters[i];
    return piece;
  }

  std::string Digits() { return std::to_string(Below(1000)); }
  size_t Below(size_t limit) { return random_() % limit; }

 private:
  using Letters = std::vector<std::string>;
  static inline const std::vector<Letters> kAlphabets = {
      {"a", "b", "A", "B", "c", "e", "1", "2"},
      {"а", "б", "А", "в", "й", "ё", "Ё", "е", "и"},
      {"ß", "s", "S", "ss", "ﬃ", "f", "i", "ﬁ", "İ", "ı", "Æ", "ae", "ǆ", "dz", "ŉ", "ø"},
      {"a", "e", "\u0301", "\u0308", "é", "ë", "\u0306", "и", "\u00AD", "\u200D", "\u034F"},
      {"中", "文", "字", "日", "本", "ｱ", "ア", "あ", "가", "ᄀ", "ᅡ"},
      {"😀", "👩", "\u200D", "👧", "𝒳", "x", "🇩", "🇪"},
      {"ﷺ", "ﷻ", "㍿", "ก", "เ", "ำ", "क", "्", "ष", "ा"},
      {"%", "_", "\\", "'", "\"", " ", "\u00A0", ".", "@", "-", "１", "２", "1", "2"},
  };

  std::mt19937 random_{20261122};
};

TEST_F(SearchTest, GivesTheAnswersOfAScanForOddTexts) {
  Scribe scribe;
  std::vector<Texts> persons;
  for (uint64_t i = 0; i < 240; ++i) {
    persons.push_back(scribe.Person());
    Add(db::kChunkSize - 120 + i, persons.back());  // in two chunks
    if (i == 200) Index();                          // the rest waits
  }
  for (int i = 0; i < 600; ++i) {
    const Texts& one = persons.at(scribe.Below(persons.size()));
    UserFilter filter;
    filter.compact = scribe.Below(4) == 0;
    if (scribe.Below(2) == 0) filter.name = scribe.Piece(one.first_name);
    if (scribe.Below(3) == 0) filter.company = scribe.Piece(one.company);
    if (scribe.Below(3) == 0) filter.address = scribe.Piece(one.address);
    if (scribe.Below(6) == 0) filter.phone_digits = scribe.Digits();
    if (scribe.Below(6) == 0) {
      filter.two_names = {scribe.Piece(one.last_name), scribe.Piece(one.first_name)};
    }
    if (scribe.Below(9) == 0) filter.email = scribe.Text(4);
    ASSERT_EQ(Shown(filter), Scanned(filter))
        << filter.name.value_or("-") << '|' << filter.company.value_or("-") << '|'
        << filter.address.value_or("-") << '|' << filter.phone_digits.value_or("-");
    std::vector<std::string> words = {scribe.Piece(one.company + one.title + one.last_name)};
    if (scribe.Below(2) == 0) words.push_back(scribe.Piece(one.first_name + "_" + one.body));
    ASSERT_EQ(ShownByWords(words, true), ShownByWords(words, false)) << words.front();
  }
  EXPECT_GT(narrowed_, 300);
}

// Contractions would have weights of their own, which LIKE does not know: the collation has none.
TEST_F(SearchTest, RestsOnLettersWithWeightsOfTheirOwn) {
  database_.Execute(
      "CREATE TABLE IF NOT EXISTS letters AS SELECT seq, CONVERT(CHAR(seq USING ucs2) USING "
      "utf8mb4)"
      " COLLATE utf8mb4_unicode_520_ci c FROM seq_160_to_3711");
  const std::string pairs =
      "SELECT COUNT(*) FROM letters a JOIN letters b WHERE WEIGHT_STRING(CONCAT(a.c, b.c)) <>"
      " CONCAT(WEIGHT_STRING(a.c), WEIGHT_STRING(b.c)) AND ";
  EXPECT_EQ(database_.Ask(pairs + "a.seq < 1400 AND b.seq BETWEEN 768 AND 879"), "0");
  EXPECT_EQ(database_.Ask(pairs + "a.seq > 3584 AND b.seq > 3584"), "0");
}

TEST_F(SearchTest, FindsAChangeBeforeItIsIndexed) {
  Add(1, {.first_name = "Ulrike"});
  Add(2, {.first_name = "Ulrich"});
  Index();
  EXPECT_THAT(Named("LRI"), ElementsAre(1, 2));

  Rename(connection_, 2, "Heinrich");
  EXPECT_THAT(Named("einr"), ElementsAre(2));
  EXPECT_THAT(Named("lri"), ElementsAre(1));

  Index();
  EXPECT_EQ(database_.Ask("SELECT COUNT(*) FROM search_queue"), "0");
  EXPECT_THAT(Named("einr"), ElementsAre(2));
  EXPECT_THAT(Named("lri"), ElementsAre(1));
  EXPECT_EQ(narrowed_, 5);
}

TEST_F(SearchTest, FindsWhatATransactionHasNotQueuedWhenItDoesNotCommit) {
  Add(1, {.first_name = "Ulrike"});
  Index();
  const auto refused = connection_.Transaction([&](Session& session) -> StoreResult<Done> {
    db::PersonStore::Insert(session, PersonOf(2, {.first_name = "Ulrich"}), {}, {});
    return db::StoreError::kNotFound;
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(database_.Ask("SELECT COUNT(*) FROM person_ids"), "0");
  EXPECT_THAT(Named("lri"), ElementsAre(1));
}

TEST_F(SearchTest, FindsWordsAcrossColumnsThatAreJoined) {
  Add(1, {.first_name = "Ulrike", .last_name = "Meier"});
  Add(2, {.first_name = "Meier", .last_name = "Ulrike"});
  Index();
  EXPECT_THAT(ShownByWords({"ke mei"}, true), ElementsAre(1));
  EXPECT_THAT(ShownByWords({"ke\u00A0mei"}, true), ElementsAre(1));
  EXPECT_THAT(ShownByWords({"lrike_Mei"}, true), ElementsAre(1));
  EXPECT_EQ(narrowed_, 3);
}

TEST_F(SearchTest, FindsPhonesByTheirDigits) {
  Add(1, {.phone = "+7 (842) 55-01-99"});
  Add(2, {.phone = "8425", .address = "Main St"});
  Index();
  UserFilter filter;
  filter.phone_digits = "842550199";
  EXPECT_THAT(Shown(filter), ElementsAre(1));
  filter.phone_digits = "8425";
  EXPECT_THAT(Shown(filter), ElementsAre(1, 2));
  EXPECT_EQ(narrowed_, 2);
}

TEST_F(SearchTest, FindsTextsThatAreTooLongToBeTakenApart) {
  Add(1, {.body = std::string(60'000, 'x') + "needle"});
  Add(2, {.first_name = "needle"});
  Add(3, {.first_name = "hay"});
  Index();
  EXPECT_THAT(ShownByWords({"needle"}, true), ElementsAre(1, 2));
  EXPECT_EQ(narrowed_, 1);
}

TEST_F(SearchTest, LeavesNothingOfAPurgedPerson) {
  const uint64_t alone = 5 * db::kChunkSize + 7;
  Add(1, {.first_name = "Ulrike", .address = "Main St"});
  Add(2, {.first_name = "Ulrike", .address = "Main St", .body = "body"});
  Add(alone, {.first_name = "Ulrike", .address = "Main St", .title = "title"});
  Index();
  ASSERT_NE(database_.Ask("SELECT COUNT(*) FROM search_postings WHERE chunk = 5"), "0");

  Purge(2);
  Purge(alone);
  Index();

  EXPECT_EQ(database_.Ask("SELECT COUNT(*) FROM search_postings WHERE chunk = 5"), "0");
  EXPECT_EQ(database_.Ask("SELECT HEX(places) FROM search_postings GROUP BY 1"), "0001");
  EXPECT_THAT(Named("lri"), ElementsAre(1));
}

TEST_F(SearchTest, CannotTellOfAShortTextOrOfTooMany) {
  Add(1, {.first_name = "Ulrike"});
  Index();
  EXPECT_FALSE(HelpsToFind("ul"));
  EXPECT_FALSE(HelpsToFind("u\nl\nr"));
  EXPECT_TRUE(HelpsToFind("ulr"));
  EXPECT_TRUE(HelpsToFind("nobody at all"));

  database_.Execute("INSERT INTO search_queue (user_id) SELECT seq FROM seq_1_to_2001");
  EXPECT_FALSE(HelpsToFind("ulr"));
  EXPECT_THAT(Named("ulr"), ElementsAre(1));
  Index();
  EXPECT_TRUE(HelpsToFind("ulr"));

  database_.Execute(
      "INSERT INTO search_postings SELECT gram, 9, 16384, REPEAT(X'FF', 2048) FROM "
      "search_postings");
  EXPECT_FALSE(HelpsToFind("ulr"));
}

TEST_F(SearchTest, ScansASmallDirectory) {
  SearchIndexer indexer(connection_, kTexts);
  Add(1, {.first_name = "Ulrike"});
  while (indexer.Step() == Progress::kMore) continue;
  EXPECT_FALSE(HelpsToFind("ulr"));
  EXPECT_EQ(database_.Ask("SELECT COUNT(*) FROM search_queue"), "0");
  EXPECT_THAT(Named("ulr"), ElementsAre(1));

  Add(SearchIndexer::kLeastId, {.first_name = "Ulrich"});
  while (indexer.Step() == Progress::kMore) continue;
  EXPECT_TRUE(HelpsToFind("ulr"));
  EXPECT_THAT(Named("ulr"), ElementsAre(1, SearchIndexer::kLeastId));
}

TEST_F(SearchTest, IsBuiltAnewWithoutWhatIsGone) {
  Add(1, {.first_name = "Ulrike"});
  Index();
  Rename(connection_, 1, "Anna");
  Index();
  const std::string before = database_.Ask("SELECT COUNT(*) FROM search_postings");
  ASSERT_TRUE(indexer_.Rebuild());
  EXPECT_LT(std::stoi(database_.Ask("SELECT COUNT(*) FROM search_postings")), std::stoi(before));
  EXPECT_THAT(Named("ann"), ElementsAre(1));
  EXPECT_THAT(Named("ulr"), IsEmpty());
  EXPECT_EQ(narrowed_, 2);
}

// Each writer looks for what it has just committed, while two indexers work and one builds anew.
TEST_F(SearchTest, IsExactWhileWritersAndIndexersRun) {
  for (uint64_t id = 1; id <= 40; ++id) Add(id * 1000, {.first_name = "start"});
  Index();
  std::atomic<bool> over = false;
  std::atomic<int> failures = 0;
  const auto index = [&](bool rebuilds) {
    db::Connection connection(database_.Settings());
    SearchIndexer indexer(connection, kTexts, 1);
    while (!over) {
      if (rebuilds) indexer.Rebuild();
      indexer.Step();
    }
  };
  std::thread first(index, false);
  std::thread second(index, true);
  std::thread other([&] {
    db::Connection connection(database_.Settings());
    for (uint64_t i = 0; !over; ++i)
      Rename(connection, (1 + i % 20) * 1000, "x" + std::to_string(i));
  });
  for (uint64_t i = 0; i < 150; ++i) {
    const uint64_t id = (21 + i % 20) * 1000;
    const std::string name = "name " + std::to_string(100'000 + i);
    Rename(connection_, id, name);
    if (Named(name) != Ids{id}) ++failures;
    if (Named(name + "0") != Ids{}) ++failures;
  }
  over = true;
  for (std::thread* thread : {&first, &second, &other}) thread->join();
  EXPECT_EQ(failures, 0);
  Index();
  EXPECT_THAT(Named("name 100149"), ElementsAre(30'000));
}

TEST(Places, SurviveTheirPacking) {
  for (const size_t step : {1U, 3U, 16U, 17U, 900U, 16384U}) {
    db::Places places;
    for (size_t place = 0; place < db::kChunkSize; place += step) {
      places.Add(static_cast<uint16_t>(place));
    }
    EXPECT_LE(places.Pack().size(), 2048U);
    EXPECT_EQ(db::Places::Unpack(places.Pack()), places);
  }
  EXPECT_EQ(db::Places().Pack(), "");
}

TEST(Grams, GoAcrossNoBreak) {
  std::vector<db::Gram> grams;
  const std::string weights("\0\1\0\2\0\3\0\4\0\7\0\5\0\6", 14);
  db::ForEachGram(weights, {7, 0}, [&](db::Gram gram) { grams.push_back(gram); });
  EXPECT_THAT(grams, ElementsAre(0x0001'0002'0003, 0x0002'0003'0004));
}

}  // namespace
}  // namespace rosterd::directory

#include "ctl/demo_persons.h"

#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace rosterd::ctl {
namespace {

/// A name as it is written, and in the letters of an e-mail address.
struct Name {
  std::string_view shown;
  std::string_view latin;
};

struct Place {
  std::string_view city;
  std::string_view state;
  std::string_view country;
  std::string_view street;
  int zipcode;
  std::string_view phone;
};

constexpr auto kRussianFirst = std::to_array<Name>({{"Иван", "ivan"},
                                                    {"Пётр", "petr"},
                                                    {"Сергей", "sergey"},
                                                    {"Алексей", "alexey"},
                                                    {"Дмитрий", "dmitry"},
                                                    {"Николай", "nikolay"},
                                                    {"Михаил", "mikhail"},
                                                    {"Анна", "anna"},
                                                    {"Елена", "elena"},
                                                    {"Ольга", "olga"},
                                                    {"Мария", "maria"},
                                                    {"Татьяна", "tatyana"},
                                                    {"Наталья", "natalya"},
                                                    {"Екатерина", "ekaterina"}});
// Indeclinable or the same for men and women, so that any first name fits.
constexpr auto kRussianLast = std::to_array<Name>({{"Шевченко", "shevchenko"},
                                                   {"Коваленко", "kovalenko"},
                                                   {"Черных", "chernykh"},
                                                   {"Долгих", "dolgikh"},
                                                   {"Седых", "sedykh"},
                                                   {"Бондаренко", "bondarenko"},
                                                   {"Мельник", "melnik"},
                                                   {"Гончар", "gonchar"},
                                                   {"Ким", "kim"},
                                                   {"Цой", "tsoy"},
                                                   {"Белых", "belykh"},
                                                   {"Ткач", "tkach"}});
constexpr auto kLatinFirst = std::to_array<Name>({{"James", "james"},
                                                  {"Mary", "mary"},
                                                  {"Robert", "robert"},
                                                  {"Linda", "linda"},
                                                  {"John", "john"},
                                                  {"Emma", "emma"},
                                                  {"David", "david"},
                                                  {"Sarah", "sarah"},
                                                  {"José", "jose"},
                                                  {"Zoë", "zoe"},
                                                  {"Jürgen", "jurgen"},
                                                  {"Chloe", "chloe"}});
constexpr auto kLatinLast = std::to_array<Name>({{"Smith", "smith"},
                                                 {"Johnson", "johnson"},
                                                 {"O'Brien", "obrien"},
                                                 {"García", "garcia"},
                                                 {"Müller", "muller"},
                                                 {"Brown", "brown"},
                                                 {"Nguyen", "nguyen"},
                                                 {"Wilson", "wilson"},
                                                 {"Kowalski", "kowalski"},
                                                 {"Martin", "martin"},
                                                 {"Lee", "lee"},
                                                 {"Clark", "clark"}});
constexpr auto kRussianPlaces =
    std::to_array<Place>({{"Москва", "MOS", "RU", "ул. Тверская", 101000, "+7 495 "},
                          {"Санкт-Петербург", "SPE", "RU", "Невский пр.", 190000, "+7 812 "},
                          {"Ульяновск", "ULY", "RU", "ул. Гончарова", 432000, "+7 842 "},
                          {"Орёл", "ORL", "RU", "ул. Ленина", 302000, "+7 486 "},
                          {"Тула", "TUL", "RU", "пр. Мира", 300000, "+7 487 "}});
constexpr auto kLatinPlaces =
    std::to_array<Place>({{"Boston", "MA", "US", "Beacon St", 2108, "+1 617 "},
                          {"New York", "NY", "US", "Broadway", 10001, "+1 212 "},
                          {"Austin", "TX", "US", "Congress Ave", 73301, "+1 512 "},
                          {"Seattle", "WA", "US", "Pike St", 98101, "+1 206 "},
                          {"Chicago", "IL", "US", "State St", 60601, "+1 312 "}});
constexpr uint64_t kMinutesOfThreeYears = uint64_t{3} * 365 * 24 * 60;
constexpr auto kCompanies = std::to_array<std::string_view>(
    {"", "", "", "", "Ромашка", "Acme Ltd", "Север и Ко", "Blue Lake Trading", "Globex"});

/// Small numbers that look random and depend on the person's id alone.
class Dice {
 public:
  explicit Dice(uint64_t id) : state_(id) {}
  uint64_t Below(uint64_t limit) { return Next() % limit; }
  template <typename Items>
  const auto& Pick(const Items& items) {
    return items[Below(items.size())];
  }
  /// `count` decimal digits.
  std::string Digits(size_t count) {
    std::string digits;
    for (size_t i = 0; i < count; ++i) digits += static_cast<char>('0' + Below(10));
    return digits;
  }

 private:
  // SplitMix64: neighbouring ids give unlike numbers, and it is the same everywhere.
  uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15U;
    uint64_t mixed = (state_ ^ (state_ >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }

  uint64_t state_;
};

std::string Status(uint64_t percent) {
  if (percent < 90) return "active";
  if (percent < 94) return "disabled";
  return percent < 97 ? "pending" : "hidden";
}

std::string UserType(uint64_t percent) {
  if (percent < 95) return "C";
  return percent < 98 ? "V" : "A";
}

void SetNames(db::cscart::DemoPerson& person, Dice& dice, bool russian) {
  const Name first = russian ? dice.Pick(kRussianFirst) : dice.Pick(kLatinFirst);
  const Name last = russian ? dice.Pick(kRussianLast) : dice.Pick(kLatinLast);
  const std::string number = std::to_string(person.id.value);
  person.first_name = first.shown;
  person.last_name = last.shown;
  person.email.append(first.latin).append(".").append(last.latin);
  person.email.append(number).append("@demo.example");
  person.username = "user_" + number;
  if (dice.Below(3) == 0) person.username = std::string(last.latin).append(number);
}

void SetAddress(db::cscart::DemoPerson& person, Dice& dice, bool russian) {
  const Place place = russian ? dice.Pick(kRussianPlaces) : dice.Pick(kLatinPlaces);
  std::string zipcode = std::to_string(static_cast<uint64_t>(place.zipcode) + dice.Below(90));
  if (zipcode.size() < 5) zipcode.insert(0, 5 - zipcode.size(), '0');
  const std::string house = std::to_string(1 + dice.Below(120));
  const std::string street(place.street);
  person.city = place.city;
  person.state = place.state;
  person.country = place.country;
  person.zipcode = zipcode;
  person.address = russian ? street + ", " + house : house + " " + street;
  person.phone = std::string(place.phone) + dice.Digits(3) + "-" + dice.Digits(4);
}

}  // namespace

db::cscart::DemoPerson MakeDemoPerson(uint64_t id, const DemoWorld& world) {
  Dice dice(id);
  db::cscart::DemoPerson person;
  person.id = {id};
  const bool russian = dice.Below(2) == 0;
  SetNames(person, dice, russian);
  SetAddress(person, dice, russian);
  person.company = dice.Pick(kCompanies);
  person.status = Status(dice.Below(100));
  person.user_type = UserType(dice.Below(100));
  person.company_id = 1 + dice.Below(world.companies);
  person.created_at = world.now - std::chrono::minutes(dice.Below(kMinutesOfThreeYears));
  if (dice.Below(3) != 0) {
    const auto age = std::chrono::floor<std::chrono::minutes>(world.now - person.created_at);
    const auto minutes = static_cast<uint64_t>(age.count()) + 1;
    person.last_login_at = person.created_at + std::chrono::minutes(dice.Below(minutes));
  }
  if (person.user_type == "C" && !world.usergroups.empty() && dice.Below(10) == 0) {
    person.usergroup = dice.Pick(world.usergroups);
  }
  return person;
}

}  // namespace rosterd::ctl

#include "ctl/demo_persons.h"

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "ctl/demo_names.h"
#include "ctl/dice.h"

namespace rosterd::ctl {
namespace {

using db::demo::DemoPerson;

struct Place {
  std::string_view city;
  std::string_view state;
  std::string_view country;
  int zipcode;
};

// The largest ones first.
constexpr auto kRussianPlaces = std::to_array<Place>({{"Москва", "MOS", "RU", 101000},
                                                      {"Санкт-Петербург", "SPE", "RU", 190000},
                                                      {"Новосибирск", "NVS", "RU", 630000},
                                                      {"Екатеринбург", "SVE", "RU", 620000},
                                                      {"Казань", "TA", "RU", 420000},
                                                      {"Нижний Новгород", "NIZ", "RU", 603000},
                                                      {"Самара", "SAM", "RU", 443000},
                                                      {"Ульяновск", "ULY", "RU", 432000},
                                                      {"Ярославль", "YAR", "RU", 150000},
                                                      {"Тула", "TUL", "RU", 300000},
                                                      {"Орёл", "ORL", "RU", 302000},
                                                      {"Йошкар-Ола", "ME", "RU", 424000}});
constexpr auto kLatinPlaces = std::to_array<Place>({{"New York", "NY", "US", 10001},
                                                    {"Chicago", "IL", "US", 60601},
                                                    {"Boston", "MA", "US", 2108},
                                                    {"Seattle", "WA", "US", 98101},
                                                    {"Austin", "TX", "US", 73301},
                                                    {"Portland", "OR", "US", 97035},
                                                    {"Santa Fe", "NM", "US", 87501},
                                                    {"Berlin", "BE", "DE", 10115},
                                                    {"München", "BY", "DE", 80331},
                                                    {"Warszawa", "MZ", "PL", 10000},
                                                    {"Sevilla", "SE", "ES", 41001},
                                                    {"Lyon", "69", "FR", 69001}});
constexpr auto kRussianStreets = std::to_array<std::string_view>(
    {"ул. Ленина", "ул. Гагарина", "пр. Мира", "ул. Гончарова", "Садовая ул.", "ул. Пушкина",
     "Набережная ул.", "ул. Тверская", "Невский пр.", "Школьный пер."});
constexpr auto kLatinStreets = std::to_array<std::string_view>(
    {"Main St", "Oak Ave", "Park Rd", "Maple Dr", "Beacon St", "Congress Ave", "Pike St",
     "Broadway", "Mill Ln", "Station Rd"});
constexpr auto kCompanies = std::to_array<std::string_view>(
    {"Ромашка",      "Acme Ltd",      "Север и Ко",    "Blue Lake Trading", "Globex",
     "ООО «Вектор»", "ИП Соколов",    "Initech",       "Stark & Söhne",     "Волга-Транс",
     "Umbra Optics", "Hooli",         "Дом книги",     "Fjord Fisk AS",     "Завод «Маяк»",
     "Northwind",    "Tailspin Toys", "Контур-Сервис", "Café del Sol",      "O'Hara Bros."});
constexpr auto kPositions = std::to_array<std::string_view>(
    {"", "", "manager", "buyer", "accountant", "engineer", "менеджер", "бухгалтер", "инженер",
     "директор", "sales", "owner"});
constexpr auto kMailHosts = std::to_array<std::string_view>(
    {"demo.example", "mail.demo.example", "post.demo.example", "inbox.demo.example"});

constexpr uint64_t kMinutesOfThreeYears = uint64_t{3} * 365 * 24 * 60;
constexpr int64_t kSecondsOfADay = 86400;

std::string Status(uint64_t percent) {
  if (percent < 90) return "active";
  if (percent < 94) return "disabled";
  return percent < 97 ? "pending" : "hidden";
}

std::string UserType(uint64_t percent) {
  if (percent < 95) return "C";
  return percent < 98 ? "V" : "A";
}

/// A moment of the time since then.
db::Time Since(db::Time then, db::Time now, Dice& dice) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(now - then).count();
  return then + std::chrono::minutes(dice.Below(static_cast<uint64_t>(minutes) + 1));
}

// Each ends in the id, behind a letter: nobody has another one's.
void SetLogins(DemoPerson& person, const DemoName& name, Dice& dice) {
  const std::string number = std::to_string(person.id.value);
  const std::string first = AsciiOf(name.first);
  const std::string last = AsciiOf(name.last);
  const std::array<std::string, 4> locals = {first + "." + last, first.substr(0, 1) + last,
                                             last + "." + first, first};
  person.email = dice.PickSkewed(locals) + number + "@";
  person.email += dice.PickSkewed(kMailHosts);
  const std::array<std::string, 3> logins = {"user_" + number, last + number, person.email};
  person.username = dice.PickSkewed(logins);
  if (dice.Percent(30)) person.uname = first + "-" + last + "-" + number;
}

// An odd factor that 5 does not divide gives each id below a thousand million another number.
std::string PhoneOf(uint64_t id, bool russian) {
  constexpr uint64_t kNumbers = 1'000'000'000;
  const std::string digits = std::to_string(kNumbers + id % kNumbers * 387'420'489 % kNumbers);
  const std::string start = russian ? "+7 9" : "+1 2";
  return start + digits.substr(1, 2) + " " + digits.substr(3, 3) + "-" + digits.substr(6);
}

void SetAddress(DemoPerson& person, Dice& dice, bool russian) {
  const Place place = russian ? dice.PickSkewed(kRussianPlaces) : dice.PickSkewed(kLatinPlaces);
  std::string zipcode = std::to_string(static_cast<uint64_t>(place.zipcode) + dice.Below(90));
  if (zipcode.size() < 5) zipcode.insert(0, 5 - zipcode.size(), '0');
  const std::string house = std::to_string(1 + dice.Below(120));
  const std::string street(russian ? dice.Pick(kRussianStreets) : dice.Pick(kLatinStreets));
  person.city = place.city;
  person.state = place.state;
  person.country = place.country;
  person.zipcode = zipcode;
  person.address = russian ? street + ", " + house : house + " " + street;
}

void SetAccount(DemoPerson& person, const DemoWorld& world, Dice& dice) {
  person.status = Status(dice.Below(100));
  person.user_type = UserType(dice.Below(100));
  person.company_id = 1 + dice.Below(world.companies);
  person.created_at = world.now - std::chrono::minutes(dice.Below(kMinutesOfThreeYears));
  person.updated_at = person.created_at;
  if (dice.Percent(40)) person.updated_at = Since(person.created_at, world.now, dice);
  if (dice.Percent(67)) person.last_login_at = Since(person.created_at, world.now, dice);
  person.blocked = person.id.value % 100 == 74;
  if (person.id.value % 50 == 49) {
    person.deleted_at = Since(person.updated_at, world.now, dice);
    person.updated_at = *person.deleted_at;
  }
}

void SetMemberships(DemoPerson& person, const DemoWorld& world, Dice& dice) {
  const bool wholesale = dice.Percent(10);
  if (wholesale && person.user_type == "C" && !world.usergroups.empty()) {
    person.usergroup = dice.Pick(world.usergroups);
  }
  if (dice.Percent(10) && !world.roles.empty()) person.role = dice.PickSkewed(world.roles);
  if (dice.Percent(20) && !world.orgs.empty()) person.org = dice.PickSkewed(world.orgs);
}

void SetRest(DemoPerson& person, const DemoName& name, Dice& dice, bool russian) {
  if (dice.Percent(60)) person.display_name = name.first + " " + name.last;
  if (dice.Percent(95)) person.phone = PhoneOf(person.id.value, russian);
  person.signs_in_by_phone = dice.Percent(25) && !person.phone.empty() && !person.deleted_at;
  if (dice.Percent(45)) {
    person.company = dice.PickSkewed(kCompanies);
    person.position = dice.Pick(kPositions);
  }
  if (dice.Percent(50)) person.gender = name.female ? "female" : "male";
  if (dice.Percent(40)) {
    const auto days = static_cast<int64_t>(dice.Below(uint64_t{50} * 365));
    person.birthday = (days - int64_t{12} * 365) * kSecondsOfADay;
  }
}

}  // namespace

DemoPerson MakeDemoPerson(uint64_t id, const DemoWorld& world) {
  Dice dice(id);
  DemoPerson person;
  person.id = {id};
  const bool russian = dice.Percent(50);
  const DemoName name = PickName(dice, russian);
  person.first_name = name.first;
  person.last_name = name.last;
  person.language = russian ? "ru" : "en";
  SetLogins(person, name, dice);
  SetAddress(person, dice, russian);
  SetAccount(person, world, dice);
  SetMemberships(person, world, dice);
  SetRest(person, name, dice, russian);
  return person;
}

}  // namespace rosterd::ctl

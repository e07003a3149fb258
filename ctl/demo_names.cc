#include "ctl/demo_names.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace rosterd::ctl {
namespace {

using Names = std::vector<std::string_view>;

Names Words(std::string_view text) {
  Names words;
  for (size_t start = 0; start < text.size();) {
    const size_t end = std::min(text.find(' ', start), text.size());
    words.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

// The most frequent ones first.
constexpr std::string_view kRussianMen =
    "Александр Сергей Дмитрий Андрей Алексей Владимир Максим Евгений Иван Николай Михаил Павел "
    "Виктор Артём Роман Игорь Юрий Денис Олег Илья Кирилл Антон Анатолий Константин Никита "
    "Валерий Пётр Егор Василий Вячеслав Руслан Даниил Виталий Станислав Борис Матвей Тимур Марк "
    "Фёдор Григорий Георгий Леонид Арсений Степан Вадим Глеб Тимофей Ярослав Семён Эдуард Ринат "
    "Рустам Лев Геннадий Богдан Всеволод Захар Мирон Савелий Платон";
constexpr std::string_view kRussianWomen =
    "Елена Ольга Наталья Екатерина Анна Татьяна Мария Ирина Светлана Юлия Анастасия Марина "
    "Людмила Дарья Галина Надежда Валентина Виктория Любовь Ксения Алина Оксана Вера Полина "
    "Лариса Нина Александра Евгения Кристина Тамара Софья Алла Яна Инна Зинаида Вероника Диана "
    "Элина Маргарита Раиса Алёна Жанна Эльвира Карина Лидия Варвара Милана Арина Гульнара "
    "Регина Ульяна Василиса Антонина Снежана Лилия Злата Серафима Таисия Эльмира Мирослава";
constexpr std::string_view kRussianLast =
    "Иванов Смирнов Кузнецов Попов Соколов Лебедев Козлов Новиков Морозов Петров Волков Соловьёв "
    "Васильев Зайцев Павлов Семёнов Голубев Виноградов Богданов Воробьёв Фёдоров Михайлов Беляев "
    "Тарасов Белов Комаров Орлов Киселёв Макаров Андреев Ковалёв Ильин Гусев Титов Кузьмин "
    "Кудрявцев Баранов Куликов Алексеев Степанов Яковлев Сорокин Сергеев Романов Захаров Борисов "
    "Королёв Герасимов Пономарёв Григорьев Лазарев Медведев Ершов Никитин Соболев Рябов Поляков "
    "Цветков Данилов Жуков Фролов Журавлёв Николаев Крылов Максимов Сидоров Осипов Белоусов "
    "Федотов Дорофеев Егоров Матвеев Бобров Дмитриев Калинин Анисимов Петухов Антонов Тимофеев "
    "Никифоров Веселов Филиппов Марков Большаков Суханов Миронов Ширяев Александров Коновалов "
    "Шестаков Казаков Ефимов Денисов Громов Фомин Давыдов Мельников Щербаков Блинов Колесников "
    "Карпов Афанасьев Власов Маслов Исаков Тихонов Аксёнов Гаврилов Родионов Котов Горбунов "
    "Кудряшов Быков Зуев Третьяков Савельев Панов Рыбаков Суворов Абрамов Воронов Мухин Архипов "
    "Трофимов Мартынов Емельянов Горшков Чернов Овчинников Селезнёв Панфилов Копылов Михеев "
    "Галкин Назаров Лобанов Лукин Беляков Потапов Некрасов Хохлов Жданов Наумов Шилов Воронцов "
    "Ермаков Дроздов Игнатьев Савин Логинов Сафонов Капустин Кириллов Моисеев Елисеев Кошелев "
    "Костин Горбачёв Орехов Ефремов Исаев Евдокимов Калашников Кабанов Носков Юдин Кулагин Лапин "
    "Прохоров Нестеров Харитонов Агафонов Муравьёв Ларионов Федосеев Зимин Пахомов Шубин Игнатов "
    "Филатов Крюков Рогов Кулаков Терентьев Молчанов Владимиров Артемьев Гурьев Зиновьев Гришин "
    "Кононов Дементьев Ситников Симонов Мишин Фадеев Комиссаров Мамонтов Носов Гуляев Шаров "
    "Устинов Вишняков Евсеев Лаврентьев Брагин Константинов Корнилов Авдеев Зыков Бирюков Шарапов "
    "Никонов Щукин Дьячков Одинцов Сазонов Якушев Красильников Гордеев Самойлов Князев Беспалов "
    "Уваров Шашков Бобылёв Доронин Белозёров Рожков Самсонов Мясников Лихачёв Буров Сысоев Фомичёв "
    "Русаков Стрелков Гущин Тетерин Колобов Субботин Фокин Блохин Селиверстов Пестов Кондратьев "
    "Силин Меркушев Лыткин Туров Достоевский Вяземский Островский Покровский Черниговский "
    "Троицкий Озерский Белинский Крамской Трубецкой Полевой Береговой Толстой Чёрный Белый "
    "Шевченко Коваленко Бондаренко Ткаченко Кравченко Олейник Мельник Гончар Ким Цой Пак Черных "
    "Седых Долгих Белых Хан Мартиросян Саркисян Гордадзе Мамедов Алиев Гасанов Хабибуллин Галиев "
    "Сафин Шарипов Нуриев Ахметов Валиев Каримов Юсупов Исмаилов Магомедов Рахимов";
constexpr std::string_view kLatinMen =
    "James John Robert Michael David William Richard Thomas Daniel Matthew Anthony Mark Steven "
    "Andrew Paul Joshua Kevin Brian George Edward José Carlos Luis Juan Miguel Lukas Jürgen Björn "
    "Søren Łukasz Piotr Jean René François Giovanni Marco Patrick Ryan Jack Henry Oliver Liam Noah "
    "Ethan Samuel Benjamin Adam Nathan Peter Simon Martin Hans Erik Ali Omar Wei Hiroshi Arjun";
constexpr std::string_view kLatinWomen =
    "Mary Patricia Jennifer Linda Elizabeth Susan Jessica Sarah Karen Lisa Nancy Emily Emma Olivia "
    "Sophia Chloe Grace Hannah Zoë Anaïs Léa Camille Renée María Carmen Lucía Sofía Ana Isabel "
    "Ingrid Astrid Freya Katarzyna Małgorzata Agnieszka Giulia Chiara Francesca Laura Julia Marie "
    "Sabine Heike Kristin Rachel Amy Rebecca Helen Alice Ruth Victoria Charlotte Amelia Isla "
    "Fatima "
    "Aisha Mei Yuki Priya";
constexpr std::string_view kLatinLast =
    "Smith Johnson Williams Brown Jones García Miller Davis Rodríguez Martínez Hernández López "
    "González Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Pérez Thompson White Harris "
    "Sánchez Clark Ramírez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill "
    "Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gómez Phillips "
    "Evans Turner Díaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers "
    "Gutiérrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson "
    "Watson Brooks Chávez Wood Bennett Gray Mendoza Ruiz Hughes Price Álvarez Castillo Sanders "
    "Patel Myers Long Ross Foster Jiménez Powell Jenkins Perry Russell Sullivan Bell Coleman "
    "Butler "
    "Henderson Barnes Fisher Vásquez Simmons Romero Jordan Patterson Alexander Hamilton Graham "
    "Reynolds Griffin Wallace Moreno West Cole Hayes Bryant Herrera Gibson Ellis Tran Medina "
    "Stevens "
    "Murray Ford Castro Marshall Owens Harrison Fernández McDonald Woods Washington Kennedy Wells "
    "Vargas Henry Chen Freeman Webb Tucker Guzmán Burns Crawford Olson Simpson Porter Hunter "
    "Gordon "
    "Méndez Silva Shaw Snyder Mason Dixon Muñoz Hunt Hicks Holmes Palmer Wagner Black Robertson "
    "Boyd "
    "Rose Stone Salazar Fox Warren Mills Meyer Rice Schmidt Müller Schneider Fischer Weber Becker "
    "Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Zimmermann Braun "
    "Krüger "
    "Hofmann Lange Kowalski Nowak Wiśniewski Wójcik Kamiński Lewandowski Zieliński Dubois Durand "
    "Leroy Moreau Laurent Lefebvre Rossi Ferrari Esposito Bianchi Romano Colombo Ricci Hansen "
    "Olsen "
    "Larsen Nielsen Andersson Johansson Karlsson O'Brien O'Connor O'Neill MacLeod Fitzgerald Walsh "
    "Gallagher Singh Kumar Sharma Khan Ahmed Ali Hassan Ito Tanaka Suzuki Watanabe Wang Zhang Liu";

// Two bytes a letter in UTF-8, all of them.
constexpr size_t kLetter = 2;

bool EndsWith(std::string_view name, std::string_view end) { return name.ends_with(end); }

// Names in -ов, -ин, -ский and the like change; those in -ко, -ых, -дзе and the like do not.
std::string Feminine(std::string_view last) {
  std::string name(last);
  for (const std::string_view end : {"ов", "ев", "ёв", "ин"}) {
    if (EndsWith(last, end)) return name + "а";
  }
  for (const std::string_view end : {"ий", "ый", "ой"}) {
    if (EndsWith(last, end) && last.size() > 4 * kLetter) {
      return name.substr(0, name.size() - 2 * kLetter) + "ая";
    }
  }
  return name;
}

std::string PickRussianLast(Dice& dice, bool female) {
  static const Names kNames = Words(kRussianLast);
  const std::string_view last = dice.PickSkewed(kNames);
  return female ? Feminine(last) : std::string(last);
}

// Some bear two, of which there are very many pairs.
std::string PickLatinLast(Dice& dice) {
  static const Names kNames = Words(kLatinLast);
  std::string last(dice.PickSkewed(kNames));
  if (dice.Percent(6)) last.append("-").append(dice.Pick(kNames));
  return last;
}

struct Spelling {
  std::string_view letter;
  std::string_view ascii;
};

constexpr auto kSpellings = std::to_array<Spelling>(
    {{"а", "a"},  {"б", "b"},  {"в", "v"},  {"г", "g"},  {"д", "d"},  {"е", "e"},    {"ё", "e"},
     {"ж", "zh"}, {"з", "z"},  {"и", "i"},  {"й", "y"},  {"к", "k"},  {"л", "l"},    {"м", "m"},
     {"н", "n"},  {"о", "o"},  {"п", "p"},  {"р", "r"},  {"с", "s"},  {"т", "t"},    {"у", "u"},
     {"ф", "f"},  {"х", "kh"}, {"ц", "ts"}, {"ч", "ch"}, {"ш", "sh"}, {"щ", "shch"}, {"ы", "y"},
     {"э", "e"},  {"ю", "yu"}, {"я", "ya"}, {"á", "a"},  {"ä", "ae"}, {"é", "e"},    {"ë", "e"},
     {"í", "i"},  {"ï", "i"},  {"ñ", "n"},  {"ń", "n"},  {"ó", "o"},  {"ö", "oe"},   {"ø", "o"},
     {"ś", "s"},  {"ü", "ue"}, {"ú", "u"},  {"ç", "c"},  {"ł", "l"}});

// Capital letters outside of ASCII, of which names begin with few.
constexpr auto kCapitals = std::to_array<Spelling>(
    {{"А", "a"},  {"Б", "b"},  {"В", "v"},  {"Г", "g"},  {"Д", "d"},    {"Е", "e"}, {"Ж", "zh"},
     {"З", "z"},  {"И", "i"},  {"Й", "y"},  {"К", "k"},  {"Л", "l"},    {"М", "m"}, {"Н", "n"},
     {"О", "o"},  {"П", "p"},  {"Р", "r"},  {"С", "s"},  {"Т", "t"},    {"У", "u"}, {"Ф", "f"},
     {"Х", "kh"}, {"Ц", "ts"}, {"Ч", "ch"}, {"Ш", "sh"}, {"Щ", "shch"}, {"Э", "e"}, {"Ю", "yu"},
     {"Я", "ya"}, {"Á", "a"},  {"Ł", "l"}});

std::string_view SpellingOf(std::string_view letter) {
  for (const auto& [one, ascii] : kSpellings) {
    if (one == letter) return ascii;
  }
  for (const auto& [one, ascii] : kCapitals) {
    if (one == letter) return ascii;
  }
  return {};
}

}  // namespace

DemoName PickName(Dice& dice, bool russian) {
  static const Names kMen = Words(kRussianMen);
  static const Names kWomen = Words(kRussianWomen);
  static const Names kMenElsewhere = Words(kLatinMen);
  static const Names kWomenElsewhere = Words(kLatinWomen);
  const bool female = dice.Percent(52);
  if (russian) {
    const std::string_view first = dice.PickSkewed(female ? kWomen : kMen);
    return {std::string(first), PickRussianLast(dice, female), female};
  }
  const std::string_view first = dice.PickSkewed(female ? kWomenElsewhere : kMenElsewhere);
  return {std::string(first), PickLatinLast(dice), female};
}

std::string AsciiOf(std::string_view name) {
  std::string ascii;
  for (size_t i = 0; i < name.size();) {
    const auto byte = static_cast<unsigned char>(name[i]);
    if (byte >= 0x80) {
      ascii += SpellingOf(name.substr(i, kLetter));
      i += kLetter;
      continue;
    }
    if (byte >= 'A' && byte <= 'Z') ascii += static_cast<char>(byte - 'A' + 'a');
    if (byte >= 'a' && byte <= 'z') ascii += static_cast<char>(byte);
    ++i;
  }
  return ascii;
}

}  // namespace rosterd::ctl

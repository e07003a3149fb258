#include "handlers/brightact/views.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace rosterd::brightact {
namespace {

using db::brightact::Org;
using db::brightact::User;

db::Time At(const char* text) { return *db::FromSql(text); }

std::string Written(const User& user, ShowDeleted show_deleted, const char* zone = "UTC") {
  JsonWriter json;
  WriteUser(json, user, Zone(zone), show_deleted);
  return json.Take();
}

User Ines() {
  User user;
  user.person.id = {21};
  user.person.username = "ines@example.org";
  user.person.first_name = "Inès";
  user.person.last_name = "Nowak Żak";
  user.person.created_at = At("2026-03-02 09:15:00.999999");
  user.person.updated_at = At("2026-03-02 09:20:41");
  user.columns.sp_num = 15;
  return user;
}

TEST(BrightactView, HasFifteenMembersInTheirOrderAllTexts) {
  EXPECT_EQ(Written(Ines(), ShowDeleted::kNo),
            R"({"id":"21","username":"ines@example.org","first_name":"Inès",)"
            R"("last_name":"Nowak Żak","company":"","status":"1","mobile":"0",)"
            R"("mobile_provider":"0","sp_num":"15","org_id":"0","extra_email":"",)"
            R"("suppress_emails":"","created_at":"2026-03-02 09:15:00",)"
            R"("updated_at":"2026-03-02 09:20:41","last_login":"2026-03-02 09:15:00"})");
}

TEST(BrightactView, ShowsSixteenMembersForOneUser) {
  User user = Ines();
  user.person.deleted_at = At("2026-03-03 00:00:00");
  user.person.company = "Kite Works";
  user.person.phone = "+15550100";
  user.person.last_login_at = At("2026-03-04 00:00:00");
  user.columns = {4, 13, 3, "a@example.net", "example.net"};

  EXPECT_EQ(Written(user, ShowDeleted::kYes),
            R"({"id":"21","username":"ines@example.org","first_name":"Inès",)"
            R"("last_name":"Nowak Żak","company":"Kite Works","status":"1",)"
            R"("mobile":"+15550100","mobile_provider":"13","sp_num":"3","org_id":"4",)"
            R"("is_deleted":"1","extra_email":"a@example.net","suppress_emails":"example.net",)"
            R"("created_at":"2026-03-02 09:15:00","updated_at":"2026-03-02 09:20:41",)"
            R"("last_login":"2026-03-04 00:00:00"})");
}

TEST(BrightactView, ShowsEveryStatusButActiveAsZero) {
  db::Person person;
  EXPECT_TRUE(IsActive(person));
  person.blocked = true;
  EXPECT_FALSE(IsActive(person));
  person.blocked = false;
  for (const db::Status status :
       {db::Status::kPending, db::Status::kDisabled, db::Status::kHidden}) {
    person.status = status;
    EXPECT_FALSE(IsActive(person));
  }
}

TEST(BrightactView, ShowsTheEmailAddressInPlaceOfAUsernameThatNobodyChose) {
  db::Person person;
  person.id = {21};
  person.email = "ann@example.org";
  person.username = "user_21";
  EXPECT_EQ(ShownUsername(person), "ann@example.org");
  person.username = "user_21_aB3dE6gH";
  EXPECT_EQ(ShownUsername(person), "ann@example.org");
  person.username = "user_211";
  EXPECT_EQ(ShownUsername(person), "user_211");
  person.username = "user_21";
  person.email.reset();
  EXPECT_EQ(ShownUsername(person), "user_21");
}

TEST(BrightactView, WritesAnOrganisation) {
  JsonWriter json;
  WriteOrg(json, Org{4, "Kite Works", At("2026-03-02 09:10:00"), At("2026-03-02 09:30:00")},
           Zone("UTC"));

  EXPECT_EQ(json.Take(), R"({"id":"4","name":"Kite Works","created_at":"2026-03-02 09:10:00",)"
                         R"("updated_at":"2026-03-02 09:30:00"})");
}

TEST(BrightactZone, ShowsTimesByItsOwnClock) {
  const Zone berlin("Europe/Berlin");
  EXPECT_EQ(berlin.Show(At("2026-03-29 00:59:59.5")), "2026-03-29 01:59:59");
  EXPECT_EQ(berlin.Show(At("2026-03-29 01:00:00")), "2026-03-29 03:00:00");
  EXPECT_EQ(Zone("America/New_York").Show(At("2026-01-01 02:00:00")), "2025-12-31 21:00:00");
  EXPECT_EQ(Zone("Etc/GMT-3").Show(At("2014-08-21 11:28:42")), "2014-08-21 14:28:42");
  EXPECT_EQ(Zone("UTC").Show(At("2026-03-29 01:00:00")), "2026-03-29 01:00:00");
}

TEST(BrightactZone, ThrowsForAnUnknownOne) {
  EXPECT_THROW(Zone("Mars/Olympus"), std::runtime_error);
}

}  // namespace
}  // namespace rosterd::brightact

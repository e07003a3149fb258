#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ctl/arguments.h"
#include "ctl/commands.h"
#include "ctl/cscart_account.h"
#include "db/cscart/company_store.h"

namespace rosterd::ctl {
namespace {

using db::cscart::AccountColumns;
using db::cscart::AccountColumnStore;
using db::cscart::Company;
using db::cscart::CompanyStore;
using directory::Outcome;
using Done = std::monostate;

constexpr int kListed = 100'000;

struct CompanyOptions {
  std::string name;
  std::optional<std::string> email;
  std::optional<std::string> status;
  std::optional<std::string> type;
  std::optional<uint64_t> id;
  UserId user;
};

Record ToRecord(const Company& company) {
  return {{"id", company.id},
          {"name", company.name},
          {"status", company.status},
          {"email", company.email},
          {"created_at", ToCell(std::optional(company.created_at))}};
}

void Add(Tool& tool, const CompanyOptions& options) {
  if (options.name.empty()) throw Failure("--name: an empty name is not allowed");
  Company company;
  company.id = options.id.value_or(0);
  company.name = options.name;
  company.status = options.status.value_or("A");
  company.email = options.email.value_or("");
  company.created_at = db::Now();
  if (!directory::IsCleanText(company.name) || !directory::IsCleanText(company.email)) {
    throw Failure("company add: a text is no UTF-8 or holds control characters");
  }
  const auto id = tool.connection().Transaction([&](db::Session& session) -> Outcome<uint64_t> {
    if (company.id != 0 && CompanyStore::Find(session, company.id)) {
      throw Failure("--id: company " + std::to_string(company.id) + " is there already");
    }
    const uint64_t added = CompanyStore::Add(session, company);
    directory::Persons::Audit(session, tool.actor(), "company.add", {}, "id,name,status,email");
    return added;
  });
  company.id = Require(id, "company add");
  tool.Print(ToRecord(company));
}

void List(Tool& tool) {
  using Companies = std::vector<Company>;
  const auto companies = tool.connection().Read([&](db::Session& session) -> Outcome<Companies> {
    return CompanyStore::List(session, 0, kListed);
  });
  std::vector<Record> records;
  for (const Company& company : Require(companies, "company list")) {
    records.push_back(ToRecord(company));
  }
  tool.Print(records);
}

/// Changes the person's CS-Cart columns by `change`, which may throw Failure.
template <typename Change>
void Move(Tool& tool, const CompanyOptions& options, Change change) {
  AccountColumns after;
  const auto edit = [&](db::Session& session, db::Person& /*person*/,
                        directory::EditExtras& extras) -> Outcome<Done> {
    const auto before = AccountColumnStore::Find(session, options.user, /*lock=*/true);
    if (!before) return directory::Refusal::Kind::kNotFound;
    after = change(session, *before);
    ctl::Change(*before, after, tool.settings().cscart, extras);
    return Done();
  };
  const auto moved = tool.persons().Update(tool.actor(), options.user, edit);
  Require(moved, "person " + std::to_string(options.user.value));
  Record record{{"user", options.user.value}};
  Append(record, after);
  tool.Print(record);
}

void Grant(Tool& tool, const CompanyOptions& options) {
  Move(tool, options, [&](db::Session& session, AccountColumns columns) {
    if (!CompanyStore::Find(session, *options.id)) {
      throw Failure("--id: there is no company " + std::to_string(*options.id) +
                    "; see `rosterctl company list`");
    }
    columns.company_id = *options.id;
    columns.user_type = options.type.value_or(columns.user_type);
    return columns;
  });
}

void Revoke(Tool& tool, const CompanyOptions& options) {
  Move(tool, options, [&](db::Session& /*session*/, AccountColumns columns) {
    if (columns.company_id != *options.id) {
      throw Failure("person " + std::to_string(options.user.value) + " is not in company " +
                    std::to_string(*options.id));
    }
    columns.company_id = 0;
    // An administrator of no company is one of the whole shop: losing a company must not make one.
    columns.user_type = "C";
    columns.is_root = false;
    return columns;
  });
}

void AddLink(CLI::App& command, CompanyOptions& options) {
  AddUserId(command, "--user", options.user);
  AddNumber(command, "--id", options.id, "The company's id")->required();
}

}  // namespace

void AddCompanyCommands(CLI::App& app, Tool& tool) {
  const auto options = std::make_shared<CompanyOptions>();
  CLI::App* const company = app.add_subcommand("company", "Stores and vendors of CS-Cart");
  company->require_subcommand(1);

  CLI::App* const add = company->add_subcommand("add", "Adds a company and shows it");
  add->add_option("--name", options->name, "Its name")->required();
  AddText(*add, "--email", options->email, "Its e-mail address");
  AddText(*add, "--status", options->status, "A active, D disabled, P pending, N new")
      ->check(CLI::IsMember({"A", "D", "P", "N"}));
  AddNumber(*add, "--id", options->id, "Its id, when an old one is to be kept");
  add->callback([&tool, options] { Add(tool, *options); });

  company->add_subcommand("list", "Lists the companies")->callback([&tool] { List(tool); });

  CLI::App* const grant = company->add_subcommand("grant", "Puts a person into a company");
  AddLink(*grant, *options);
  AddText(*grant, "--cscart-type", options->type, "A administrator, C customer, V vendor")
      ->check(CLI::IsMember({"A", "C", "V"}));
  grant->callback([&tool, options] { Grant(tool, *options); });

  CLI::App* const revoke =
      company->add_subcommand("revoke", "Takes a person out; it becomes a customer of no company");
  AddLink(*revoke, *options);
  revoke->callback([&tool, options] { Revoke(tool, *options); });
}

}  // namespace rosterd::ctl

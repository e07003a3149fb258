#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rosterd::docs {

/// Text of a file of the repository; throws std::runtime_error when it is not there.
std::string ReadSource(std::string_view path);

/// The pages for operators, as paths from the root of the repository.
const std::vector<std::string>& OperatorPages();

/// The anchors of a page's headings, as web pages of it have them: "### Mails do not leave" is
/// "mails-do-not-leave".
std::set<std::string> Anchors(const std::string& page);

/// Targets of the page's links: "operations.md#mail", "#mail".
std::vector<std::string> Links(const std::string& page);

/// What stands between backquotes, and each line of the blocks between ``` lines.
std::vector<std::string> CodeSpans(const std::string& page);

/// The code in the first cells of the tables below a heading, up to the next heading.
std::vector<std::string> FirstCells(const std::string& page, std::string_view heading);

}  // namespace rosterd::docs

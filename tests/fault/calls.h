#pragma once

#include <gtest/gtest.h>

#include <future>
#include <string>

#include "tests/e2e/http.h"
#include "tests/e2e/stack.h"
#include "tests/fcgi/waiting.h"

namespace rosterd::testing {

using fcgi::testing::Eventually;

/// The one stack of this test program, with many persons in it. Who breaks it mends it, too.
Stack& SharedStack();
/// Its workers: two of each pool.
constexpr size_t kWorkers = 6;

/// Calls of the CS-Cart dialect, made by the stack's root administrator; the path begins after
/// "/api/2.0", and bodies are forms.
HttpRequest Get(const Stack& stack, const std::string& path);
HttpRequest Post(const Stack& stack, const std::string& path, const std::string& form);
HttpRequest Put(const Stack& stack, const std::string& path, const std::string& form);

/// The POST that creates a customer.
HttpRequest NewCustomer(const Stack& stack, const std::string& email);
/// Creates one and returns its id; throws when that fails.
std::string AddCustomer(const Stack& stack, const std::string& email);

/// What /healthz, /readyz or /metrics says.
HttpResponse Probe(const Stack& stack, const std::string& path);

/// The call, going on beside the test.
std::future<HttpResponse> InBackground(HttpRequest request);

/// The dialect's error object with this status, and when to come again for 429 and 503.
::testing::AssertionResult IsProblem(const HttpResponse& response, int status);

/// How many persons have this e-mail address.
int CountOf(const Stack& stack, const std::string& email);

/// Whether the log of rosterd has this text.
bool LogHas(const Stack& stack, const std::string& text);

}  // namespace rosterd::testing

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

// Ends the shared stack when all tests have run.
int main(int count, char** words) {
  ::testing::InitGoogleTest(&count, words);
  const int status = RUN_ALL_TESTS();
  rosterd::testing::EndDefaultStack();
  return status;
}

# The shipped nginx files by themselves, and ./run as a command.
add_test(NAME nginx_files COMMAND ${CMAKE_CURRENT_LIST_DIR}/nginx_test.sh)
set_tests_properties(nginx_files PROPERTIES LABELS e2e TIMEOUT 60)
add_test(NAME run_command COMMAND ${CMAKE_CURRENT_LIST_DIR}/run_test.sh)
set_tests_properties(run_command PROPERTIES LABELS e2e TIMEOUT 180
  ENVIRONMENT ROSTERD_BIN_DIR=${PROJECT_BINARY_DIR})

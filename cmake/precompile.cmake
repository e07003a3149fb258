# ROSTERD_PRECOMPILE: most of the time of a build goes into the headers of the standard library and of
# GoogleTest. One build of a pull does without, so that each file includes what it uses.
if(ROSTERD_PRECOMPILE)
  file(WRITE ${PROJECT_BINARY_DIR}/precompiled.cc "")
  add_library(rosterd_precompiled OBJECT ${PROJECT_BINARY_DIR}/precompiled.cc)
  target_link_libraries(rosterd_precompiled PRIVATE rosterd_build)
  target_precompile_headers(rosterd_precompiled PRIVATE
    <algorithm> <array> <atomic> <chrono> <functional> <map> <memory> <optional> <span> <sstream> <string>
    <string_view> <unordered_map> <utility> <variant> <vector>)
endif()

# rosterd_precompile(FROM targets...): they share the headers that the target FROM has precompiled.
function(rosterd_precompile from)
  if(ROSTERD_PRECOMPILE)
    foreach(target IN LISTS ARGN)
      target_precompile_headers(${target} REUSE_FROM ${from})
    endforeach()
  endif()
endfunction()

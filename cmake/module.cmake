# ssprotect_module(NAME SOURCES … DEPENDS …): the static library of one folder of src/,
# target ssprotect-NAME. Links what its headers need; a module that is not named here
# cannot be included without the floors test saying so.
function(ssprotect_module name)
  cmake_parse_arguments(MODULE "" "" "SOURCES;DEPENDS;PRIVATE;PRECOMPILE" ${ARGN})
  add_library(ssprotect-${name} STATIC ${MODULE_SOURCES})
  target_link_libraries(ssprotect-${name} PUBLIC ssprotect-options ${MODULE_DEPENDS} PRIVATE ${MODULE_PRIVATE})
  ssprotect_precompile(ssprotect-${name} ${MODULE_PRECOMPILE})
endfunction()

# The standard headers that nearly every source includes, and more if named.
function(ssprotect_precompile target)
  if(SSPROTECT_PCH)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map>
                              <memory> <mutex> <optional> <span> <string> <string_view> <utility> <variant> <vector>
                              ${ARGN})
  endif()
endfunction()

# ssprotect_test(NAME SOURCES … DEPENDS …): one GoogleTest program per module, its cases
# listed one by one in CTest.
function(ssprotect_test name)
  cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name}-tests ${TEST_SOURCES})
  target_link_libraries(${name}-tests PRIVATE ssprotect-options ${TEST_DEPENDS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name}-tests PRIVATE SSPROTECT_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data"
                             SSPROTECT_SOURCE_DIR="${CMAKE_SOURCE_DIR}" SSPROTECT_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
  ssprotect_precompile(${name}-tests <gmock/gmock.h> <gtest/gtest.h>)
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 300)
  endif()
  gtest_discover_tests(${name}-tests DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS ${name})
endfunction()

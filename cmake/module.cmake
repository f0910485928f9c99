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

# What comes before an absolute path of the build machine where the tests run.
set(SSPROTECT_DRIVE "")
if(WIN32 AND CMAKE_CROSSCOMPILING)
  set(SSPROTECT_DRIVE "Z:") # there Wine shows the file system
endif()

# ssprotect_windows_resources(TARGET "what it is" [MORE.rc]): icon, version and, for programs, the manifest; nothing
# elsewhere. More resources go into the same file, or the pictures of their icons would have the same numbers.
function(ssprotect_windows_resources target description)
  if(NOT WIN32)
    return()
  endif()
  get_target_property(type ${target} TYPE)
  set(more "")
  if(ARGC GREATER 2)
    set(more "#include \"${CMAKE_CURRENT_SOURCE_DIR}/${ARGV2}\"")
  endif()
  set(file_type VFT_DLL)
  set(suffix .dll)
  if(type STREQUAL "EXECUTABLE")
    set(file_type VFT_APP)
    set(suffix .exe)
    set(manifest "CREATEPROCESS_MANIFEST_RESOURCE_ID RT_MANIFEST \"${CMAKE_SOURCE_DIR}/resources/windows/ssprotect.manifest\"")
    if(MSVC)
      target_link_options(${target} PRIVATE /MANIFEST:NO)
    endif()
  endif()
  set(name ${target})
  string(REPLACE "." "," version "${PROJECT_VERSION}")
  configure_file("${CMAKE_SOURCE_DIR}/resources/windows/program.rc.in" "${CMAKE_CURRENT_BINARY_DIR}/${target}.rc" @ONLY)
  target_sources(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${target}.rc")
  set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${target}.rc" PROPERTIES
    OBJECT_DEPENDS "${CMAKE_SOURCE_DIR}/resources/windows/ssprotect.manifest;${CMAKE_SOURCE_DIR}/resources/icons/ssprotect.ico")
endfunction()

# ssprotect_test(NAME SOURCES … DEPENDS …): one GoogleTest program per module. CTest lists its cases one by
# one, except where each start goes through an emulator: there the program is one test. ONE_AT_A_TIME: its cases never run
# beside each other. DESKTOP: it starts programs that share what Wine has but once; there never beside another such.
function(ssprotect_test name)
  cmake_parse_arguments(TEST "ONE_AT_A_TIME;DESKTOP" "TIMEOUT" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name}-tests ${TEST_SOURCES})
  target_link_libraries(${name}-tests PRIVATE ssprotect-options ${TEST_DEPENDS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name}-tests PRIVATE SSPROTECT_TEST_DATA="${SSPROTECT_DRIVE}${CMAKE_SOURCE_DIR}/tests/data"
                             SSPROTECT_SOURCE_DIR="${SSPROTECT_DRIVE}${CMAKE_SOURCE_DIR}"
                             SSPROTECT_BIN_DIR="${SSPROTECT_DRIVE}${CMAKE_BINARY_DIR}/bin"
                             SSPROTECT_PROGRAM_SUFFIX="${CMAKE_EXECUTABLE_SUFFIX}")
  if("undefined" IN_LIST SSPROTECT_SANITIZE)
    # What is tested is watched, by both sanitizers; the tests themselves by one: the other doubles the time to compile them.
    target_compile_options(${name}-tests PRIVATE -fno-sanitize=undefined)
  endif()
  ssprotect_precompile(${name}-tests <gmock/gmock.h> <gtest/gtest.h>)
  if(CMAKE_CROSSCOMPILING)
    if(NOT TEST_TIMEOUT)
      set(TEST_TIMEOUT 270)
    endif()
    if(TEST_DESKTOP)
      set(lock RESOURCE_LOCK desktop)
    endif()
    add_test(NAME ${name} COMMAND ${name}-tests --gtest_brief=1)
    set_tests_properties(${name} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS ${name} ${lock})
  else()
    if(NOT TEST_TIMEOUT)
      set(TEST_TIMEOUT 300)
    endif()
    if(TEST_ONE_AT_A_TIME)
      set(lock RESOURCE_LOCK ${name})
    endif()
    gtest_discover_tests(${name}-tests DISCOVERY_MODE PRE_TEST
                         PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS ${name} ${lock})
  endif()
endfunction()

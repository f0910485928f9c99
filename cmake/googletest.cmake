# GoogleTest as GTest::gtest, GTest::gtest_main and GTest::gmock; for a target that has no package, made from the
# sources that Debian's package "googletest" installs.
if(NOT CMAKE_CROSSCOMPILING)
  find_package(GTest REQUIRED)
else()
  set(INSTALL_GTEST OFF)
  add_subdirectory(/usr/src/googletest "${CMAKE_BINARY_DIR}/googletest" EXCLUDE_FROM_ALL SYSTEM)
endif()
include(GoogleTest)

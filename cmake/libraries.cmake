# What the programs stand on, as imported targets of the same names everywhere.
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto SSL)
find_package(SQLite3 REQUIRED)
find_package(Threads REQUIRED)
if(NOT WIN32)
  find_package(PostgreSQL REQUIRED)
endif()

if(NOT CMAKE_CROSSCOMPILING)
  find_package(nlohmann_json REQUIRED)
  find_package(spdlog REQUIRED)
  find_package(Boost 1.74 REQUIRED)
  find_package(CLI11 REQUIRED)
  return()
endif()

# The packages of the build machine describe libraries of the build machine: of these four only the headers are taken.
set(headers "${SSPROTECT_WINDOWS_LIBRARIES}/headers")
if(NOT EXISTS "${headers}/boost/asio.hpp")
  message(FATAL_ERROR "'${headers}' lacks the header-only libraries: run cmake/windows-sdk.sh, or set "
                      "SSPROTECT_WINDOWS_LIBRARIES to the folder it made")
endif()
foreach(library Boost::headers nlohmann_json::nlohmann_json spdlog::spdlog CLI11::CLI11)
  add_library(${library} INTERFACE IMPORTED)
  target_include_directories(${library} SYSTEM INTERFACE "${headers}")
endforeach()
target_compile_definitions(spdlog::spdlog INTERFACE SPDLOG_FMT_EXTERNAL FMT_HEADER_ONLY SPDLOG_WCHAR_FILENAMES)

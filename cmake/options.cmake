# How every target is compiled: language level, warnings, sanitizers, cache, linker.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

find_program(SSPROTECT_CCACHE ccache)
if(SSPROTECT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers are hits only if their time stamps are not compared.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${SSPROTECT_CCACHE})
endif()

find_program(SSPROTECT_MOLD mold)
if(SSPROTECT_MOLD AND NOT CMAKE_CROSSCOMPILING AND NOT MSVC)
  add_link_options(-fuse-ld=mold)
endif()

add_library(ssprotect-options INTERFACE)
target_include_directories(ssprotect-options INTERFACE "${CMAKE_SOURCE_DIR}/include")
if(MSVC)
  target_compile_options(ssprotect-options INTERFACE /W4 /WX /utf-8 /permissive-)
else()
  target_compile_options(ssprotect-options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                         -Wold-style-cast -Woverloaded-virtual -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 sees ghosts in std::optional, std::variant and std::string once it inlines.
    target_compile_options(ssprotect-options INTERFACE -Wno-maybe-uninitialized -Wno-restrict
      $<$<NOT:$<CONFIG:Debug>>:-Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread>)
  endif()
endif()

if(WIN32)
  # Windows 10 and later, UTF-16 functions, none of the macros that hide std::min.
  target_compile_definitions(ssprotect-options INTERFACE UNICODE _UNICODE NOMINMAX WIN32_LEAN_AND_MEAN
                             _WIN32_WINNT=0x0A00 WINVER=0x0A00)
endif()

if(SSPROTECT_SANITIZE)
  list(JOIN SSPROTECT_SANITIZE "," sanitizers)
  add_compile_options(-fsanitize=${sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
  add_link_options(-fsanitize=${sanitizers})
  if("thread" IN_LIST SSPROTECT_SANITIZE)
    # ThreadSanitizer knows no fences; Asio's queue locks a mutex around them anyway.
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()

if(SSPROTECT_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "libFuzzer comes with clang: configure with -DCMAKE_CXX_COMPILER=clang++-14")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

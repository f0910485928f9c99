# Windows x64 from Debian 12: mingw-w64 (posix threads) with the libraries that cmake/windows-sdk.sh lays below
# SSPROTECT_WINDOWS_LIBRARIES (cache variable or environment): qt, openssl, sqlite and headers.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

set(SSPROTECT_WINDOWS_LIBRARIES "$ENV{SSPROTECT_WINDOWS_LIBRARIES}"
    CACHE PATH "Folder with qt, openssl, sqlite and headers, see cmake/windows-sdk.sh")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES SSPROTECT_WINDOWS_LIBRARIES)
set(CMAKE_FIND_ROOT_PATH
    "${SSPROTECT_WINDOWS_LIBRARIES}/qt"
    "${SSPROTECT_WINDOWS_LIBRARIES}/openssl"
    "${SSPROTECT_WINDOWS_LIBRARIES}/sqlite"
    /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

set(QT_HOST_PATH /usr CACHE PATH "")
set(QT_HOST_PATH_CMAKE_DIR /usr/lib/x86_64-linux-gnu/cmake CACHE PATH "")
set(OPENSSL_USE_STATIC_LIBS ON)
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "-static")

# CTest runs the programs in Wine; the machine's own files are on its drive Z:.
find_program(SSPROTECT_WINE NAMES wine wine64 NO_CMAKE_FIND_ROOT_PATH)
if(SSPROTECT_WINE)
  set(CMAKE_CROSSCOMPILING_EMULATOR "${SSPROTECT_WINE}")
endif()

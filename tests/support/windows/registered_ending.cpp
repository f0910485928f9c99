#include "support/windows/registered_ending.h"

#include <windows.h>

namespace ssprotect::support {
namespace {

bool set(const std::wstring& key, const std::wstring& value) {
    return ::RegSetKeyValueW(HKEY_LOCAL_MACHINE, key.c_str(), nullptr, REG_SZ, value.c_str(),
                             static_cast<DWORD>((value.size() + 1) * sizeof(wchar_t))) == ERROR_SUCCESS;
}

} // namespace

RegisteredEnding::RegisteredEnding(const std::wstring& ending, const std::wstring& command)
    : ending_(L"Software\\Classes\\" + ending), class_(L"Software\\Classes\\SSProtectTest" + ending) {
    made_ = set(ending_, L"SSProtectTest" + ending) && set(class_, L"Test document") &&
            set(class_ + L"\\shell\\open\\command", command);
}

RegisteredEnding::~RegisteredEnding() {
    ::RegDeleteTreeW(HKEY_LOCAL_MACHINE, ending_.c_str());
    ::RegDeleteTreeW(HKEY_LOCAL_MACHINE, class_.c_str());
}

} // namespace ssprotect::support

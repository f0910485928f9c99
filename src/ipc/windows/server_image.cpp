#include "server_image.h"

#include "unique_handle.h"

namespace ssprotect::ipc {
namespace {

constexpr DWORD kLongestName = 32'768;

/// With its last separator; empty when there is none.
std::wstring_view folderOf(std::wstring_view file) {
    const auto end = file.find_last_of(L"\\/");
    return end == std::wstring_view::npos ? std::wstring_view() : file.substr(0, end + 1);
}

std::wstring_view withoutPrefix(std::wstring_view file) {
    if (file.starts_with(LR"(\\?\)"))
        file.remove_prefix(4);
    return file;
}

} // namespace

bool liesBeside(std::wstring_view image, std::wstring_view other) {
    const auto folder = folderOf(withoutPrefix(image));
    const auto otherFolder = folderOf(withoutPrefix(other));
    return !folder.empty() && ::CompareStringOrdinal(folder.data(), static_cast<int>(folder.size()), otherFolder.data(),
                                                     static_cast<int>(otherFolder.size()), TRUE) == CSTR_EQUAL;
}

std::wstring imageOf(DWORD process) {
    const UniqueHandle handle(::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process));
    std::wstring image(kLongestName, L'\0');
    auto size = kLongestName;
    if (!handle || !::QueryFullProcessImageNameW(handle.get(), 0, image.data(), &size))
        return {};
    image.resize(size);
    return image;
}

std::wstring ownModule() {
    HMODULE module = nullptr;
    const auto* here = reinterpret_cast<LPCWSTR>(&folderOf);
    if (!::GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, here,
                              &module))
        return {};
    std::wstring name(kLongestName, L'\0');
    name.resize(::GetModuleFileNameW(module, name.data(), kLongestName));
    return name;
}

} // namespace ssprotect::ipc

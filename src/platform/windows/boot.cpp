#include "ssprotect/platform/boot.h"

#include "handle.h"

#include <array>
#include <bcrypt.h>
#include <cstdint>

namespace ssprotect::platform {
namespace {

constexpr const wchar_t* kKeyName = L"Software\\SSProtectSession";
constexpr const wchar_t* kValueName = L"Id";
constexpr std::size_t kDigits = 32;

std::wstring freshIdentity() {
    std::array<std::uint8_t, kDigits / 2> bytes{};
    if (::BCryptGenRandom(nullptr, bytes.data(), static_cast<ULONG>(bytes.size()), BCRYPT_USE_SYSTEM_PREFERRED_RNG) !=
        0)
        return {};
    std::wstring text;
    for (const auto byte : bytes) {
        text += L"0123456789abcdef"[byte >> 4];
        text += L"0123456789abcdef"[byte & 0x0F];
    }
    return text;
}

std::wstring readIdentity(HKEY key) {
    std::array<wchar_t, kDigits + 1> text{};
    DWORD size = sizeof text;
    if (::RegGetValueW(key, nullptr, kValueName, RRF_RT_REG_SZ, nullptr, text.data(), &size) != ERROR_SUCCESS)
        return {};
    return text.data();
}

} // namespace

// A volatile key lives as long as the user's registry is loaded: from the first login to the last logout, which a
// start of the system never outlives. The system's own counter of starts goes on through a fast start.
std::string bootIdentity() {
    HKEY opened = nullptr;
    DWORD disposition = 0;
    if (::RegCreateKeyExW(HKEY_CURRENT_USER, kKeyName, 0, nullptr, REG_OPTION_VOLATILE, KEY_READ | KEY_WRITE, nullptr,
                          &opened, &disposition) != ERROR_SUCCESS)
        return {};
    const RegistryKey key(opened);
    std::wstring identity = readIdentity(opened);
    if (identity.empty()) {
        identity = freshIdentity();
        const auto size = static_cast<DWORD>((identity.size() + 1) * sizeof(wchar_t));
        ::RegSetValueExW(opened, kValueName, 0, REG_SZ, reinterpret_cast<const BYTE*>(identity.c_str()), size);
        identity = readIdentity(opened); // of two processes that start at once, the later one's
    }
    return {identity.begin(), identity.end()};
}

} // namespace ssprotect::platform

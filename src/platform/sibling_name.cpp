#include "ssprotect/platform/sibling_name.h"

#include "numbered_sibling.h"
#include "ssprotect/base/encoding.h"

#include <array>

namespace ssprotect::platform {
namespace {

constexpr std::string_view kPrefix = ".ssp-";
constexpr std::size_t kDigits = 16;

/// FNV-1a: only tells names apart, a collision costs a retry.
std::uint64_t hashOf(const std::filesystem::path& name) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const auto unit : name.native())
        hash = (hash ^ static_cast<std::uint64_t>(unit)) * 0x100000001b3;
    return hash;
}

std::filesystem::path nameOf(ByteView digits, char ending) { return std::string(kPrefix) + toHex(digits) + ending; }

std::filesystem::path derivedName(const std::filesystem::path& from, std::uint64_t salt, char ending) {
    std::array<Byte, kDigits / 2> digits{};
    storeBigEndian(hashOf(from.filename()) + salt, digits);
    return from.parent_path() / nameOf(digits, ending);
}

} // namespace

std::filesystem::path siblingName(const std::filesystem::path& target, Random& random) {
    std::array<Byte, kDigits / 2> digits{};
    random.fill(digits);
    return target.parent_path() / nameOf(digits, '~');
}

std::filesystem::path numberedSibling(const std::filesystem::path& target, unsigned number) {
    return derivedName(target, number, '~');
}

bool isSiblingName(const std::filesystem::path& path) {
    const auto native = path.filename().native();
    const std::string name(native.begin(), native.end());
    return name.size() == kPrefix.size() + kDigits + 1 && name.starts_with(kPrefix) && name.ends_with('~') &&
           name.find_first_not_of("0123456789abcdef", kPrefix.size()) == name.size() - 1;
}

std::filesystem::path parkedName(const std::filesystem::path& replacement) { return derivedName(replacement, 0, '-'); }

} // namespace ssprotect::platform

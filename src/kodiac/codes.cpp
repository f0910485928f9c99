#include "ssprotect/kodiac/host_operations.h"
#include "wire/words.h"

#include <initializer_list>

namespace ssprotect::kodiac {
namespace {

constexpr std::size_t kComparedBytes = 20; ///< 160 bits
constexpr std::size_t kGroup = 4;

std::string grouped(std::string_view text, char between) {
    std::string groups;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i != 0 && i % kGroup == 0)
            groups += between;
        groups += text[i];
    }
    return groups;
}

std::string comparisonText(std::initializer_list<ByteView> parts) {
    Bytes message;
    for (const ByteView part : parts)
        append(message, part);
    const auto digest = crypto::sha256({message});
    return grouped(toBase32(ByteView(digest).first(kComparedBytes)), ' ');
}

} // namespace

std::string_view wordOf(AccountState state) { return wire::Words<AccountState>::of(state); }
std::string_view wordOf(Privilege privilege) { return wire::Words<Privilege>::of(privilege); }

std::string comparisonCode(const crypto::PublicKey& root, const AccountKeys& keys) {
    return comparisonText({viewOf("ssprotect/fp/v1"), root, keys.signing, keys.agreement});
}

std::string hostComparisonCode(const AccountId& account, const HostId& host, const crypto::PublicKey& agreement) {
    return comparisonText({viewOf("ssprotect/host/v1"), account.bytes(), host.bytes(), agreement});
}

std::string mailedCodeText(ByteView code) { return grouped(toBase32(code), '-'); }

Result<crypto::SecretBytes> mailedCodeFromText(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        if (c == ' ' || c == '-')
            continue;
        letters += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    auto bytes = fromBase32(letters);
    if (!bytes || bytes->size() != kMailedCodeSize)
        return makeError(ErrorCode::invalidInput, "a code has 24 letters and digits (A-Z, 2-7) in groups of four; copy "
                                                  "it from the mail");
    return crypto::SecretBytes::copyOf(*bytes);
}

} // namespace ssprotect::kodiac

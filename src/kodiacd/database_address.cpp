#include "database_address.h"

#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/platform/narrow_path.h"

#include <algorithm>
#include <array>
#include <optional>

namespace ssprotect::kodiacd {
namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kPasswordParameter = "password=";
constexpr std::array<std::string_view, 2> kPostgres{"postgresql://", "postgres://"};

Error notAnAddress(std::string_view why) {
    return makeError(ErrorCode::invalidInput,
                     "the database is named as sqlite:PATH or postgresql://USER@HOST/NAME: " + std::string(why));
}

std::optional<Byte> hexDigit(char c) {
    const auto value = std::string_view("0123456789abcdef").find(static_cast<char>(c | 0x20));
    if (c >= '0' && c <= '9')
        return static_cast<Byte>(c - '0');
    return value != std::string_view::npos && value >= 10 ? std::optional(static_cast<Byte>(value)) : std::nullopt;
}

/// RFC 3986 percent-encoding taken off; nothing for one that is broken or stands for a NUL.
std::optional<crypto::SecretBytes> decoded(std::string_view text) {
    crypto::SecretBytes plain(text.size());
    std::size_t size = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        Byte byte = static_cast<Byte>(text[i]);
        if (text[i] == '%') {
            const auto high = i + 2 < text.size() ? hexDigit(text[i + 1]) : std::nullopt;
            const auto low = high ? hexDigit(text[i + 2]) : std::nullopt;
            if (!low)
                return std::nullopt;
            byte = static_cast<Byte>(*high << 4 | *low);
            i += 2;
        }
        if (byte == 0)
            return std::nullopt;
        plain.bytes()[size++] = byte;
    }
    return crypto::SecretBytes::copyOf(plain.view().first(size));
}

/// Every byte but letters and digits encoded, so that it may stand anywhere in an URL.
crypto::SecretBytes encoded(ByteView plain) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    crypto::SecretBytes text(plain.size() * 3);
    std::size_t size = 0;
    for (const Byte byte : plain) {
        text.bytes()[size++] = '%';
        text.bytes()[size++] = static_cast<Byte>(kDigits[byte >> 4]);
        text.bytes()[size++] = static_cast<Byte>(kDigits[byte & 15]);
    }
    return text;
}

/// Takes `USER:PASSWORD@`'s second half, and a parameter `password=`, out of the URL.
Status takePassword(DatabaseAddress& address) {
    std::string& url = address.url;
    std::optional<std::string> found;
    const auto begin = url.find("//") + 2;
    const auto end = std::min(url.find_first_of("/?", begin), url.size());
    const auto at = url.rfind('@', end);
    if (at != std::string::npos && at >= begin && at < end) {
        const auto colon = url.find(':', begin);
        if (colon < at) {
            found = url.substr(colon + 1, at - colon - 1);
            url.erase(colon, at - colon);
        }
    }
    for (auto start = url.find('?'); start != std::string::npos && start + 1 < url.size();) {
        const auto stop = std::min(url.find('&', start + 1), url.size());
        const auto parameter = std::string_view(url).substr(start + 1, stop - start - 1);
        if (!parameter.starts_with(kPasswordParameter)) {
            start = stop;
            continue;
        }
        found = parameter.substr(kPasswordParameter.size());
        // `?password=x&next` becomes `?next`; the last one goes with its separator.
        if (stop < url.size())
            url.erase(start + 1, stop - start);
        else
            url.erase(start);
    }
    if (!found)
        return {};
    auto password = decoded(*found);
    wipeMemory(found->data(), found->size());
    if (!password)
        return notAnAddress("the password is not percent-encoded as RFC 3986 has it");
    address.password = std::move(*password);
    return {};
}

} // namespace

std::string DatabaseAddress::text() const {
    return engine == Engine::sqlite ? std::string(kSqlite) + platform::narrowPath(file) : url;
}

crypto::SecretBytes DatabaseAddress::urlWithPassword() const {
    if (password.empty())
        return crypto::SecretBytes::copyOf(viewOf(url));
    const std::string head = url + (url.find('?') == std::string::npos ? "?" : "&") + std::string(kPasswordParameter);
    const auto tail = encoded(password);
    crypto::SecretBytes whole(head.size() + tail.size());
    std::copy(head.begin(), head.end(), whole.bytes().begin());
    std::copy(tail.view().begin(), tail.view().end(), whole.bytes().begin() + static_cast<std::ptrdiff_t>(head.size()));
    return whole;
}

Result<DatabaseAddress> parseDatabaseAddress(std::string_view text, const platform::Path& base) {
    DatabaseAddress address;
    if (text.find('\0') != std::string_view::npos)
        return notAnAddress("there is a NUL in it");
    if (text.starts_with(kSqlite)) {
        if (text.size() == kSqlite.size())
            return notAnAddress("the path is missing");
        address.file = base / platform::pathOfNarrow(text.substr(kSqlite.size()));
        return address;
    }
    if (std::none_of(kPostgres.begin(), kPostgres.end(), [&](auto scheme) { return text.starts_with(scheme); }))
        return notAnAddress("it is neither");
    address.engine = DatabaseAddress::Engine::postgres;
    address.url = text;
    if (auto taken = takePassword(address); !taken)
        return std::move(taken).error();
    return address;
}

} // namespace ssprotect::kodiacd

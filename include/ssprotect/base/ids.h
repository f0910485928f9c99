#pragma once

#include "ssprotect/base/encoding.h"
#include "ssprotect/base/random.h"

#include <algorithm>
#include <compare>
#include <functional>

namespace ssprotect {

/// A 16-byte random identity. `Tag` keeps kinds of identities apart.
template <class Tag> class Id {
public:
    static constexpr std::size_t kSize = 16;

    constexpr Id() = default;
    explicit constexpr Id(const std::array<Byte, kSize>& bytes) : bytes_(bytes) {}

    static Result<Id> fromBytes(ByteView bytes) {
        if (bytes.size() != kSize)
            return makeError(ErrorCode::invalidInput, "an id has 16 bytes");
        Id id;
        std::copy(bytes.begin(), bytes.end(), id.bytes_.begin());
        return id;
    }
    static Result<Id> fromHexText(std::string_view text) {
        auto bytes = fromHex(text);
        if (!bytes)
            return std::move(bytes).error();
        return fromBytes(*bytes);
    }
    static Id random(Random& random) {
        Id id;
        random.fill(id.bytes_);
        return id;
    }

    ByteView bytes() const { return bytes_; }
    std::string hex() const { return toHex(bytes_); }
    bool isNull() const { return *this == Id{}; }

    friend auto operator<=>(const Id&, const Id&) = default;

private:
    std::array<Byte, kSize> bytes_{};
};

using FileId = Id<struct FileTag>;
using OrganizationId = Id<struct OrganizationTag>;
using AccountId = Id<struct AccountTag>;
using HostId = Id<struct HostTag>;
using GrantId = Id<struct GrantTag>;

/// 1, 2, …: the number of a Version Instance within its chain; 0 = none.
using VersionNumber = std::uint32_t;
/// The epoch of an Organization content key or of KODiAC's root.
using Epoch = std::uint32_t;

} // namespace ssprotect

template <class Tag> struct std::hash<ssprotect::Id<Tag>> {
    std::size_t operator()(const ssprotect::Id<Tag>& id) const noexcept {
        return ssprotect::loadBigEndian<std::uint64_t>(id.bytes().first(8));
    }
};

#include "shares.h"

#include "wire/limits.h"

namespace ssprotect::kodiac {
namespace {

constexpr std::string_view kRootKind = "share-root";
constexpr std::size_t kRootSize = 32;

Bytes whose(const OrganizationId& organization, Epoch epoch) {
    Bytes bytes = copyOf(organization.bytes());
    std::array<Byte, sizeof(Epoch)> number;
    storeBigEndian(epoch, number);
    append(bytes, number);
    return bytes;
}

} // namespace

void drawShareRoot(Context& context, const OrganizationId& organization, Epoch epoch) {
    const auto root = drawSecret(context, kRootSize);
    context.sql.post("INSERT INTO share_roots (organization, epoch, sealed, created) VALUES ($1, $2, $3, $4)",
                     {organization, epoch, context.services.atRest.seal(kRootKind, whose(organization, epoch), root),
                      context.now()});
}

Result<crypto::SecretBytes> openShareRoot(const Services& services, const OrganizationId& organization, Epoch epoch,
                                          ByteView sealed) {
    return services.atRest.open(kRootKind, whose(organization, epoch), sealed);
}

void Shares::know(const OrganizationId& organization, Epoch epoch, std::optional<Bytes> sealed) {
    if (sealed)
        sealed_[{organization, epoch}] = std::move(*sealed);
}

std::optional<Bytes> Shares::sealedRoot(const Key& key) {
    if (const auto known = sealed_.find(key); known != sealed_.end())
        return known->second;
    const auto row = context_.sql.one("SELECT sealed FROM share_roots WHERE organization = $1 AND epoch = $2",
                                      {key.first, key.second});
    return row ? std::optional(row->get<Bytes>(0)) : std::nullopt;
}

Result<crypto::SecretBytes> Shares::of(const container::Identity& identity,
                                       const container::IdentityBytes& identityBytes, ByteView salt) {
    auto& root = roots_[{identity.organization, identity.shareEpoch}];
    if (root.empty()) {
        const auto sealed = sealedRoot({identity.organization, identity.shareEpoch});
        if (!sealed)
            return makeError(ErrorCode::dataDamaged, "the share's root is missing in KODiAC's database");
        auto opened = openShareRoot(context_.services, identity.organization, identity.shareEpoch, *sealed);
        if (!opened)
            return std::move(opened).error();
        root = std::move(*opened);
    }
    Bytes info = copyOf(viewOf("ssprotect/share/v1"));
    append(info, identityBytes);
    return crypto::hkdf(crypto::HashAlgorithm::sha512, root, salt, info, wire::kShareSize);
}

} // namespace ssprotect::kodiac

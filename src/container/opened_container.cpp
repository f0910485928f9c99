#include "opened_container.h"

#include "header_layout.h"
#include "header_proof.h"
#include "ssprotect/crypto/aead.h"

#include <algorithm>

namespace ssprotect::container {
namespace {

using layout::kMacSize;

Error notAuthentic(std::string_view why) {
    return makeError(ErrorCode::integrity, "the protected file was changed: " + std::string(why) +
                                               "; restore it from the archive or a backup");
}

} // namespace

Error asIntegrity(Error error) {
    if (error.code == ErrorCode::dataDamaged)
        error.code = ErrorCode::integrity;
    return error;
}

Result<OpenedContainer> openContainer(platform::File& file, const VersionKeys& keys, SizeMismatch mismatch) {
    auto header = readHeader(file, mismatch);
    if (!header)
        return asIntegrity(std::move(header).error());
    if (!header->has_value())
        return makeError(ErrorCode::integrity, "the file is no protected file");
    Header& read = **header;

    const auto dataKey = crypto::unwrapKey(deriveKeyEncryptionKey(keys, read.identityBytes), read.wrappedKey);
    if (!dataKey || dataKey->size() != kKeySize)
        return notAuthentic("its key does not open");
    const ContainerKeys containerKeys = deriveContainerKeys(*dataKey);
    const ByteView beforeMac = ByteView(read.raw).first(read.raw.size() - kMacSize);
    if (!crypto::equalSecrets(headerMac(containerKeys.header, beforeMac), read.mac))
        return notAuthentic("its header is not the one that was written");
    auto body = SealedBody::open(file, read.raw.size(), bodySizeFor(read.plaintextSize), containerKeys.body,
                                 read.identityBytes);
    if (!body)
        return asIntegrity(std::move(body).error());
    return OpenedContainer{std::move(read), std::move(*body)};
}

Result<std::optional<Header>> readHeader(platform::File& file, SizeMismatch mismatch) {
    const auto info = file.info();
    if (!info)
        return info.error();
    Bytes start(std::min<std::uint64_t>(info->size, kLargestHeader));
    const auto got = file.readAt(0, start);
    if (!got)
        return got.error();
    start.resize(*got);
    if (!hasContainerMagic(start))
        return std::optional<Header>();
    auto header = parseHeader(start, info->size, mismatch);
    if (!header)
        return std::move(header).error();
    return std::optional<Header>(std::move(*header));
}

} // namespace ssprotect::container

#include "ssprotect/container/sealed_body.h"

#include <algorithm>

namespace ssprotect::container {

SealedBody::SealedBody(platform::File& file, std::uint64_t offset, std::uint64_t size, std::uint64_t plaintextSize,
                       BodyKeys keys)
    : file_(&file), offset_(offset), size_(size), plaintextSize_(plaintextSize), keys_(std::move(keys)) {}

Result<SealedBody> SealedBody::open(platform::File& file, std::uint64_t offset, std::uint64_t size, ByteView inputKey,
                                    ByteView context) {
    const auto plaintextSize = plaintextSizeFor(size);
    if (!plaintextSize)
        return plaintextSize.error();
    std::array<Byte, kBodyPrefixSize> prefix;
    const auto got = file.readAt(offset, prefix);
    if (!got)
        return got.error();
    if (*got != prefix.size())
        return makeError(ErrorCode::dataDamaged, "the encrypted content is cut off before its first chunk");

    BodySalt salt;
    std::copy_n(prefix.begin(), salt.size(), salt.begin());
    auto keys = BodyKeys::derive(inputKey, salt, context);
    if (!keys)
        return std::move(keys).error();
    if (!keys->commits(ByteView(prefix).last(kCommitmentSize)))
        return makeError(ErrorCode::integrity,
                         "the encrypted content belongs to another key or another file, or its start was changed");
    return SealedBody(file, offset, size, *plaintextSize, std::move(*keys));
}

Result<std::size_t> SealedBody::readAt(std::uint64_t offset, MutableByteView to) const {
    return file_->readAt(offset_ + offset, to);
}

} // namespace ssprotect::container

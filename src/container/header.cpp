#include "ssprotect/container/header.h"

#include "header_fields.h"
#include "header_layout.h"
#include "ssprotect/container/chunked_encryption.h"

namespace ssprotect::container {
namespace {

using namespace layout;

template <std::size_t size> void copyAt(ByteView bytes, std::size_t at, std::array<Byte, size>& to) {
    std::ranges::copy(bytes.subspan(at, size), to.begin());
}

} // namespace

std::uint64_t Header::containerSize() const { return raw.size() + bodySizeFor(plaintextSize); }

Result<Header> parseHeader(ByteView bytes, std::uint64_t fileSize, SizeMismatch mismatch) {
    auto identity = Identity::parse(bytes);
    if (!identity)
        return std::move(identity).error();
    const std::size_t size = integerAt<std::uint16_t>(bytes, kHeaderSizeAt);
    if (bytes.size() < size || fileSize < size)
        return damaged("it is cut off");
    if (!zeroAt(bytes, kZeroAfterSignatureAt, kFixedFieldsEnd - kZeroAfterSignatureAt))
        return damaged("a reserved byte is not zero");

    Header header;
    header.identity = *identity;
    header.raw = copyOf(bytes.first(size));
    copyAt(bytes, 0, header.identityBytes);
    header.plaintextSize = integerAt<std::uint64_t>(bytes, kPlaintextSizeAt);
    copyAt(bytes, kWrappedKeyAt, header.wrappedKey);
    copyAt(bytes, kSignatureAt, header.signature);
    copyAt(bytes, size - kMacSize, header.mac);

    if (header.plaintextSize > kMostPlaintext)
        return damaged("the size that it names cannot be");
    if (mismatch == SizeMismatch::accepted)
        return header;
    const auto plaintextSize = plaintextSizeFor(fileSize - size);
    if (!plaintextSize)
        return damaged(plaintextSize.error().message);
    if (*plaintextSize != header.plaintextSize)
        return damaged("the file has not the size that it names, so a part is missing or was added");
    return header;
}

} // namespace ssprotect::container

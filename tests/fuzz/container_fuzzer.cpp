#include "header_layout.h"
#include "header_proof.h"
#include "ssprotect/container/container.h"
#include "ssprotect/crypto/aead.h"
#include "support/memory_file.h"

#include <algorithm>
#include <cstdlib>

/// Any bytes as a protected file, read in every way; then once more with MAC, wrapped key and commitment made right, so
/// that what lies behind them is reached too. Whatever the bytes: an error or the plaintext, never a crash.
namespace ssprotect::container {
namespace {

using test::MemoryFile;

constexpr std::uint64_t kLargestPlaintext = 4 << 20;
const Bytes kShare(32, 0x11);
const Bytes kContentKey(32, 0x22);
const Bytes kDataKey(32, 0x33);

void require(bool holds) {
    if (!holds)
        std::abort();
}

void readEverything(platform::File& file, const VersionKeys& keys) {
    auto reader = Reader::open(file, keys);
    if (!reader || reader->size() > kLargestPlaintext)
        return;
    Bytes all(reader->size() + 1);
    if (const auto got = reader->readAt(0, all))
        require(*got == reader->size());
    Bytes part(100);
    static_cast<void>(reader->readAt(reader->size() / 2, part));
}

void saveEverything(platform::File& file, const VersionKeys& keys, std::uint64_t plaintextSize) {
    MemoryFile saved;
    const auto ranges = decryptDamaged(file, saved, keys, {});
    if (!ranges)
        return;
    require(saved.content().size() == plaintextSize);
    std::uint64_t end = 0;
    for (const DamagedRange& range : *ranges) {
        require(range.length > 0 && range.offset >= end && range.offset + range.length <= plaintextSize);
        end = range.offset + range.length;
    }
}

void exercise(const Bytes& bytes) {
    const VersionKeys keys{kShare, kContentKey};
    MemoryFile file(bytes);
    static_cast<void>(verify(file, keys, {}, {}, {}));
    MemoryFile published;
    static_cast<void>(decrypt(file, published, keys, {}, {}, {}));
    require(published.content().empty()); // no signature of an all-zero key is right
    readEverything(file, keys);
    const auto header = readHeader(file, SizeMismatch::accepted);
    if (header && header->has_value() && (*header)->plaintextSize <= kLargestPlaintext)
        saveEverything(file, keys, (*header)->plaintextSize);
}

/// The same file as somebody with the keys would have written its header and the start of its body.
Bytes repaired(Bytes bytes, const Header& header) {
    const auto put = [&](std::size_t at, ByteView value) {
        std::ranges::copy(value, bytes.begin() + static_cast<std::ptrdiff_t>(at));
    };
    const ContainerKeys keys = deriveContainerKeys(kDataKey);
    const auto kek = deriveKeyEncryptionKey({kShare, kContentKey}, header.identityBytes);
    put(layout::kWrappedKeyAt, crypto::wrapKey(kek, kDataKey));
    const std::size_t size = header.raw.size();
    if (bytes.size() >= size + kBodyPrefixSize) {
        BodySalt salt;
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(size), salt.size(), salt.begin());
        put(size + kSaltSize, BodyKeys::derive(keys.body, salt, header.identityBytes).value().commitment());
    }
    const std::size_t macAt = size - layout::kMacSize;
    put(macAt, headerMac(keys.header, ByteView(bytes).first(macAt)));
    return bytes;
}

} // namespace
} // namespace ssprotect::container

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ssprotect;
    using namespace ssprotect::container;
    const Bytes bytes(data, data + size);
    exercise(bytes);
    const auto header = parseHeader(bytes, size, SizeMismatch::accepted);
    if (!header)
        return 0;
    require(header->identity.bytes(static_cast<std::uint16_t>(header->raw.size())) == header->identityBytes);
    exercise(repaired(bytes, *header));
    return 0;
}

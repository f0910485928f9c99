#include "golden.h"

namespace ssprotect::container::test {
namespace {

/// Bytes that anybody can make again: the start of SHA-512("golden" ‖ file ‖ what).
Bytes bytesFor(const std::string& file, std::string_view what, std::size_t size) {
    const auto digest = crypto::sha512({viewOf("golden"), viewOf(file), viewOf(what)});
    return copyOf(ByteView(digest).first(size));
}

Golden golden(std::string file, std::size_t plaintextSize, ConversionMode mode, VersionNumber version,
              std::size_t extraHeader) {
    const auto bytes = [&](std::string_view what, std::size_t size) { return bytesFor(file, what, size); };
    Golden golden;
    golden.plaintextSize = plaintextSize;
    golden.extraHeader = extraHeader;
    golden.root = bytes("S", 32);
    golden.fileSalt = bytes("sigma", 16);

    Inputs& inputs = golden.inputs;
    inputs.identity.mode = mode;
    inputs.identity.version = version;
    inputs.identity.shareEpoch = 1;
    inputs.identity.keyEpoch = version;
    inputs.identity.file = FileId::fromBytes(bytes("FileID", 16)).value();
    inputs.identity.organization = OrganizationId::fromBytes(bytes("Organization", 16)).value();
    inputs.identity.owner = AccountId::fromBytes(bytes("Owner", 16)).value();
    inputs.identity.creator = AccountId::fromBytes(bytes("Creator", 16)).value();
    inputs.identity.storedAt = fromUnixMillis(1'769'846'400'000 + version);
    inputs.contentKey = bytes("OCK", 32);
    inputs.dataKey = bytes("DEK", 32);
    inputs.bodySalt = bytes("body salt", kSaltSize);
    inputs.creatorSeed = bytes("Creator's key", 32);
    golden.file = std::move(file);
    inputs.share = copyOf(deriveShare(golden.root, golden.fileSalt, golden.identityBytes()));
    return golden;
}

} // namespace

std::vector<Golden> goldens() {
    return {golden("empty.ssp", 0, ConversionMode::optimized, 1, 0),
            golden("one-byte.ssp", 1, ConversionMode::optimized, 1, 0),
            golden("full-chunk.ssp", 16'384, ConversionMode::hybrid, 2, 0),
            golden("two-chunks.ssp", 20'000, ConversionMode::doubled, 300, 0),
            golden("long-header.ssp", 1'000, ConversionMode::optimized, 7, 16)};
}

} // namespace ssprotect::container::test

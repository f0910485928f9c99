#include "sample.h"

#include "support/scripted_random.h"

#include <algorithm>
#include <cstdlib>

namespace ssprotect::container::test {
namespace {

template <class Id> Id idOf(Byte byte) {
    std::array<Byte, Id::kSize> bytes;
    bytes.fill(byte);
    return Id(bytes);
}

Bytes plainBody(const BodyKeys& keys, const Inputs& inputs, const Bytes& plaintext) {
    Bytes body = inputs.bodySalt;
    append(body, keys.commitment());
    auto cipher = keys.cipher();
    ByteView rest = plaintext;
    for (std::uint64_t index = 0;; ++index) {
        const ByteView chunk = rest.first(std::min(rest.size(), kChunkSize));
        Bytes sealed(chunk.size() + crypto::kGcmTagSize);
        cipher.seal(index, chunk, sealed);
        append(body, sealed);
        rest = rest.subspan(chunk.size());
        if (chunk.size() < kChunkSize)
            return body;
    }
}

crypto::Sha256Digest plainDigest(ByteView body) {
    Bytes digests;
    for (; !body.empty(); body = body.subspan(std::min<std::size_t>(body.size(), kPieceSize)))
        append(digests, crypto::sha256({body.first(std::min<std::size_t>(body.size(), kPieceSize))}));
    return crypto::sha256({digests});
}

} // namespace

Bytes patterned(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<Byte>(7 * i + 13 * (i >> 8) + 1);
    return bytes;
}

Inputs::Inputs() {
    identity.mode = ConversionMode::hybrid;
    identity.file = idOf<FileId>(0xf1);
    identity.version = 3;
    identity.shareEpoch = 2;
    identity.keyEpoch = 5;
    identity.organization = idOf<OrganizationId>(0x06);
    identity.owner = idOf<AccountId>(0x0e);
    identity.creator = idOf<AccountId>(0xc0);
    identity.storedAt = fromUnixMillis(1'769'846'400'123);
}

Sample encrypted(const Inputs& inputs, const Bytes& plaintext, unsigned threads) {
    ssprotect::test::MemoryFile source(plaintext);
    ssprotect::test::MemoryFile target;
    ssprotect::test::ScriptedRandom random{inputs.dataKey, inputs.bodySalt};
    auto stored = encrypt(source, plaintext.size(), target, inputs.identity, inputs.keys(), inputs.creator(), random,
                          {.threads = threads, .progress = {}});
    return {std::move(target.content()), stored.value()};
}

Sample writtenPlainly(const Inputs& inputs, const Bytes& plaintext, const Bytes& extra) {
    const auto headerSize = static_cast<std::uint16_t>(kHeaderSize + extra.size());
    const IdentityBytes identity = inputs.identity.bytes(headerSize);
    const ContainerKeys keys = deriveContainerKeys(inputs.dataKey);
    BodySalt salt;
    std::ranges::copy(inputs.bodySalt, salt.begin());
    const Bytes body = plainBody(BodyKeys::derive(keys.body, salt, identity).value(), inputs, plaintext);
    Sample sample;
    sample.stored.plaintextSize = plaintext.size();
    sample.stored.digest = plainDigest(body);

    Bytes& out = sample.container;
    append(out, identity);
    std::array<Byte, 8> size;
    storeBigEndian<std::uint64_t>(plaintext.size(), size);
    append(out, size);
    append(out, crypto::wrapKey(deriveKeyEncryptionKey(inputs.keys(), identity), inputs.dataKey));
    Bytes message = copyOf(viewOf("ssprotect/container/v1"));
    append(message, out);
    append(message, sample.stored.digest);
    sample.stored.signature = inputs.creator().sign(message);
    append(out, sample.stored.signature);
    append(out, Bytes(8));
    append(out, extra);
    append(out, crypto::hmac(crypto::HashAlgorithm::sha256, keys.header, {out}));
    append(out, body);
    return sample;
}

Status decrypted(const Bytes& container, const Inputs& inputs, const crypto::Sha256Digest& digest, Bytes& published,
                 unsigned threads) {
    ssprotect::test::MemoryFile source(container);
    ssprotect::test::MemoryFile target;
    auto status = decrypt(source, target, inputs.keys(), inputs.creator().publicKey(), digest,
                          {.threads = threads, .progress = {}});
    published = std::move(target.content());
    return status;
}

Status verified(const Bytes& container, const Inputs& inputs, const crypto::Sha256Digest& digest, unsigned threads) {
    ssprotect::test::MemoryFile source(container);
    return verify(source, inputs.keys(), inputs.creator().publicKey(), digest, {.threads = threads, .progress = {}});
}

std::size_t chunkAt(std::size_t index) { return kHeaderSize + kBodyPrefixSize + index * kSealedChunkSize; }

} // namespace ssprotect::container::test

#include "ssprotect/crypto/aead.h"
#include "ssprotect/crypto/curves.h"
#include "ssprotect/crypto/hash.h"

#include <algorithm>

namespace ssprotect::crypto {
namespace {

// RFC 9180, sections 4.1 and 5.1: "KEM" ‖ DHKEM(X25519, HKDF-SHA256); "HPKE" ‖ that KEM ‖ HKDF-SHA256 ‖ AES-256-GCM.
constexpr std::array<Byte, 5> kKemSuite{'K', 'E', 'M', 0x00, 0x20};
constexpr std::array<Byte, 10> kHpkeSuite{'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, 0x02};
constexpr Byte kModeBase = 0x00;
constexpr std::string_view kVersion = "HPKE-v1";
constexpr std::size_t kSecretSize = 32; // Nsecret and Nh

SecretBytes joined(std::initializer_list<ByteView> parts) {
    std::size_t size = 0;
    for (const ByteView part : parts)
        size += part.size();
    SecretBytes all(size);
    auto to = all.bytes().begin();
    for (const ByteView part : parts)
        to = std::copy(part.begin(), part.end(), to);
    return all;
}

SecretBytes labeledExtract(ByteView suite, ByteView salt, std::string_view label, ByteView inputKey) {
    return hkdfExtract(HashAlgorithm::sha256, joined({viewOf(kVersion), suite, viewOf(label), inputKey}), salt);
}

SecretBytes labeledExpand(ByteView suite, ByteView pseudoRandomKey, std::string_view label, ByteView info,
                          std::size_t length) {
    std::array<Byte, 2> lengthBytes;
    storeBigEndian(static_cast<std::uint16_t>(length), lengthBytes);
    return hkdfExpand(HashAlgorithm::sha256, pseudoRandomKey,
                      joined({lengthBytes, viewOf(kVersion), suite, viewOf(label), info}), length);
}

/// ExtractAndExpand of the KEM.
SecretBytes sharedSecret(ByteView agreed, ByteView encapsulated, ByteView recipient) {
    const SecretBytes extracted = labeledExtract(kKemSuite, {}, "eae_prk", agreed);
    return labeledExpand(kKemSuite, extracted, "shared_secret", joined({encapsulated, recipient}), kSecretSize);
}

struct MessageKey {
    SecretBytes key;
    GcmNonce nonce{};
};

/// KeySchedule of mode base; the nonce of the first and only message is the base nonce.
MessageKey messageKey(ByteView shared, ByteView info) {
    const SecretBytes contextId = labeledExtract(kHpkeSuite, {}, "psk_id_hash", {});
    const SecretBytes infoHash = labeledExtract(kHpkeSuite, {}, "info_hash", info);
    const SecretBytes context = joined({ByteView(&kModeBase, 1), contextId, infoHash});
    const SecretBytes secret = labeledExtract(kHpkeSuite, shared, "secret", {});

    MessageKey message;
    message.key = labeledExpand(kHpkeSuite, secret, "key", context, kAesKeySize);
    const SecretBytes nonce = labeledExpand(kHpkeSuite, secret, "base_nonce", context, kGcmNonceSize);
    std::copy_n(nonce.view().begin(), kGcmNonceSize, message.nonce.begin());
    return message;
}

} // namespace

Result<HpkeMessage> hpkeSeal(const PublicKey& recipient, ByteView info, ByteView aad, ByteView plaintext,
                             Random& random) {
    const AgreementKey ephemeral = AgreementKey::generate(random);
    const auto agreed = ephemeral.agree(recipient);
    if (!agreed)
        return agreed.error();
    const MessageKey message = messageKey(sharedSecret(*agreed, ephemeral.publicKey(), recipient), info);

    HpkeMessage sealed{ephemeral.publicKey(), Bytes(plaintext.size() + kGcmTagSize)};
    Aes256Gcm(message.key).seal(message.nonce, aad, plaintext, sealed.ciphertext);
    return sealed;
}

Result<SecretBytes> hpkeOpen(const AgreementKey& recipient, ByteView info, ByteView aad, ByteView encapsulated,
                             ByteView ciphertext) {
    const auto bad = [] {
        return makeError(ErrorCode::integrity,
                         "the sealed message is not authentic: it was changed, or is for another key");
    };
    if (encapsulated.size() != sizeof(PublicKey) || ciphertext.size() < kGcmTagSize)
        return bad();
    const auto agreed = recipient.agree(encapsulated);
    if (!agreed)
        return bad();
    const MessageKey message = messageKey(sharedSecret(*agreed, encapsulated, recipient.publicKey()), info);
    SecretBytes plaintext(ciphertext.size() - kGcmTagSize);
    if (!Aes256Gcm(message.key).open(message.nonce, aad, ciphertext, plaintext.bytes()))
        return bad();
    return plaintext;
}

} // namespace ssprotect::crypto

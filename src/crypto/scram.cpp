#include "ssprotect/crypto/password.h"

namespace ssprotect::crypto {
namespace {

// RFC 5802, section 3.
constexpr std::string_view kClientKey = "Client Key";
constexpr std::string_view kServerKey = "Server Key";

SecretBytes clientKey(ByteView authenticationKey) {
    SecretBytes key(sizeof(Sha256Digest));
    hmac(HashAlgorithm::sha256, authenticationKey, {viewOf(kClientKey)}, key.bytes());
    return key;
}

Sha256Digest exclusiveOr(ByteView a, ByteView b) {
    Sha256Digest both;
    for (std::size_t i = 0; i < both.size(); ++i)
        both[i] = a[i] ^ b[i];
    return both;
}

Sha256Digest clientSignature(const Sha256Digest& storedKey, ByteView authMessage) {
    Sha256Digest signature;
    hmac(HashAlgorithm::sha256, storedKey, {authMessage}, signature);
    return signature;
}

} // namespace

ScramVerifier scramVerifier(ByteView authenticationKey) {
    ScramVerifier verifier;
    verifier.storedKey = sha256({clientKey(authenticationKey)});
    hmac(HashAlgorithm::sha256, authenticationKey, {viewOf(kServerKey)}, verifier.serverKey);
    return verifier;
}

Sha256Digest scramClientProof(ByteView authenticationKey, ByteView authMessage) {
    const SecretBytes key = clientKey(authenticationKey);
    return exclusiveOr(key, clientSignature(sha256({key}), authMessage));
}

bool scramVerifyClient(const ScramVerifier& verifier, ByteView authMessage, ByteView proof) {
    if (proof.size() != sizeof(Sha256Digest))
        return false;
    Sha256Digest key = exclusiveOr(proof, clientSignature(verifier.storedKey, authMessage));
    const bool good = equalSecrets(sha256({key}), verifier.storedKey);
    wipe(key);
    return good;
}

Sha256Digest scramServerSignature(const ScramVerifier& verifier, ByteView authMessage) {
    Sha256Digest signature;
    hmac(HashAlgorithm::sha256, verifier.serverKey, {authMessage}, signature);
    return signature;
}

} // namespace ssprotect::crypto

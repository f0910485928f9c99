#include "header_proof.h"

#include "header_layout.h"

namespace ssprotect::container {

Bytes signedMessage(ByteView headerStart, const crypto::Sha256Digest& digest) {
    Bytes message = copyOf(viewOf("ssprotect/container/v1"));
    append(message, headerStart.first(layout::kSignatureAt));
    append(message, digest);
    return message;
}

crypto::Sha256Digest headerMac(ByteView headerKey, ByteView beforeMac) {
    crypto::Sha256Digest mac;
    crypto::hmac(crypto::HashAlgorithm::sha256, headerKey, {beforeMac}, mac);
    return mac;
}

} // namespace ssprotect::container

#include "ssprotect/kodiac/kodiac.h"

namespace ssprotect::kodiac {
namespace {

template <class Integer> void update(crypto::Sha256& hash, Integer value) {
    std::array<Byte, sizeof(Integer)> bytes;
    storeBigEndian(value, bytes);
    hash.update(bytes);
}

void updatePrefixed(crypto::Sha256& hash, std::string_view text) {
    update(hash, static_cast<std::uint32_t>(text.size()));
    hash.update(viewOf(text));
}

} // namespace

crypto::Sha256Digest requestHash(const Call& call) {
    crypto::Sha256 hash;
    hash.update(viewOf("ssprotect/req/v1"));
    hash.update(call.account.bytes());
    hash.update(call.host.bytes());
    hash.update(call.session.bytes());
    update(hash, call.counter);
    updatePrefixed(hash, call.operation);
    updatePrefixed(hash, call.body);
    for (const auto& secret : call.secrets) {
        update(hash, static_cast<std::uint32_t>(secret.size()));
        hash.update(crypto::sha256({secret}));
    }
    return hash.finish();
}

} // namespace ssprotect::kodiac

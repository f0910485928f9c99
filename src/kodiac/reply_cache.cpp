#include "reply_cache.h"

#include "operation_table.h"

namespace ssprotect::kodiac {
namespace {

constexpr std::string_view kSecretKind = "reply";

Bytes whose(const Context& context) {
    Bytes bytes = copyOf(context.caller.account.bytes());
    append(bytes, context.caller.host.bytes());
    std::array<Byte, 8> counter;
    storeBigEndian(context.call.counter, counter);
    append(bytes, counter);
    return bytes;
}

// A code that was taken is worth nothing any more, but by itself it would be found by trying.
crypto::Sha256Digest codeProof(const Context& context, const crypto::Sha256Digest& hash) {
    return crypto::sha256({viewOf("ssprotect/kodiac/code/v1"), hash, viewOf(context.call.code)});
}

// Each secret behind its 4-byte length.
crypto::SecretBytes packed(const std::vector<crypto::SecretBytes>& secrets) {
    std::size_t size = 0;
    for (const auto& secret : secrets)
        size += sizeof(std::uint32_t) + secret.size();
    crypto::SecretBytes all(size);
    MutableByteView to = all.bytes();
    for (const auto& secret : secrets) {
        storeBigEndian(static_cast<std::uint32_t>(secret.size()), to);
        to = to.subspan(sizeof(std::uint32_t));
        std::copy_n(secret.view().begin(), secret.size(), to.begin());
        to = to.subspan(secret.size());
    }
    return all;
}

Result<std::vector<crypto::SecretBytes>> unpacked(ByteView all) {
    std::vector<crypto::SecretBytes> secrets;
    while (!all.empty()) {
        if (all.size() < sizeof(std::uint32_t))
            return makeError(ErrorCode::dataDamaged, "a kept reply of KODiAC is damaged");
        const auto size = loadBigEndian<std::uint32_t>(all);
        all = all.subspan(sizeof(std::uint32_t));
        if (all.size() < size)
            return makeError(ErrorCode::dataDamaged, "a kept reply of KODiAC is damaged");
        secrets.push_back(crypto::SecretBytes::copyOf(all.first(size)));
        all = all.subspan(size);
    }
    return secrets;
}

} // namespace

bool isSameRequest(Context& context, std::uint64_t counter, const crypto::Sha256Digest& hash) {
    const auto row = context.sql.one("SELECT counter, hash FROM replies WHERE account = $1 AND host = $2",
                                     {context.caller.account, context.caller.host});
    return row && row->get<std::uint64_t>(0) == counter &&
           crypto::equalSecrets(row->get<crypto::Sha256Digest>(1), hash);
}

bool hasSameCode(Context& context, const crypto::Sha256Digest& hash) {
    const auto row = context.sql.one("SELECT code FROM replies WHERE account = $1 AND host = $2",
                                     {context.caller.account, context.caller.host});
    const auto proof = row ? row->get<std::optional<crypto::Sha256Digest>>(0) : std::nullopt;
    return proof && crypto::equalSecrets(*proof, codeProof(context, hash));
}

void keepReply(Context& context, const crypto::Sha256Digest& hash, Repeat repeat, const Result<Reply>& outcome) {
    std::optional<std::string> body;
    std::optional<Bytes> sealed;
    if (outcome && repeat != Repeat::again)
        body = outcome->body;
    if (outcome && repeat == Repeat::kept && !outcome->secrets.empty())
        sealed = context.services.atRest.seal(kSecretKind, whose(context), packed(outcome->secrets));
    context.sql.post("INSERT INTO replies (account, host, counter, hash, done, body, sealed, code) "
                     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (account, host) DO UPDATE SET "
                     "counter = excluded.counter, hash = excluded.hash, done = excluded.done, "
                     "body = excluded.body, sealed = excluded.sealed, code = excluded.code",
                     {context.caller.account, context.caller.host, context.call.counter, hash, body.has_value(), body,
                      sealed, codeProof(context, hash)});
}

Result<std::optional<Reply>> keptReply(Context& context) {
    const auto row = context.sql.one("SELECT body, sealed FROM replies WHERE account = $1 AND host = $2 AND done = 1",
                                     {context.caller.account, context.caller.host});
    if (!row)
        return std::optional<Reply>();
    Reply reply;
    reply.body = row->get<std::string>(0);
    if (const auto sealed = row->get<std::optional<Bytes>>(1)) {
        auto all = context.services.atRest.open(kSecretKind, whose(context), *sealed);
        if (!all)
            return std::move(all).error();
        auto secrets = unpacked(*all);
        if (!secrets)
            return std::move(secrets).error();
        reply.secrets = std::move(*secrets);
    }
    return std::optional<Reply>(std::move(reply));
}

} // namespace ssprotect::kodiac

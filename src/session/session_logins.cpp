#include "session_inside.h"
#include "ssprotect/kodiac/email.h"

namespace ssprotect::session {
namespace {

constexpr std::size_t kNonceSize = 24;

struct Proof {
    PasswordKeys keys;
    Bytes authMessage;
    crypto::Sha256Digest clientProof{};
};

Result<Proof> prove(const kodiac::StartLogin::Request& request, const kodiac::StartLogin::Response& response,
                    const crypto::Sha256Digest& channelBinding, ByteView password, const crypto::ScryptLimits& limits) {
    if (response.serverNonce.size() != kNonceSize)
        return makeError(ErrorCode::peerRefused, "KODiAC answered the login with a nonce of the wrong size");
    auto keys = PasswordKeys::derive(password, response.derivation, limits);
    if (!keys && keys.error().code == ErrorCode::invalidInput)
        return makeError(ErrorCode::peerRefused,
                         "KODiAC asks for the password in a form that is too weak or too costly; it was not given");
    if (!keys)
        return std::move(keys).error();
    Proof proof{std::move(*keys), kodiac::loginAuthMessage(request, response, channelBinding), {}};
    proof.clientProof = crypto::scramClientProof(proof.keys.authenticationKey(), proof.authMessage);
    return proof;
}

/// RFC 5802: only who holds the verifier can sign the same message.
Status checkServer(const Proof& proof, const crypto::Sha256Digest& signature) {
    const auto expected =
        crypto::scramServerSignature(crypto::scramVerifier(proof.keys.authenticationKey()), proof.authMessage);
    if (crypto::equalSecrets(expected, signature))
        return {};
    return makeError(ErrorCode::peerRefused, "KODiAC did not prove that it knows this account; you are not logged in");
}

} // namespace

Result<SessionManager::Inside::Start> SessionManager::Inside::proveLogin(const Destination& where, ByteView password) {
    auto own = ownFactor(where);
    if (!own)
        return std::move(own).error();
    bool begun = false;
    auto proved = proveLoginOnce(where, password, *own, begun);
    // The proof holds on one connection only: when that is lost between the two steps, the login starts over, once.
    const bool lost = !proved && proved.error().code == ErrorCode::kodiacUnreachable;
    if (lost && begun && where.kodiac->channelBinding() != crypto::Sha256Digest{})
        return proveLoginOnce(where, password, *own, begun);
    return proved;
}

Result<SessionManager::Inside::OwnFactor> SessionManager::Inside::ownFactor(const Destination& where) {
    OwnFactor own{HostId::random(environment.random), {}, nullptr, {}};
    auto known = accounts.byEmail(where.email, where.servers);
    if (!known)
        return std::move(known).error();
    if (!*known)
        return own;
    own.account = (*known)->account;
    auto enrolment = secrets.enrolment(own.account);
    if (!enrolment)
        return std::move(enrolment).error();
    if (!*enrolment)
        return own;
    own.host = (*enrolment)->host;
    auto credential = credentialFor(own.account, std::move(**enrolment));
    if (!credential)
        return std::move(credential).error();
    own.credential = std::move(*credential);
    auto turn = own.credential->turn(Attendance::attended);
    if (!turn)
        return std::move(turn).error();
    own.turn = std::move(*turn);
    return own;
}

Status SessionManager::Inside::checkSameKodiac(const AccountId& account, const ServerSet& servers) {
    auto onRecord = accounts.byId(account);
    if (!onRecord)
        return std::move(onRecord).error();
    if (*onRecord && !sameKodiac((*onRecord)->servers, servers))
        return makeError(ErrorCode::peerRefused, "this KODiAC answers with an account that this host knows at another "
                                                 "KODiAC; you are not logged in");
    return {};
}

Result<SessionManager::Inside::Start>
SessionManager::Inside::proveLoginOnce(const Destination& where, ByteView password, const OwnFactor& own, bool& begun) {
    kodiac::StartLogin::Request hello{where.email, own.host, Bytes(kNonceSize)};
    environment.random.fill(hello.clientNonce);
    auto challenge = KodiacChannel(where.kodiac).call<kodiac::StartLogin>(hello);
    if (!challenge)
        return std::move(challenge).error();
    begun = true;
    if (auto same = checkSameKodiac(challenge->account, where.servers); !same)
        return std::move(same).error();
    const auto channelBinding = where.kodiac->channelBinding();
    auto proof = prove(hello, *challenge, channelBinding, password, settings.limits);
    if (!proof)
        return std::move(proof).error();

    KodiacChannel channel(where.kodiac);
    channel.bindTo(channelBinding);
    // Only for the account that it is of.
    const auto credential = challenge->account == own.account ? own.credential : nullptr;
    if (credential)
        channel.useBeforeSession(challenge->account, credential);
    auto answer = channel.callInTurn<kodiac::FinishLogin>(
        {where.email, own.host, settings.hostName, challenge->serverNonce, proof->clientProof}, own.turn);
    if (!answer)
        return std::move(answer).error();
    if (auto genuine = checkServer(*proof, answer->serverSignature); !genuine)
        return std::move(genuine).error();
    if (answer->session.account != challenge->account)
        return makeError(ErrorCode::peerRefused, "KODiAC opened a session for another account; you are not logged in");
    return Start{std::move(answer->session),      own.host, credential, where, std::move(proof->keys),
                 std::move(challenge->derivation)};
}

} // namespace ssprotect::session

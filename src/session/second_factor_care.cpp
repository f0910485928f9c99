#include "session_inside.h"
#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/twofactor/oath_seed.h"

/// TFA-2 and TFA-5: what a person does about the second factor of this host.
namespace ssprotect::session {
namespace {

Error notEnrolled() {
    return makeError(ErrorCode::notFound, "this host has no second factor of that account; log in, which makes one");
}

} // namespace

Status SessionManager::syncSecondFactor(const LoginTarget& target) {
    const std::lock_guard lock(inside_->operations);
    auto where = inside_->destination(target);
    if (!where)
        return std::move(where).error();
    auto known = inside_->accounts.byEmail(where->email, where->servers);
    if (!known)
        return std::move(known).error();
    if (!*known)
        return notEnrolled();
    auto enrolment = inside_->secrets.enrolment((*known)->account);
    if (!enrolment)
        return std::move(enrolment).error();
    if (!*enrolment)
        return notEnrolled();
    const HostId host = (*enrolment)->host;
    auto credential = inside_->credentialFor((*known)->account, std::move(**enrolment));
    if (!credential)
        return std::move(credential).error();
    auto pair = (*credential)->drawPair();
    if (!pair)
        return std::move(pair).error();
    auto synced = KodiacChannel(where->kodiac)
                      .call<kodiac::SyncSecondFactor>({where->email, host, pair->counter, pair->code, pair->nextCode});
    if (!synced)
        return std::move(synced).error();
    return (*credential)->goOnAt(synced->nextCounter);
}

Status SessionManager::useOathToken(std::string_view seed, std::string_view code) {
    const std::lock_guard lock(inside_->operations);
    auto session = inside_->liveSession();
    if (!session)
        return std::move(session).error();
    // From the change on every call would need a code that nobody could be asked for.
    if (!inside_->settings.oathCode)
        return makeError(ErrorCode::refused,
                         "this program cannot ask for the codes of a token; the software codes stay "
                         "in use");
    auto parsed = twofactor::parseOathSeed(seed);
    if (!parsed)
        return std::move(parsed).error();
    Session::State& state = (*session)->state();
    const auto credential = state.channel->credential();
    auto enrolment = inside_->secrets.enrolment(state.account);
    if (!enrolment)
        return std::move(enrolment).error();
    if (!credential || !*enrolment)
        return notEnrolled();
    // Should the answer not reach the disk, the next login comes as from a new host: one that still took the old codes
    // for right would be locked out.
    if (auto forgotten = inside_->secrets.forgetEnrolment(state.account); !forgotten)
        return forgotten;
    const auto keep = [&](std::uint32_t digits) {
        return inside_->secrets.keepEnrolment(state.account, credential->host(), (*enrolment)->hotpSecret, digits);
    };
    auto used = state.heard(state.channel->callThen<kodiac::UseOathToken>(
        {std::move(parsed->secret), parsed->digits, parsed->counter, std::string(code)},
        [&](const auto&) { credential->use(TokenCodes(parsed->digits, inside_->settings.oathCode)); }));
    if (used)
        return keep(parsed->digits);
    // KODiAC out of reach has perhaps changed it; every other refusal changed nothing.
    const bool known = used.error().code != ErrorCode::kodiacUnreachable && used.error().code != ErrorCode::cancelled;
    if (auto kept = known ? keep((*enrolment)->oathDigits) : Status{}; !kept)
        return kept;
    return std::move(used).error();
}

Status SessionManager::useSoftwareSecret() {
    const std::lock_guard lock(inside_->operations);
    auto session = inside_->liveSession();
    if (!session)
        return std::move(session).error();
    Session::State& state = (*session)->state();
    const SessionInfo info = (*session)->info();
    auto key = crypto::SigningKey::fromPrivate(state.signingSeed);
    if (!key)
        return std::move(key).error();
    auto enrolled =
        state.call<kodiac::EnrolHost>({key->sign(kodiac::enrolSignedBytes(info.session, info.account, info.host))});
    // Whether KODiAC still takes the token is not known then: the next login comes as from a new host.
    if (!enrolled && enrolled.error().code == ErrorCode::kodiacUnreachable)
        static_cast<void>(inside_->secrets.forgetEnrolment(info.account));
    if (!enrolled)
        return std::move(enrolled).error();
    auto credential = inside_->newCredential(info.account, info.host, enrolled->hotpSecret);
    if (!credential)
        return std::move(credential).error();
    state.channel->use(*credential);
    return {};
}

} // namespace ssprotect::session

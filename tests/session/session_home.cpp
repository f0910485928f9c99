#include "session_home.h"

#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

constexpr crypto::ScryptParameters kCheap{16, 8, 1};

} // namespace

Result<kodiac::Reply> InterposedKodiac::perform(const kodiac::Call& call) {
    calls.emplace_back(call.operation, call.counter);
    const Passing pass = [this](const kodiac::Call& passing) { return behind_->perform(passing); };
    return interference_ ? interference_(call, pass) : pass(call);
}

SessionHome::SessionHome(std::uint64_t seed) : random(seed) { open(); }

SessionHome::~SessionHome() = default;

SessionSettings SessionHome::settings() const { return {"test-host", kCheap, {kCheap.n, 1u << 20}}; }

void SessionHome::open() {
    auto database = HostDatabase::open(environment(), layout());
    ASSERT_TRUE(database) << database.error().message;
    database_ = std::move(*database);
    openKodiac();
    manager_ = std::make_unique<SessionManager>(directory, *database_, environment(), settings());
}

void SessionHome::closeKodiac() {
    between.connect(nullptr);
    kodiac_.reset();
}

void SessionHome::openKodiac() {
    auto kodiac = EmbeddedKodiac::open(environment(), layout(), kCheap);
    ASSERT_TRUE(kodiac) << kodiac.error().message;
    kodiac_ = std::move(*kodiac);
    between.connect(kodiac_.get());
}

void SessionHome::crash() {
    manager_.reset();
    closeKodiac();
    database_.reset();
    open();
}

SessionInfo SessionHome::createAccount(std::string_view email) {
    auto created = manager().createIndividual(email, viewOf(kPassword));
    EXPECT_EQ(wordOf(created), "ok") << (created ? "" : created.error().message);
    auto exported = manager().exportKeys(keysFile(), viewOf(kPassphrase));
    EXPECT_EQ(wordOf(exported), "ok") << (exported ? "" : exported.error().message);
    return session()->info();
}

} // namespace ssprotect::session

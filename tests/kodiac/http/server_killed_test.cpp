#include "https_pair.h"
#include "scripted_kodiac.h"
#include "ssprotect/crypto/system_random.h"
#include "ssprotect/kodiac/authority.h"
#include "ssprotect/kodiac/report_operations.h"
#include "support/individual.h"
#include "support/manual_clock.h"
#include "support/temp_folder.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace ssprotect::kodiac::http {
namespace {

/// Two servers before one KODiAC, of which the first dies with a request that KODiAC has done and nobody was told of.
class ServerKilledTest : public testing::Test {
protected:
    ServerKilledTest() {
        store::Options options;
        options.schema = authoritySchema();
        auto database = store::Database::openSqlite(folder_ / "kodiac.db", *files_, clock_, options);
        AuthoritySettings settings;
        settings.scrypt.leastN = 2;
        authority_ = std::move(*Authority::open(std::move(*database), random_,
                                                crypto::SecretBytes::copyOf(Bytes(kMasterKeySize, 1)), settings));
        auto limits = testServerSettings();
        limits.limits.stopTime = std::chrono::milliseconds(1);
        dying_ = startServer(behindDying_, limits);
        living_ = startServer(*authority_);
        client_ = makeClient(clientSettingsFor({dying_->port(), living_->port()}));
    }

    /// The call after which the first server dies before it can answer.
    Result<Reply> answeredOrLost(const Call& call) {
        auto reply = authority_->perform(call);
        if (call.operation != fatal_)
            return reply;
        ++deaths_;
        done_.open();
        dead_.pass();
        return reply;
    }

    test::ManualClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
    std::unique_ptr<Authority> authority_;
    std::string fatal_;
    Gate done_;
    Gate dead_;
    std::atomic<int> deaths_ = 0;
    ScriptedKodiac behindDying_{[this](const Call& call) { return answeredOrLost(call); }};
    std::unique_ptr<Server> dying_;
    std::unique_ptr<Server> living_;
    std::unique_ptr<RemoteKodiac> client_;
};

TEST_F(ServerKilledTest, ACallThatWasDoneIsAnsweredByTheOtherServerAndDoneOnce) {
    test::Individual ada(*client_, random_);
    ASSERT_TRUE(ada.settle().ok());
    fatal_ = BeginStore::kName;
    std::jthread killer([this] {
        done_.pass();
        dying_->stop(); // returns when the worker does, which is held until the client has its answer from elsewhere
    });
    const auto begun = ada.begin();
    dead_.open();
    killer.join();
    ASSERT_TRUE(begun.ok()) << begun.error().message;
    EXPECT_EQ(deaths_, 1);
    EXPECT_TRUE(ada.commit(begun->identity).ok());
    const auto rows = ada.ask<ListAudit>({0, 50});
    int begins = 0;
    for (const auto& row : rows->rows)
        begins += row.operation == BeginStore::kName && row.reason.empty() ? 1 : 0;
    EXPECT_EQ(begins, 1);
}

} // namespace
} // namespace ssprotect::kodiac::http

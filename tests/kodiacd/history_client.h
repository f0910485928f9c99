#pragma once

#include "history.h"
#include "ssprotect/kodiac/http/remote_kodiac.h"
#include "ssprotect/kodiac/lock_operations.h"
#include "support/member.h"
#include "support/survival.h"

#include <functional>
#include <memory>

namespace ssprotect::kodiacd {

/// Where the daemons are to be found now. Any thread.
class Addresses {
public:
    void set(std::size_t daemon, std::string url) {
        const std::lock_guard lock(mutex_);
        urls_.at(daemon) = std::move(url);
        ++changes_;
    }
    std::vector<std::string> urls() const {
        const std::lock_guard lock(mutex_);
        return {urls_.begin(), urls_.end()};
    }
    int changes() const { return changes_; }

private:
    mutable std::mutex mutex_;
    std::array<std::string, 2> urls_;
    std::atomic<int> changes_{0};
};

/// A way to all daemons at once, in that order. A call is sent again until somebody says what became of it.
class PatientKodiac final : public kodiac::Kodiac {
public:
    using Connect = std::function<std::unique_ptr<kodiac::http::RemoteKodiac>(const std::vector<std::string>& urls)>;

    PatientKodiac(Connect connect, const Addresses& addresses, std::size_t first)
        : connect_(std::move(connect)), addresses_(addresses), first_(first) {}

    Result<kodiac::Reply> perform(const kodiac::Call& call) override;
    crypto::Sha256Digest channelBinding() const override { return remote_->channelBinding(); }

private:
    void connectAnew();

    const Connect connect_;
    const Addresses& addresses_;
    const std::size_t first_; ///< the daemon that is tried first
    int known_ = -1;
    std::unique_ptr<kodiac::http::RemoteKodiac> remote_;
};

/// One member of the Organization at work, and what KODiAC said of it. One thread.
class HistoryClient {
public:
    HistoryClient(test::Member member, History& history, PatientKodiac::Connect connect, const Addresses& addresses,
                  std::uint64_t seed);

    /// Stores a new file, which everybody shares.
    void share();
    /// Opens shared files and stores their next versions, with calls that come twice, until the history is over.
    void workOnFiles();
    /// Fights for the Edit Lock with `rivals`, and disables and enables them.
    void fightForTheLock(const std::vector<AccountId>& rivals);

    const test::Member& person() const { return member_; }

private:
    using Both = std::pair<Result<kodiac::Reply>, Result<kodiac::Reply>>;

    void storeNext();
    void sendTwice();
    void spendTwice();
    void useTheLock(std::uint64_t what);
    void edit(const std::vector<AccountId>& rivals);
    void commit(const container::IdentityBytes& identity);
    Both atOnce(const kodiac::Call& one, const kodiac::Call& other);
    void noteBegun(const kodiac::BeginStore::Response& response);
    void noteLock(const kodiac::LockView& lock);
    void refused(const Error& error);

    test::Member member_;
    History& history_;
    std::unique_ptr<PatientKodiac> here_;
    std::unique_ptr<PatientKodiac> there_; ///< which tries the other daemon first
    support::Dice dice_;
    std::optional<std::uint64_t> epoch_; ///< of the lock, as far as this session knows
};

} // namespace ssprotect::kodiacd

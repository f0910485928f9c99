#pragma once

#include "ssprotect/conversion/authorisation.h"

#include <map>
#include <mutex>
#include <set>

namespace ssprotect::test {

/// A KODiAC in memory, as far as the engine sees one: chains and their rising numbers, I byte-equal, R by
/// the real derivation, grants that are spent once, commits that may be repeated. Copying it copies all it
/// remembers: what a crash of the host leaves there. Any thread.
class FakeKodiac {
public:
    enum class State { begun, committed, abandoned };
    struct Row {
        container::IdentityBytes identity{};
        State state = State::begun;
        container::Stored stored;
        platform::Path path;
        ErrorCode reason = ErrorCode::internal; ///< abandoned
    };

    FakeKodiac() = default;
    FakeKodiac(const FakeKodiac& other) : memory_(other.remembered()) {}
    FakeKodiac& operator=(const FakeKodiac& other) {
        auto memory = other.remembered();
        const std::lock_guard lock(mutex_);
        memory_ = std::move(memory);
        return *this;
    }

    Result<conversion::BegunStore> begin(const AccountId& caller, const OrganizationId& organization,
                                         const conversion::StoreRequest& item);
    Status commit(const conversion::CommitRequest& item);
    void abandon(const conversion::AbandonedStore& item);
    /// `creatorKey` is that of the account that made the version.
    Result<conversion::OpenedVersion> open(const conversion::OpenRequest& item);
    conversion::StoreProgress progressOf(const FileId& file, VersionNumber version) const;

    /// As after its database was restored from an older backup.
    void forgetGrants() {
        const std::lock_guard lock(mutex_);
        memory_.grants.clear();
    }

    void enrol(const AccountId& account, const crypto::PublicKey& signing);

    // What it remembers.
    std::optional<Row> row(const FileId& file, VersionNumber version) const;
    std::vector<FileId> chains() const;
    /// Committed versions of all chains.
    std::size_t committedCount() const;
    std::size_t begunCount() const;
    std::vector<conversion::OpenRequest> opens() const;

private:
    struct Chain {
        AccountId owner;
        Bytes salt; ///< σ
        VersionNumber next = 1;
        std::map<VersionNumber, Row> rows;
    };
    Result<Chain*> chainFor(const AccountId& caller, const conversion::StoreRequest& item, FileId& file);
    std::size_t count(State state) const;

    struct Memory {
        std::map<FileId, Chain> chains;
        std::map<GrantId, FileId> grants; ///< not spent yet
        std::map<AccountId, crypto::PublicKey> accounts;
        std::vector<conversion::OpenRequest> opens;
        std::uint64_t drawn = 0;
    };
    Memory remembered() const {
        const std::lock_guard lock(mutex_);
        return memory_;
    }

    mutable std::mutex mutex_;
    Memory memory_;
};

} // namespace ssprotect::test

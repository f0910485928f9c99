#pragma once

#include "support/fake_kodiac.h"

namespace ssprotect::test {

/// An account's login session over a FakeKodiac. It can be told to refuse a step, or to lose the reply to one:
/// KODiAC has done it, and the caller hears `kodiac-unreachable`. Any thread.
class FakeAuthorisation final : public conversion::Authorisation {
public:
    enum class Step { begin, commit, open, progress, keys };

    /// The same `number`: the same account, keys and organization. Organization and account differ between numbers;
    /// `inOrganizationOf` puts the account into another one's organization.
    explicit FakeAuthorisation(FakeKodiac& kodiac, Byte number = 1, std::optional<Byte> inOrganizationOf = {});

    // ---- what goes wrong

    /// Every call of that step fails as a whole, nothing is done; until `forgive`.
    void refuse(Step step, Error error);
    /// Every item of that step is refused.
    void refuseItems(Step step, Error error);
    /// The next call of that step is done, and its reply lost.
    void loseReply(Step step);
    void forgive();
    /// As after logout: only what closing needs is served.
    void logout();
    /// As after the next login.
    void newSession();

    // ---- looking

    /// What a reader gets of a container: every check made. Records no open.
    Result<Bytes> contentOf(ByteView container) const;

    // ---- conversion::Authorisation

    AccountId account() const override { return account_; }
    OrganizationId organization() const override { return organization_; }
    kodiac::SessionId session() const override;
    Result<std::vector<Result<conversion::BegunStore>>> begin(std::span<const conversion::StoreRequest> items) override;
    Result<std::vector<Status>> commit(std::span<const conversion::CommitRequest> items,
                                       std::span<const conversion::AbandonedStore> abandoned) override;
    Result<std::vector<Result<conversion::OpenedVersion>>>
    open(std::span<const conversion::OpenRequest> items) override;
    Result<std::vector<conversion::StoreProgress>>
    progressOf(std::span<const std::pair<FileId, VersionNumber>> items) override;
    Result<crypto::SecretBytes> contentKey(const OrganizationId& organization, Epoch epoch) override;
    Result<crypto::SigningKey> signingKey() override;
    Result<crypto::AgreementKey> agreementKey() override;

private:
    std::optional<Error> refusalOf(Step step) const;
    std::optional<Error> itemRefusalOf(Step step) const;
    bool losesReply(Step step);
    template <class Reply> Result<Reply> answered(Step step, Reply reply);

    FakeKodiac& kodiac_;
    Byte number_;
    AccountId account_;
    OrganizationId organization_;

    mutable std::mutex mutex_;
    std::map<Step, Error> refusals_;
    std::map<Step, Error> itemRefusals_;
    std::set<Step> lostReplies_;
    Byte sessions_ = 1;
    bool loggedOut_ = false;
};

} // namespace ssprotect::test

#pragma once

#include "ssprotect/conversion/authorisation.h"
#include "ssprotect/kodiac/policy_operations.h"
#include "ssprotect/kodiac/report_operations.h"
#include "ssprotect/session/server_set.h"
#include "ssprotect/session/version_list.h"

#include <memory>
#include <string>

namespace ssprotect::session {

/// A login session as shown to people.
struct SessionInfo {
    AccountId account;
    OrganizationId organization;
    HostId host;
    kodiac::SessionId session; ///< stays over a refresh
    std::string email;
    std::string profile;
    TimePoint expires{};
    bool keysExported = false; ///< false: `export-keys-first` for everything else (REC-7)
    bool passwordDue = false;  ///< `password-due` for everything else until it is changed (ACC-5)
    ServerSet servers;
};

/// A version that somebody had in hands, under the name that it had.
struct DisclosureRow {
    kodiac::ReportDisclosure::Row version;
    std::string name; ///< as ipc::pathToText; empty when this account has no key for it
};

/// One login session: the account's keys and its typed way to KODiAC. Every call carries the next HOTP
/// code and is made one at a time (TFA-1); a lost reply is asked for again with the same counter. Any thread.
///
/// Held by `std::shared_ptr` for as long as something is open or running. After logout it serves only what closing
/// needs (PROT-14): `begin` of items with a grant, `commit`, `contentKey`, `signingKey`, `agreementKey`; the
/// rest is `not-logged-in`. The keys are wiped when the last holder lets go.
class Session final : public conversion::Authorisation {
public:
    struct State;
    explicit Session(std::unique_ptr<State> state);
    ~Session() override;

    SessionInfo info() const;
    /// True after logout, expiry, or KODiAC's word that the session is over.
    bool ended() const;

    AccountId account() const override;
    OrganizationId organization() const override;
    kodiac::SessionId session() const override { return info().session; }
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

    Result<kodiac::ShowAccount::Response> showAccount();
    /// `refused` where the settings are not the account's own.
    Status setAccount(const kodiac::SetAccount::Request& wanted);
    /// `refused` or `not-found` where there is no Organization with policies.
    Result<kodiac::ShowPolicy::Response> policy();
    /// REP-1: `before` = 0 starts at the newest.
    Result<std::vector<kodiac::ListAudit::Row>> audit(std::int64_t before, std::uint32_t limit);
    /// The same with the filters of that operation; those of others for Privileged Users (`not-privileged`).
    Result<std::vector<kodiac::ListAudit::Row>> audit(const kodiac::ListAudit::Request& wanted);
    /// REP-2 *Disclosure Risk*, page by page.
    Result<std::vector<DisclosureRow>> disclosure(const kodiac::ReportDisclosure::Request& wanted);
    /// VCH-6: committed versions, newest first; `before` = 0 starts at the newest.
    Result<VersionPage> versions(const FileId& file, VersionNumber before, std::uint32_t limit);

    /// For the room itself.
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

} // namespace ssprotect::session

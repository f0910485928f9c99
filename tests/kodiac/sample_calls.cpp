#include "sample_calls.h"

#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/kodiac/lock_operations.h"
#include "ssprotect/kodiac/policy_operations.h"
#include "ssprotect/kodiac/registration_operations.h"
#include "ssprotect/kodiac/report_operations.h"
#include "ssprotect/kodiac/user_operations.h"
#include "ssprotect/twofactor/hotp.h"

namespace ssprotect::kodiac {
namespace {

using test::Individual;

template <class Op> SampleCall plain(typename Op::Request request = {}, bool beforeKeyExport = false) {
    return {std::string(Op::kName), true, beforeKeyExport, false,
            [request](Individual& person, bool) { return person.signedCall<Op>(request); }};
}

template <class Op> SampleCall anonymous(std::function<Call(Individual&)> make) {
    return {std::string(Op::kName), false, true, false, [make](Individual& person, bool) { return make(person); }};
}

/// A stored version to speak of, or any that looks like one.
container::IdentityBytes storedVersion(Individual& person, bool ready) {
    if (ready)
        return *person.store();
    container::Identity identity;
    identity.file = FileId(std::array<Byte, FileId::kSize>{1});
    identity.version = 1;
    return identity.bytes();
}

SampleCall create() {
    return anonymous<CreateIndividual>([](Individual& person) {
        Individual other = person.onAnotherHost();
        other.email = "somebody-else@example.org";
        other.account = AccountId(std::array<Byte, AccountId::kSize>{7});
        other.organization = OrganizationId(std::array<Byte, OrganizationId::kSize>{8});
        return callFor<CreateIndividual>(other.createRequest());
    });
}

SampleCall finishReset() {
    return anonymous<FinishReset>([](Individual& person) {
        const auto started =
            *Individual::answerOf<StartReset>(person.send(callFor<StartReset>({person.email, person.host})));
        FinishReset::Request request{person.email, person.host,
                                     "desk",       started.serverNonce,
                                     {},           person.newPassword("next password"),
                                     Bytes{5},     started.vaultGeneration + 1};
        request.signature =
            person.signingKey().sign(resetSignedBytes(started.serverNonce, person.account, person.host, request.vault));
        return callFor<FinishReset>(request);
    });
}

SampleCall changePassword() {
    return {std::string(ChangePassword::kName), true, false, false, [](Individual& person, bool) {
                return person.signedCall<ChangePassword>({1, Bytes{5}, person.newPassword("next password")});
            }};
}

SampleCall enrol() {
    return {std::string(EnrolHost::kName), true, true, false,
            [](Individual& person, bool) { return person.signedCall<EnrolHost>(person.enrolRequest()); }};
}

SampleCall begin() {
    return {std::string(BeginStore::kName), true, false, true, [](Individual& person, bool) {
                BeginStore::Request request;
                request.items.resize(2);
                return person.signedCall<BeginStore>(request);
            }};
}

SampleCall commit() {
    return {std::string(CommitStore::kName), true, false, true, [](Individual& person, bool ready) {
                CommitStore::Request request;
                const auto identity = ready ? person.begin()->identity : storedVersion(person, false);
                request.items.push_back(person.commitItem(identity));
                if (ready) {
                    const auto failed = person.begin()->identity;
                    request.abandoned.push_back({Individual::fileOf(failed), 1, "disk-full"});
                }
                return person.signedCall<CommitStore>(request);
            }};
}

template <class Op, class Make> SampleCall aboutFile(Make make) {
    return {std::string(Op::kName), true, false, false, [make](Individual& person, bool ready) {
                return person.signedCall<Op>(make(storedVersion(person, ready)));
            }};
}

SampleCall forPrivileged(SampleCall call) {
    call.organization = true;
    return call;
}
SampleCall quiet(SampleCall call) {
    call.quiet = true;
    return call;
}

SampleCall events() {
    SampleCall call{std::string(ListEvents::kName), true, false, false, [](Individual& person, bool) {
                        ++person.counter; // as all others do
                        return person.callWithoutCode<ListEvents>({0, 0, 10});
                    }};
    call.code = false;
    return quiet(forPrivileged(std::move(call)));
}

SampleCall renewLock() {
    return quiet(forPrivileged({std::string(RenewLock::kName), true, false, false, [](Individual& person, bool ready) {
                                    if (ready) {
                                        EXPECT_TRUE(person.ask<RequestLock>({EditLock::users, false}).ok());
                                    }
                                    return person.signedCall<RenewLock>({EditLock::users});
                                }}));
}

SampleCall hostApproval() {
    return {std::string(HostApproval::kName), true, true, false, [](Individual& person, bool) {
                EXPECT_TRUE(person.ask<RequestHost>().ok());
                return person.signedCall<HostApproval>();
            }};
}

SampleCall approveHost() {
    return {
        std::string(ApproveHost::kName), true, false, false, [](Individual& person, bool ready) {
            Individual away = person.onAnotherHost();
            const crypto::PublicKey agreement{3};
            if (ready) {
                EXPECT_TRUE(away.login().ok());
                EXPECT_TRUE(
                    Individual::answerOf<RequestHost>(away.send(away.callWithoutCode<RequestHost>({agreement}))).ok());
            }
            return person.signedCall<ApproveHost>({away.host, agreement, {}, Bytes(48, 1)});
        }};
}

SampleCall removeHost() {
    return {std::string(RemoveHost::kName), true, false, false, [](Individual& person, bool ready) {
                Individual away = person.onAnotherHost();
                if (ready) {
                    EXPECT_TRUE(away.login().ok());
                }
                return person.signedCall<RemoveHost>({away.host});
            }};
}

SampleCall permitSync() {
    return forPrivileged({std::string(PermitSync::kName), true, false, false,
                          [](Individual& person, bool) { return person.signedCall<PermitSync>({person.account}); }});
}

SampleCall sync() {
    return forPrivileged({std::string(SyncSecondFactor::kName), false, true, false, [](Individual& person, bool ready) {
                              if (ready) {
                                  EXPECT_TRUE(person.ask<PermitSync>({person.account}).ok());
                              }
                              const std::uint64_t first = person.counter + 50;
                              return callFor<SyncSecondFactor>(
                                  {person.email, person.host, first, person.code(first), person.code(first + 1)});
                          }});
}

SampleCall useOathToken() {
    return {std::string(UseOathToken::kName), true, false, false, [](Individual& person, bool) {
                UseOathToken::Request request;
                request.secret = crypto::SecretBytes::copyOf(viewOf("12345678901234567890"));
                request.code = twofactor::hotpCode(request.secret, 0, 6);
                return person.signedCall<UseOathToken>(request);
            }};
}

SampleCall deployProfile() {
    return plain<DeployProfile>({{"work", "ada@example.org", {"https://kodiac.example.org"}, {}}});
}

SampleCall withdrawProfile() {
    return {std::string(WithdrawProfile::kName), true, false, false, [](Individual& person, bool ready) {
                if (ready) {
                    EXPECT_TRUE(person.ask<DeployProfile>({{"work", person.email, {}, {}}}).ok());
                }
                return person.signedCall<WithdrawProfile>({"work"});
            }};
}

SampleCall disclosure() {
    return {std::string(ReportDisclosure::kName), true, false, false, [](Individual& person, bool) {
                ReportDisclosure::Request request;
                request.account = person.account;
                return person.signedCall<ReportDisclosure>(request);
            }};
}

template <class Op> SampleCall ofOrganization(std::function<typename Op::Request(Individual&, bool ready)> make) {
    return {std::string(Op::kName),
            true,
            false,
            false,
            [make](Individual& person, bool ready) { return person.signedCall<Op>(make(person, ready)); },
            true};
}

/// A Provisioned account to speak of, or any id.
AccountId someUser(Individual& person, bool ready) {
    const auto made = ready ? person.ask<NewUser>({"ben@example.org", {}, {}})
                            : Result<NewUser::Response>(makeError(ErrorCode::notFound, ""));
    return made ? made->account : AccountId(std::array<Byte, AccountId::kSize>{9});
}

void addPeople(std::vector<SampleCall>& calls) {
    calls.push_back(anonymous<RequestSignUp>([](Individual& person) {
        return callFor<RequestSignUp>({"eve@example.org", "Example", person.host});
    }));
    calls.back().organization = true;
    calls.push_back(ofOrganization<ListUsers>([](Individual&, bool) {
        return ListUsers::Request{"", 10, "ben@example.org"};
    }));
    calls.push_back(ofOrganization<NewUser>([](Individual&, bool) {
        NewUser::Request request;
        request.email = "cleo@example.org";
        request.attributes.quotaMegabytes = 5;
        return request;
    }));
    calls.push_back(ofOrganization<EditUsers>([](Individual& person, bool ready) {
        EditUsers::Request request;
        request.edits.resize(1);
        request.edits[0].account = someUser(person, ready);
        request.edits[0].changes.disabled = true;
        request.edits[0].changes.delegate = true;
        request.added = {{"cleo@example.org", {}}};
        return request;
    }));
    calls.push_back(ofOrganization<ResendCode>(
        [](Individual& person, bool ready) { return ResendCode::Request{someUser(person, ready)}; }));
    calls.push_back(ofOrganization<ResetEnhancedLogin>(
        [](Individual& person, bool) { return ResetEnhancedLogin::Request{person.account}; }));
    calls.push_back(plain<ShowPolicy>());
    calls.push_back(ofOrganization<SetPolicy>([](Individual&, bool) {
        SetPolicy::Request request;
        request.signUp = SignUpRules{true, 5, 2};
        request.password = PasswordRules{12, 3, 90, 5};
        request.splitVersionChains = true;
        request.retainVersions = 7;
        return request;
    }));
}

} // namespace

std::vector<SampleCall> sampleCalls() {
    std::vector<SampleCall> calls;
    calls.push_back(create());
    calls.push_back(anonymous<StartLogin>([](Individual& person) {
        return callFor<StartLogin>({person.email, person.host, Bytes(24, 1)});
    }));
    calls.push_back(anonymous<FinishLogin>(
        [](Individual& person) { return person.finishCall(person.finishRequest(*person.startLogin())); }));
    calls.push_back(anonymous<StartReset>([](Individual& person) {
        return callFor<StartReset>({person.email, person.host});
    }));
    calls.push_back(finishReset());
    calls.push_back(plain<RefreshSession>({}, true));
    calls.push_back(plain<EndSession>({}, true));
    calls.push_back(enrol());
    calls.push_back(plain<GetVault>({}, true));
    calls.push_back(plain<PutVault>({1, Bytes{5}}, true));
    calls.push_back(changePassword());
    calls.push_back(plain<KeysExported>({}, true));
    calls.push_back(plain<ShowAccount>({}, true));
    calls.push_back(plain<SetAccount>({true, true}));
    calls.push_back(begin());
    calls.push_back(commit());
    calls.push_back(aboutFile<OpenVersion>([](const container::IdentityBytes& identity) {
        return OpenVersion::Request{{{identity, 0, OpenPurpose::managed}}};
    }));
    calls.push_back(aboutFile<ListVersions>([](const container::IdentityBytes& identity) {
        return ListVersions::Request{Individual::fileOf(identity), 0, 10};
    }));
    calls.push_back(aboutFile<StoreState>([](const container::IdentityBytes& identity) {
        return StoreState::Request{{{Individual::fileOf(identity), 1}}};
    }));
    calls.push_back(plain<ListAudit>({0, 10}));
    calls.push_back(disclosure());
    calls.push_back(forPrivileged(plain<LockStatus>()));
    calls.push_back(forPrivileged(plain<RequestLock>({EditLock::users, true})));
    calls.push_back(forPrivileged(plain<ForceLock>({EditLock::trusts})));
    calls.push_back(renewLock());
    calls.push_back(forPrivileged(plain<ReleaseLock>({EditLock::users})));
    calls.push_back(events());
    calls.push_back(plain<RequestHost>({{4}}, true));
    calls.push_back(hostApproval());
    calls.push_back(plain<ListHosts>());
    calls.push_back(approveHost());
    calls.push_back(removeHost());
    calls.push_back(permitSync());
    calls.push_back(sync());
    calls.push_back(useOathToken());
    calls.push_back(plain<ListProfiles>());
    calls.push_back(deployProfile());
    calls.push_back(withdrawProfile());
    addPeople(calls);
    addMembers(calls);
    return calls;
}

Call copyOf(const Call& call) {
    Call copy;
    copy.operation = call.operation;
    copy.body = call.body;
    for (const auto& secret : call.secrets)
        copy.secrets.push_back(secret.clone());
    copy.account = call.account;
    copy.host = call.host;
    copy.session = call.session;
    copy.token = call.token.clone();
    copy.counter = call.counter;
    copy.code = call.code;
    copy.channelBinding = call.channelBinding;
    return copy;
}

} // namespace ssprotect::kodiac

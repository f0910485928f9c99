#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/kodiac/lock_operations.h"
#include "ssprotect/kodiac/policy_operations.h"
#include "ssprotect/kodiac/registration_operations.h"
#include "ssprotect/kodiac/report_operations.h"
#include "ssprotect/kodiac/user_operations.h"
#include "ssprotect/kodiac/wire.h"

#include <array>
#include <cstdlib>

/// Requests and replies as a hostile peer writes them. The first byte says which operation's request (even) or
/// response (odd) the rest is taken for, the second how many secrets come with it, one byte for the size of each.
namespace ssprotect::kodiac {
namespace {

constexpr std::array<std::size_t, 5> kSecretSizes{32, 64, 0, 31, kMailedCodeSize};

using Secrets = std::vector<crypto::SecretBytes>;

void require(bool ok) {
    if (!ok)
        std::abort();
}

// What was read must be what is sent on.
template <class Message> void decodeOne(std::string_view body, Secrets secrets) {
    auto message = decode<Message>(body, std::move(secrets));
    if (!message) {
        require(message.error().code == ErrorCode::invalidInput);
        return;
    }
    Reply sent = encode(*message);
    const auto again = decode<Message>(sent.body, std::move(sent.secrets));
    require(again.ok() && encode(*again).body == sent.body);
}

struct Decoders {
    void (*request)(std::string_view, Secrets);
    void (*response)(std::string_view, Secrets);
};

template <class... Ops> constexpr auto decodersOf() {
    return std::array{Decoders{decodeOne<typename Ops::Request>, decodeOne<typename Ops::Response>}...};
}

// The corpus counts on the order: new operations come last.
constexpr auto kDecoders =
    decodersOf<CreateIndividual, StartLogin, FinishLogin, StartReset, FinishReset, RefreshSession, EndSession,
               EnrolHost, GetVault, PutVault, ChangePassword, KeysExported, ShowAccount, BeginStore, CommitStore,
               OpenVersion, ListVersions, StoreState, ListAudit, SetAccount, RequestSignUp, ListUsers, NewUser,
               EditUsers, ResendCode, ResetEnhancedLogin, ShowPolicy, SetPolicy, StartRegistration, FinishRegistration,
               ValidateUser, DismissUser, RemoveUser, ResetUserPassword, TransferAdministrator, RotateContentKey,
               ReportDisclosure, LockStatus, RequestLock, ForceLock, RenewLock, ReleaseLock, ListEvents, RequestHost,
               HostApproval, ListHosts, ApproveHost, RemoveHost, PermitSync, SyncSecondFactor, UseOathToken,
               ListProfiles, DeployProfile, WithdrawProfile>();

void decodeInput(ByteView input) {
    if (input.size() < 2)
        return;
    const auto& decoders = kDecoders[input[0] / 2u % kDecoders.size()];
    const auto decoder = input[0] % 2 == 0 ? decoders.request : decoders.response;
    const std::size_t count = input[1] % 8u;
    input = input.subspan(2);
    if (input.size() < count)
        return;
    Secrets secrets;
    for (const Byte size : input.first(count))
        secrets.push_back(crypto::SecretBytes(kSecretSizes[size % kSecretSizes.size()]));
    decoder(textOf(input.subspan(count)), std::move(secrets));
}

} // namespace
} // namespace ssprotect::kodiac

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ssprotect::kodiac::decodeInput({data, size});
    return 0;
}

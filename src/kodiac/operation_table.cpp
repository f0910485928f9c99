#include "operation_table.h"

#include <algorithm>
#include <array>

namespace ssprotect::kodiac {
namespace {

template <class Op> std::unique_ptr<Work> prepare(const Call& call) { return std::make_unique<TypedWork<Op>>(call); }

template <class Op> constexpr Operation anonymous(CodeRule code = CodeRule::never) {
    return {.name = Op::kName,
            .session = false,
            .code = code,
            .beforeKeyExport = true,
            .beforeEnrolment = true,
            .beforePasswordChange = true,
            .prepare = prepare<Op>};
}

template <class Op> constexpr Operation inSession(Repeat repeat = Repeat::again) {
    return {.name = Op::kName, .repeat = repeat, .prepare = prepare<Op>};
}

constexpr Operation beforeKeyExport(Operation operation) {
    operation.beforeKeyExport = true;
    return operation;
}
constexpr Operation beforeEnrolment(Operation operation) {
    operation.beforeEnrolment = true;
    operation.beforePasswordChange = true;
    return beforeKeyExport(operation);
}
constexpr Operation beforePasswordChange(Operation operation) {
    operation.beforePasswordChange = true;
    return operation;
}
constexpr Operation closing(Operation operation) {
    operation.closing = true;
    return operation;
}
/// Changes what one of the locks guards: for Privileged Users.
constexpr Operation guarded(EditLock lock, Operation operation) {
    operation.privileged = true;
    operation.lock = lock;
    return operation;
}
constexpr Operation privileged(Operation operation) {
    operation.privileged = true;
    return operation;
}
constexpr Operation quiet(Operation operation) {
    operation.quiet = true;
    return operation;
}
constexpr Operation endsToken(Operation operation) {
    operation.endsToken = true;
    return operation;
}

constexpr std::array kOperations{
    anonymous<CreateIndividual>(),
    anonymous<StartLogin>(),
    anonymous<FinishLogin>(CodeRule::whenEnrolled),
    anonymous<StartReset>(),
    anonymous<FinishReset>(),
    endsToken(beforePasswordChange(beforeKeyExport(inSession<RefreshSession>(Repeat::kept)))),
    endsToken(beforeEnrolment(inSession<EndSession>(Repeat::kept))),
    beforeEnrolment(inSession<EnrolHost>(Repeat::kept)),
    beforeEnrolment(inSession<GetVault>()),
    beforePasswordChange(beforeKeyExport(inSession<PutVault>(Repeat::kept))),
    beforePasswordChange(inSession<ChangePassword>(Repeat::kept)),
    beforeKeyExport(inSession<KeysExported>()),
    beforePasswordChange(beforeKeyExport(inSession<ShowAccount>())),
    inSession<SetAccount>(),
    closing(inSession<BeginStore>(Repeat::keptShares)),
    closing(inSession<CommitStore>(Repeat::kept)),
    inSession<OpenVersion>(Repeat::keptShares),
    inSession<ListVersions>(),
    inSession<StoreState>(),
    inSession<ListAudit>(),
};

} // namespace

std::span<const Operation> operationTable() { return kOperations; }

const Operation* findOperation(std::string_view name) {
    const auto* found = std::find_if(kOperations.begin(), kOperations.end(),
                                     [&](const Operation& operation) { return operation.name == name; });
    return found == kOperations.end() ? nullptr : found;
}

} // namespace ssprotect::kodiac

#include "account_attributes.h"

#include <array>

namespace ssprotect::kodiac {
namespace {

template <class T> void take(T& to, const std::optional<T>& from) {
    if (from)
        to = *from;
}

struct Switch {
    std::string_view name;
    bool AccountAttributes::*value;
};

constexpr std::array kSwitches{Switch{"Disabled", &AccountAttributes::disabled},
                               Switch{"Delegate", &AccountAttributes::delegate},
                               Switch{"Int Override", &AccountAttributes::integrityOverride},
                               Switch{"Unsigned Apps", &AccountAttributes::unsignedApps},
                               Switch{"Rel Protections", &AccountAttributes::releaseProtections},
                               Switch{"Ignore Enh2FA", &AccountAttributes::ignoreEnhancedLogin},
                               Switch{"No Bulk2FA", &AccountAttributes::noBulkSecondFactor},
                               Switch{"No 2nd Factor", &AccountAttributes::noSecondFactor},
                               Switch{"Split vChain", &AccountAttributes::splitVersionChains},
                               Switch{":Recover", &AccountAttributes::recover},
                               Switch{"Double", &AccountAttributes::doubleConversion}};

} // namespace

AccountAttributes attributesOf(const store::Row& row, std::size_t column) {
    const auto flag = [&](std::size_t offset) { return row.get<bool>(column + offset); };
    AccountAttributes attributes;
    attributes.disabled = flag(0);
    const auto privilege = row.get<std::string>(column + kPrivilegeColumn);
    attributes.delegate = privilege == "delegate" || (privilege == "user" && flag(1));
    attributes.integrityOverride = flag(3);
    attributes.unsignedApps = flag(4);
    attributes.releaseProtections = flag(5);
    attributes.ignoreEnhancedLogin = flag(6);
    attributes.noBulkSecondFactor = flag(7);
    attributes.noSecondFactor = flag(8);
    attributes.splitVersionChains = flag(9);
    const auto mode = static_cast<container::ConversionMode>(row.get<int>(column + 10));
    attributes.recover = mode != container::ConversionMode::optimized;
    attributes.doubleConversion = mode == container::ConversionMode::doubled;
    attributes.quotaMegabytes = row.get<std::uint32_t>(column + 11);
    return attributes;
}

AccountAttributes usualAttributes(Context& context, const OrganizationId& organization, const Quotas& quotas) {
    AccountAttributes attributes;
    const auto row = context.sql.one("SELECT recover, split_chains FROM organizations WHERE id = $1", {organization});
    attributes.recover = row && row->get<bool>(0);
    attributes.splitVersionChains = row && row->get<bool>(1);
    attributes.quotaMegabytes = usualQuota(quotas);
    return attributes;
}

container::ConversionMode modeOf(const AccountAttributes& attributes) {
    if (!attributes.recover)
        return container::ConversionMode::optimized;
    return attributes.doubleConversion ? container::ConversionMode::doubled : container::ConversionMode::hybrid;
}

Result<AccountAttributes> changed(const AccountAttributes& attributes, const AttributeChanges& changes,
                                  bool recoverLicensed) {
    AccountAttributes result = attributes;
    take(result.disabled, changes.disabled);
    take(result.delegate, changes.delegate);
    take(result.integrityOverride, changes.integrityOverride);
    take(result.unsignedApps, changes.unsignedApps);
    take(result.releaseProtections, changes.releaseProtections);
    take(result.ignoreEnhancedLogin, changes.ignoreEnhancedLogin);
    take(result.noBulkSecondFactor, changes.noBulkSecondFactor);
    take(result.noSecondFactor, changes.noSecondFactor);
    take(result.splitVersionChains, changes.splitVersionChains);
    take(result.recover, changes.recover);
    take(result.doubleConversion, changes.doubleConversion);
    take(result.quotaMegabytes, changes.quotaMegabytes);
    // What an account has stays its own: it is in effect again with the licence.
    const bool turnsOn = (result.recover && !attributes.recover) ||
                         (result.recover && result.doubleConversion && !attributes.doubleConversion);
    if (turnsOn && !recoverLicensed)
        return makeError(ErrorCode::refused,
                         ":Recover is not licensed for this Organization; leave it off, and Double with it");
    if (!result.recover && changes.doubleConversion.value_or(false))
        return makeError(ErrorCode::invalidInput, "Double is a kind of :Recover; turn :Recover on too");
    result.doubleConversion = result.doubleConversion && result.recover;
    return result;
}

std::string differences(const AccountAttributes& before, const AccountAttributes& after) {
    std::string text;
    const auto add = [&](const std::string& difference) { text += (text.empty() ? "" : ", ") + difference; };
    for (const auto& [name, value] : kSwitches)
        if (before.*value != after.*value)
            add(std::string(name) + (after.*value ? " on" : " off"));
    if (before.quotaMegabytes != after.quotaMegabytes)
        add("AcctQuota " + std::to_string(after.quotaMegabytes) + " MB");
    return text;
}

} // namespace ssprotect::kodiac

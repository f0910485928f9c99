#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/kodiac/people.h"

#include <array>
#include <string_view>

namespace ssprotect::app {

/// USR-2…5 under the names that the command line, JSON and CSV give them.
struct AttributeName {
    std::string_view name;
    bool kodiac::AccountAttributes::*value;
    std::optional<bool> kodiac::AttributeChanges::*change;
};

inline constexpr std::array kAttributeNames{
    AttributeName{"disabled", &kodiac::AccountAttributes::disabled, &kodiac::AttributeChanges::disabled},
    AttributeName{"delegate", &kodiac::AccountAttributes::delegate, &kodiac::AttributeChanges::delegate},
    AttributeName{"int_override", &kodiac::AccountAttributes::integrityOverride,
                  &kodiac::AttributeChanges::integrityOverride},
    AttributeName{"unsigned_apps", &kodiac::AccountAttributes::unsignedApps, &kodiac::AttributeChanges::unsignedApps},
    AttributeName{"rel_protections", &kodiac::AccountAttributes::releaseProtections,
                  &kodiac::AttributeChanges::releaseProtections},
    AttributeName{"ignore_enh2fa", &kodiac::AccountAttributes::ignoreEnhancedLogin,
                  &kodiac::AttributeChanges::ignoreEnhancedLogin},
    AttributeName{"no_bulk2fa", &kodiac::AccountAttributes::noBulkSecondFactor,
                  &kodiac::AttributeChanges::noBulkSecondFactor},
    AttributeName{"no_2nd_factor", &kodiac::AccountAttributes::noSecondFactor,
                  &kodiac::AttributeChanges::noSecondFactor},
    AttributeName{"split_vchain", &kodiac::AccountAttributes::splitVersionChains,
                  &kodiac::AttributeChanges::splitVersionChains},
    AttributeName{"recover", &kodiac::AccountAttributes::recover, &kodiac::AttributeChanges::recover},
    AttributeName{"double", &kodiac::AccountAttributes::doubleConversion, &kodiac::AttributeChanges::doubleConversion},
};
inline constexpr std::string_view kQuotaName = "quota_mb";

Json attributesJson(const kodiac::AccountAttributes& attributes);
/// From the `attributes` of a request: `usage` naming what is unknown or has another type.
Result<kodiac::AttributeChanges> attributeChanges(const Json* attributes);

/// As people read them: "rel_protections off", "quota_mb 500"; empty when nothing changes.
std::vector<std::string> changeTexts(const kodiac::AttributeChanges& changes);

} // namespace ssprotect::app

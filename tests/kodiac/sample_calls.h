#pragma once

#include "kodiac_under_test.h"

#include <functional>
#include <string>
#include <vector>

namespace ssprotect::kodiac {

/// One call of one operation as it would succeed, for tests that go through all of them.
struct SampleCall {
    std::string operation;
    bool session = true;
    bool beforeKeyExport = false;
    bool closing = false;
    /// May call KODiAC to prepare; `ready` tells whether the account is through the key export and may store files.
    std::function<Call(test::Individual&, bool ready)> make;
    /// It needs `KodiacTest::makeOrganization`: the person is the Administrator of an Organization.
    bool organization = false;
    bool code = true;   ///< needs one
    bool quiet = false; ///< not audited when it succeeds
};

/// One of every operation.
std::vector<SampleCall> sampleCalls();

/// Those about people coming in and leaving.
void addMembers(std::vector<SampleCall>& calls);

Call copyOf(const Call& call);

} // namespace ssprotect::kodiac

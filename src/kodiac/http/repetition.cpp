#include "repetition.h"

#include "../operation_table.h"

namespace ssprotect::kodiac::http {

bool mayArriveTwice(const Call& call) {
    if (!call.code.empty())
        return true;
    // They only draw a nonce.
    if (call.operation == StartLogin::kName || call.operation == StartReset::kName)
        return true;
    const Operation* operation = findOperation(call.operation);
    return operation != nullptr && operation->session && operation->repeat == Repeat::again;
}

} // namespace ssprotect::kodiac::http

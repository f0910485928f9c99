#pragma once

#include "https_pair.h"
#include "scripted_server.h"
#include "ssprotect/kodiac/operations.h"

#include <gtest/gtest.h>

/// What tests of the client ask and are answered, whatever the server behind it is.
namespace ssprotect::kodiac::http {

inline std::string goodReply() { return rawReply("{}"); }

/// Tries everything at once and waits for nothing long.
inline RemoteSettings impatient(const std::vector<std::uint16_t>& ports) {
    auto settings = clientSettingsFor(ports);
    settings.times = {std::chrono::milliseconds(500), std::chrono::seconds(1), std::chrono::seconds(30),
                      std::chrono::milliseconds(1)};
    return settings;
}

inline Call reading() {
    Call call;
    call.operation = ShowAccount::kName;
    call.body = "{}";
    return call;
}
/// Without a code: KODiAC could not know it again.
inline Call changing() {
    Call call = reading();
    call.operation = FinishReset::kName;
    return call;
}
inline Call counted() {
    Call call = reading();
    call.operation = BeginStore::kName;
    call.counter = 7;
    call.code = "12345678";
    return call;
}

template <class T> ErrorCode codeOf(const Result<T>& result) {
    EXPECT_FALSE(result.ok());
    return result ? ErrorCode::pending : result.error().code;
}

} // namespace ssprotect::kodiac::http

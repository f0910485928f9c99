#include "pipe_world.h"
#include "raw_pipe.h"

#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

/// What a client's call gives when the server reads one request, sends `bytes` and closes.
Result<Json> callAnsweredWith(const std::string& bytes) {
    support::TempFolder folder;
    const Endpoint endpoint(folder.path());
    RawListener listener(endpoint);
    std::thread server([&] {
        auto pipe = listener.accept();
        pipe.receive();
        pipe.send(bytes);
    });
    auto client = PipeClient::connect(endpoint);
    EXPECT_TRUE(client.ok());
    auto result = client->call("status", Json::object());
    server.join();
    return result;
}

TEST(HostileServer, AProperAnswerIsTaken) {
    EXPECT_EQ(callAnsweredWith(frameOf(R"({"jsonrpc":"2.0","id":1,"result":{"a":1}})")).value(), (Json{{"a", 1}}));
}

TEST(HostileServer, WhatIsNoAnswerEndsTheCallWithAnError) {
    const std::string valid = R"({"jsonrpc":"2.0","id":1,"result":1})";
    for (const auto& bytes : std::vector<std::string>{
             "",
             "x",
             std::string("\0\0\0\0", 4),
             "\xFF\xFF\xFF\xFF",
             "HTTP/1.1 400 Bad Request\r\n\r\n",
             frameOf("nonsense"),
             frameOf("[]"),
             frameOf(R"({"jsonrpc":"2.0","id":1,"result":1,"error":2})"),
             frameOf(R"({"jsonrpc":"2.0","id":"1","result":1})"),
             frameOf(R"({"jsonrpc":"2.0","id":1,"error":{"code":"x","message":1}})"),
             frameOf(R"({"jsonrpc":"2.0","id":null,"result":1})"),
             frameOf(R"({"jsonrpc":"2.0","id":2,"result":1})"),
             frameOf(valid + std::string("\0", 1)),
             frameOf(valid).substr(0, 20),
             frameOf(R"({"jsonrpc":"2.0","id":1,"result":)" + std::string(100'000, '[') + std::string(100'000, ']') +
                     "}"),
         }) {
        const auto result = callAnsweredWith(bytes);
        EXPECT_FALSE(result.ok()) << bytes.substr(0, 80);
    }
}

TEST(HostileServer, AComplaintAboutOurMessageIsToldAsItIs) {
    const auto result = callAnsweredWith(
        frameOf(R"({"jsonrpc":"2.0","id":null,"error":{"code":4,"message":"Too many.","data":{"code":"refused"}}})"));
    EXPECT_EQ(result.error().code, ErrorCode::refused);
    EXPECT_EQ(result.error().message, "Too many.");
}

TEST(HostileServer, RequestsAndNotificationsNobodyKnowsDoNoHarm) {
    const auto result = callAnsweredWith(frameOf(R"({"jsonrpc":"2.0","method":"moon.phase","params":{}})") +
                                         frameOf(R"({"jsonrpc":"2.0","id":"q","method":"prompt.strange"})") +
                                         frameOf(R"({"jsonrpc":"2.0","id":99,"result":1})") +
                                         frameOf(R"({"jsonrpc":"2.0","id":1,"result":5})"));
    EXPECT_EQ(result.value(), 5);
}

} // namespace
} // namespace ssprotect::ipc

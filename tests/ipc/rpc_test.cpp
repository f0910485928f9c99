#include "ipc/rpc.h"

#include <gtest/gtest.h>

namespace ssprotect::ipc {
namespace {

Malformed malformed(std::string_view text) {
    auto message = parseMessage(text, {});
    auto* found = std::get_if<Malformed>(&message);
    EXPECT_NE(found, nullptr) << text;
    return found ? std::move(*found) : Malformed{Json(), Fault{0}, ""};
}

template <class Kind> Kind parsed(std::string_view text) {
    auto message = parseMessage(text, {});
    EXPECT_TRUE(std::holds_alternative<Kind>(message)) << text;
    return std::get<Kind>(std::move(message));
}

TEST(Rpc, ARequestComesBack) {
    const auto message = parsed<IncomingRequest>(requestText(7, "convert.start", Json{{"operation", "activate"}}));
    EXPECT_EQ(message.id, 7);
    EXPECT_EQ(message.request.method, "convert.start");
    EXPECT_EQ(*message.request.params, (Json{{"operation", "activate"}}));
}

TEST(Rpc, MissingParametersAreAnEmptyObject) {
    EXPECT_EQ(*parsed<IncomingRequest>(R"({"jsonrpc":"2.0","id":"a","method":"x"})").request.params, Json::object());
    EXPECT_EQ(*parsed<IncomingRequest>(requestText(1, "x", Json())).request.params, Json::object());
}

TEST(Rpc, ANotificationComesBack) {
    const auto message = parsed<IncomingNotification>(notificationText("open.launched", Json{{"path", "/a"}}));
    EXPECT_EQ(message.method, "open.launched");
    EXPECT_EQ(message.params, (Json{{"path", "/a"}}));
}

TEST(Rpc, AResultComesBack) {
    const auto message = parsed<IncomingReply>(resultText(9, Json{{"ok", 1}}));
    EXPECT_EQ(message.id, 9u);
    EXPECT_EQ(*message.result, (Json{{"ok", 1}}));
}

TEST(Rpc, AnErrorCarriesItsExitCodeAndItsWord) {
    const auto text = errorText(3, makeError(ErrorCode::exportKeysFirst, "Export the keys first."), std::nullopt);
    const auto json = Json::parse(text);
    EXPECT_EQ(json["error"]["code"], 4);
    EXPECT_EQ(json["error"]["data"]["code"], "export-keys-first");
    const auto message = parsed<IncomingReply>(text);
    ASSERT_FALSE(message.result.ok());
    EXPECT_EQ(message.result.error().code, ErrorCode::exportKeysFirst);
    EXPECT_EQ(message.result.error().message, "Export the keys first.");
}

TEST(Rpc, AFaultOfTheProtocolKeepsItsNumber) {
    const auto text = errorText("x", errorOfFault(Fault::unknownMethod, "No such method."), Fault::unknownMethod);
    EXPECT_EQ(Json::parse(text)["error"]["code"], -32601);
    EXPECT_EQ(
        parsed<IncomingReply>(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"m"}})").result.error().code,
        ErrorCode::usage);
}

TEST(Rpc, AnErrorWordOfANewerPeerIsInternal) {
    const auto message = parsed<IncomingReply>(
        R"({"jsonrpc":"2.0","id":1,"error":{"code":4,"message":"m","data":{"code":"moon-phase"}}})");
    EXPECT_EQ(message.result.error().code, ErrorCode::internal);
}

TEST(Rpc, WhatIsNoJsonIsUnreadable) {
    for (const std::string_view text :
         {"", "x", "{", "{\"jsonrpc\":\"2.0\"", "{\"a\":\"\xFF\"}", "\xEF\xBB\xBF", "[1,2"})
        EXPECT_EQ(malformed(text).fault, Fault::unreadable) << text;
}

TEST(Rpc, WhatIsNoMessageIsInvalid) {
    for (const std::string_view text : {
             "[]",
             "1",
             "null",
             "\"x\"",
             "{}",
             R"({"jsonrpc":"2.0"})",
             R"({"jsonrpc":"1.0","id":1,"method":"x"})",
             R"({"jsonrpc":2.0,"id":1,"method":"x"})",
             R"({"id":1,"method":"x"})",
             R"({"jsonrpc":"2.0","id":1,"method":5})",
             R"({"jsonrpc":"2.0","id":1,"method":""})",
             R"({"jsonrpc":"2.0","id":1,"method":"Über"})",
             R"({"jsonrpc":"2.0","id":1,"method":"x\n"})",
             R"({"jsonrpc":"2.0","id":null,"method":"x"})",
             R"({"jsonrpc":"2.0","id":1.5,"method":"x"})",
             R"({"jsonrpc":"2.0","id":{},"method":"x"})",
             R"({"jsonrpc":"2.0","id":1,"method":"x","extra":1})",
             R"({"jsonrpc":"2.0","id":1})",
             R"({"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1,"message":"m"}})",
             R"({"jsonrpc":"2.0","id":-1,"result":1})",
             R"({"jsonrpc":"2.0","id":"1","result":1})",
             R"({"jsonrpc":"2.0","id":1,"result":1,"more":2})",
             R"({"jsonrpc":"2.0","id":1,"error":"no"})",
             R"({"jsonrpc":"2.0","id":1,"error":{"code":"1","message":"m"}})",
             R"({"jsonrpc":"2.0","id":1,"error":{"code":1}})",
         })
        EXPECT_EQ(malformed(text).fault, Fault::invalidRequest) << text;
}

TEST(Rpc, ATooLongMethodOrIdIsInvalid) {
    const std::string longest(64, 'x');
    EXPECT_EQ(parsed<IncomingRequest>(R"({"jsonrpc":"2.0","id":")" + longest + R"(","method":")" + longest + "\"}").id,
              longest);
    malformed(R"({"jsonrpc":"2.0","id":1,"method":")" + longest + "x\"}");
    malformed(R"({"jsonrpc":"2.0","id":")" + longest + R"(x","method":"x"})");
}

TEST(Rpc, ParametersByPositionAreNamedByTheFault) {
    const auto message = malformed(R"({"jsonrpc":"2.0","id":5,"method":"x","params":[1]})");
    EXPECT_EQ(message.fault, Fault::invalidParameters);
    EXPECT_EQ(message.id, 5);
}

TEST(Rpc, AnInvalidRequestKeepsItsIdForTheAnswer) {
    EXPECT_EQ(malformed(R"({"jsonrpc":"2.0","id":5,"method":"x","extra":1})").id, 5);
}

TEST(Rpc, DeepNestingIsRefused) {
    const auto nested = [](int depth) {
        return R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"a":)" +
               std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']') +
               "}}";
    };
    EXPECT_TRUE(std::holds_alternative<IncomingRequest>(parseMessage(nested(30), {})));
    EXPECT_EQ(malformed(nested(31)).fault, Fault::unreadable);
    EXPECT_EQ(malformed(nested(100'000)).fault, Fault::unreadable);
}

TEST(Rpc, BracketsInsideTextsAreNoNesting) {
    const auto text = R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"path":"\")" + std::string(100, '[') + "\"}}";
    EXPECT_TRUE(std::holds_alternative<IncomingRequest>(parseMessage(text, {})));
}

TEST(Rpc, TextThatIsNoUtf8IsSentReplacedNotThrown) {
    EXPECT_NO_THROW({
        const auto text = notificationText("x", Json{{"name", "\xFF"}});
        EXPECT_TRUE(std::holds_alternative<IncomingNotification>(parseMessage(text, {})));
    });
}

} // namespace
} // namespace ssprotect::ipc

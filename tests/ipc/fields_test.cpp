#include "ssprotect/ipc/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(Fields, ReadEachTypeByName) {
    const Json object = {
        {"path", "/a"}, {"wait", true}, {"limit", 5}, {"paths", {"a", "b"}}, {"rows", {Json::object()}}};
    Fields fields(object);
    EXPECT_EQ(fields.text("path"), "/a");
    EXPECT_TRUE(fields.flag("wait"));
    EXPECT_EQ(fields.optionalFlag("wait"), true);
    EXPECT_EQ(fields.number("limit"), 5u);
    EXPECT_THAT(fields.texts("paths"), ElementsAre("a", "b"));
    EXPECT_THAT(fields.objects("rows"), SizeIs(1));
    EXPECT_TRUE(fields.complete().ok());
}

TEST(Fields, OptionalOnesMayBeMissingOrNull) {
    const Json object = {{"program", nullptr}};
    Fields fields(object);
    EXPECT_EQ(fields.optionalText("program"), std::nullopt);
    EXPECT_EQ(fields.optionalNumber("before"), std::nullopt);
    EXPECT_TRUE(fields.optionalTexts("argv").empty());
    EXPECT_TRUE(fields.flag("wait", true));
    EXPECT_EQ(fields.optionalFlag("on"), std::nullopt);
    EXPECT_EQ(fields.any("more"), nullptr);
    EXPECT_TRUE(fields.complete().ok());
}

TEST(Fields, AMissingOneIsNamed) {
    const Json object = Json::object();
    Fields fields(object);
    EXPECT_EQ(fields.text("email"), "");
    EXPECT_EQ(fields.complete().error().code, ErrorCode::invalidInput);
    EXPECT_THAT(fields.complete().error().message, HasSubstr("'email'"));
}

TEST(Fields, TheWrongTypeIsNamedAndReadAsNothing) {
    for (const auto& wrong : {Json(1), Json("x"), Json(true), Json::array({1}), Json::object(), Json(1.5), Json(-1),
                              Json((std::uint64_t{1} << 53) + 1), Json::array({"a", nullptr})}) {
        const Json object = {{"x", wrong}};
        Fields fields(object);
        const int wrongReads = static_cast<int>(!wrong.is_string() && fields.text("x").empty()) +
                               static_cast<int>(!wrong.is_boolean() && !fields.flag("x")) +
                               static_cast<int>(!(wrong == 1) && fields.number("x") == 0) +
                               static_cast<int>(fields.texts("x").empty()) +
                               static_cast<int>(fields.objects("x").empty());
        EXPECT_GE(wrongReads, 4) << wrong;
        EXPECT_THAT(fields.usable().error().message, HasSubstr("'x'")) << wrong;
    }
}

TEST(Fields, AnUnknownMemberSpoilsParametersButNotResults) {
    const Json object = {{"path", "/a"}, {"colour", "red"}};
    Fields fields(object);
    EXPECT_EQ(fields.text("path"), "/a");
    EXPECT_TRUE(fields.usable().ok());
    EXPECT_THAT(fields.complete().error().message, HasSubstr("'colour'"));
}

TEST(Fields, WhatIsNoObjectIsAFault) {
    for (const auto& other : {Json(), Json(1), Json("x"), Json::array()}) {
        Fields fields(other);
        EXPECT_EQ(fields.text("path"), "");
        EXPECT_FALSE(fields.complete().ok());
        EXPECT_FALSE(fields.usable().ok());
    }
}

} // namespace
} // namespace ssprotect::ipc

#include "kodiac/operation_table.h"
#include "ssprotect/kodiac/http/api.h"

#include <fstream>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::kodiac::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Api, EveryOperationSaysWhatItDoesAndWhatItsMessagesLookLike) {
    for (const auto& operation : operationTable()) {
        EXPECT_FALSE(operation.summary.empty()) << operation.name << ": wrap it in about(…) in operation_table.cpp";
        EXPECT_THAT(std::string(operation.summary), EndsWith("."));
        EXPECT_TRUE(operation.request().described && operation.response().described)
            << operation.name << ": include its header of fields in wire/fields.h";
    }
}

TEST(Api, TheOpenApiDocumentHasEveryOperationWithItsSchemas) {
    const Json document = openApiDocument();
    EXPECT_EQ(document["openapi"], "3.1.0");
    for (const auto& operation : operationTable()) {
        const Json& post = document["paths"]["/v1/" + std::string(operation.name)]["post"];
        ASSERT_TRUE(post.is_object()) << operation.name;
        EXPECT_EQ(post["operationId"], operation.name);
        EXPECT_EQ(post["security"].empty(), !operation.session);
        for (const Json& content : {post["requestBody"]["content"], post["responses"]["200"]["content"]}) {
            ASSERT_EQ(content.size(), 1u) << operation.name;
            EXPECT_EQ(content.begin().value()["schema"]["type"], "object");
        }
    }
}

TEST(Api, ASchemaTellsTypesLimitsSecretsAndWhatMayBeLeftOut) {
    const Json document = openApiDocument();
    const Json& begin = document["paths"]["/v1/file.begin"]["post"];
    const Json request = begin["requestBody"]["content"]["application/json"]["schema"];
    EXPECT_EQ(request["properties"]["items"]["maxItems"], 1000);
    const Json item = request["properties"]["items"]["items"];
    EXPECT_FALSE(item.contains("required")) << "chain and grant may be left out";
    EXPECT_EQ(item["properties"]["chain"]["pattern"], "^[0-9a-fA-F]{32}$");
    EXPECT_EQ(item["additionalProperties"], false);
    const Json answer = begin["responses"]["200"]["content"]["application/x-ndjson"];
    EXPECT_EQ(answer["x-secrets"][0], "32 bytes, of items[]; empty when there is none");
    const Json identity = answer["schema"]["properties"]["items"]["items"]["properties"]["identity"];
    EXPECT_EQ(identity["minLength"], 140);
    EXPECT_EQ(identity["maxLength"], 140);
    const Json purpose = document["paths"]["/v1/file.open"]["post"]["requestBody"]["content"]["application/json"]
                                 ["schema"]["properties"]["items"]["items"]["properties"]["purpose"];
    EXPECT_EQ(purpose["enum"], (Json{"managed", "release", "verify"}));
    EXPECT_EQ(begin["parameters"].size(), 5u);
    EXPECT_EQ(document["components"]["responses"]["error"]["content"]["application/json"]["schema"]["required"],
              Json::array({"error"}));
}

TEST(Api, TheCodeOfATokenFitsTheDocument) {
    const Json document = openApiDocument();
    int fields = 0;
    for (const auto& [path, methods] : document["paths"].items())
        for (const Json& field : methods.value("post", Json::object()).value("parameters", Json::array()))
            if (field["name"] == "SSProtect-Code") {
                ++fields;
                EXPECT_EQ(field["schema"]["pattern"], "^[0-9]{6,8}$") << path;
            }
    EXPECT_GT(fields, 0);
}

TEST(Api, ThePageRunsNothing) {
    const std::string page = apiPage();
    EXPECT_THAT(page, HasSubstr("<h2 id=\"file.begin\">"));
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("http://")));
}

TEST(Api, TheDocumentInTheTreeIsOfToday) {
    std::ifstream file(SSPROTECT_SOURCE_DIR "/docs/kodiac-api.md", std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_TRUE(text.str() == apiMarkdown())
        << "docs/kodiac-api.md is stale: write the output of the program kodiac-api-document into it";
}

} // namespace
} // namespace ssprotect::kodiac::http

#include "wire_filler.h"

#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::kodiac {
namespace {

std::vector<crypto::SecretBytes> cloned(const std::vector<crypto::SecretBytes>& secrets) {
    std::vector<crypto::SecretBytes> copies;
    for (const auto& secret : secrets)
        copies.push_back(secret.clone());
    return copies;
}

template <class Message> class WireTest : public testing::Test {
protected:
    const Message message_ = filled<Message>(7);
    const Reply encoded_ = encode(message_);

    Result<Message> decoded(std::string_view body) const { return decode<Message>(body, cloned(encoded_.secrets)); }
    Result<Message> decoded(const nlohmann::json& body) const { return decoded(std::string_view(body.dump())); }
    void expectRefused(const nlohmann::json& body) const {
        const auto result = decoded(body);
        ASSERT_FALSE(result.ok()) << body.dump();
        EXPECT_EQ(result.error().code, ErrorCode::invalidInput);
    }
    nlohmann::json body() const { return nlohmann::json::parse(encoded_.body); }

    /// Every object in the body, by its place.
    std::vector<nlohmann::json::json_pointer> objects() const {
        std::vector<nlohmann::json::json_pointer> found{nlohmann::json::json_pointer("")};
        const auto whole = body();
        const auto flat = whole.flatten();
        std::set<std::string> seen;
        for (const auto& [place, value] : flat.items())
            for (auto at = nlohmann::json::json_pointer(place); !at.empty();) {
                at = at.parent_pointer();
                if (!at.empty() && whole[at].is_object() && seen.insert(at.to_string()).second)
                    found.push_back(at);
            }
        return found;
    }
};

using Messages = testing::Types<
    CreateIndividual::Request, CreateIndividual::Response, StartLogin::Request, StartLogin::Response,
    FinishLogin::Request, FinishLogin::Response, StartReset::Request, StartReset::Response, FinishReset::Request,
    FinishReset::Response, RefreshSession::Request, RefreshSession::Response, EndSession::Request, EndSession::Response,
    EnrolHost::Request, EnrolHost::Response, GetVault::Request, GetVault::Response, PutVault::Request,
    PutVault::Response, ChangePassword::Request, ChangePassword::Response, KeysExported::Request,
    KeysExported::Response, ShowAccount::Request, ShowAccount::Response, SetAccount::Request, SetAccount::Response,
    BeginStore::Request, BeginStore::Response, CommitStore::Request, CommitStore::Response, OpenVersion::Request,
    OpenVersion::Response, ListVersions::Request, ListVersions::Response, StoreState::Request, StoreState::Response,
    ListAudit::Request, ListAudit::Response, ListUsers::Request, ListUsers::Response, NewUser::Request,
    NewUser::Response, EditUsers::Request, EditUsers::Response, ResendCode::Request, ResendCode::Response,
    ResetEnhancedLogin::Request, ResetEnhancedLogin::Response, RequestSignUp::Request, RequestSignUp::Response,
    ShowPolicy::Request, ShowPolicy::Response, SetPolicy::Request, SetPolicy::Response, StartRegistration::Request,
    StartRegistration::Response, FinishRegistration::Request, FinishRegistration::Response, ValidateUser::Request,
    DismissUser::Request, RemoveUser::Request, ResetUserPassword::Request, TransferAdministrator::Request,
    RotateContentKey::Request, ReportDisclosure::Request, ReportDisclosure::Response, RequestLock::Request,
    RequestLock::Response, ListEvents::Request, ListEvents::Response, ListHosts::Response, ApproveHost::Request,
    HostApproval::Response, SyncSecondFactor::Request, UseOathToken::Request, ListProfiles::Response>;
TYPED_TEST_SUITE(WireTest, Messages);

TYPED_TEST(WireTest, ComesBackAsItWasSent) {
    const auto back = this->decoded(std::string_view(this->encoded_.body));
    ASSERT_TRUE(back.ok()) << back.error().message << this->encoded_.body;
    const Reply again = encode(*back);
    EXPECT_EQ(again.body, this->encoded_.body);
    ASSERT_EQ(again.secrets.size(), this->encoded_.secrets.size());
    for (std::size_t i = 0; i < again.secrets.size(); ++i)
        EXPECT_TRUE(crypto::equalSecrets(again.secrets[i], this->encoded_.secrets[i]));
}

TYPED_TEST(WireTest, CarriesNoSecretInItsBody) {
    for (const auto& secret : this->encoded_.secrets) {
        EXPECT_EQ(this->encoded_.body.find(toBase64(secret)), std::string::npos);
        EXPECT_EQ(this->encoded_.body.find(toHex(secret)), std::string::npos);
    }
}

TYPED_TEST(WireTest, AnUnknownFieldAnywhereIsRefused) {
    for (const auto& place : this->objects()) {
        auto body = this->body();
        body[place]["unknown"] = 1;
        this->expectRefused(body);
    }
}

TYPED_TEST(WireTest, AMissingFieldAnywhereIsRefusedUnlessItIsOptional) {
    const std::set<std::string> optional{"chain", "grant", "error", "file", "keepUnchanged", "lock",
                                         // what may be changed of an account
                                         "disabled", "delegate", "integrityOverride", "unsignedApps",
                                         "releaseProtections", "ignoreEnhancedLogin", "noBulkSecondFactor",
                                         "noSecondFactor", "splitVersionChains", "recover", "doubleConversion",
                                         "quotaMegabytes", "validated", "codeExpires",
                                         // of somebody's coming in
                                         "self", "contentKey", "first",
                                         // of a policy
                                         "signUp", "password", "token", "moveSplits", "retainVersions",
                                         // of locks, hosts, reports
                                         "expires", "asks", "account", "host", "from", "to", "subject"};
    const auto whole = this->body();
    for (const auto& place : this->objects())
        for (const auto& [name, value] : whole[place].items()) {
            auto body = whole;
            body[place].erase(name);
            if (!optional.contains(name) || !this->decoded(body).ok())
                this->expectRefused(body);
        }
}

TYPED_TEST(WireTest, AValueOfAnotherTypeAnywhereIsRefused) {
    const nlohmann::json others[] = {
        nullptr, true, "text!", -1, 1.5, nlohmann::json::array({1}), {{"a", 1}}, 18446744073709551615u};
    const auto whole = this->body();
    for (const auto& place : this->objects())
        for (const auto& [name, value] : whole[place].items())
            for (const auto& other : others) {
                const bool bothNumbers = other.is_number_integer() && value.is_number_integer();
                if (other.type() == value.type() || bothNumbers)
                    continue;
                auto body = whole;
                body[place][name] = other;
                this->expectRefused(body);
            }
}

TYPED_TEST(WireTest, ARepeatedFieldIsRefused) {
    const auto body = this->body();
    if (body.empty())
        return; // nothing to repeat
    const auto first = body.begin();
    const std::string twice = this->encoded_.body.substr(0, this->encoded_.body.size() - 1) + ",\"" + first.key() +
                              "\":" + first->dump() + "}";
    EXPECT_FALSE(this->decoded(std::string_view(twice)).ok()) << twice;
}

TYPED_TEST(WireTest, MissingSuperfluousAndWronglySizedSecretsAreRefused) {
    auto more = cloned(this->encoded_.secrets);
    more.push_back(crypto::SecretBytes(32));
    EXPECT_FALSE(decode<TypeParam>(this->encoded_.body, std::move(more)).ok());
    for (std::size_t i = 0; i < this->encoded_.secrets.size(); ++i) {
        auto fewer = cloned(this->encoded_.secrets);
        fewer.pop_back();
        EXPECT_FALSE(decode<TypeParam>(this->encoded_.body, std::move(fewer)).ok());
        auto shorter = cloned(this->encoded_.secrets);
        shorter[i] = crypto::SecretBytes(shorter[i].size() - 1);
        EXPECT_FALSE(decode<TypeParam>(this->encoded_.body, std::move(shorter)).ok());
    }
}

TYPED_TEST(WireTest, EveryTruncationIsRefused) {
    for (std::size_t size = 0; size < this->encoded_.body.size(); ++size)
        EXPECT_FALSE(this->decoded(std::string_view(this->encoded_.body).substr(0, size)).ok()) << size;
}

} // namespace
} // namespace ssprotect::kodiac

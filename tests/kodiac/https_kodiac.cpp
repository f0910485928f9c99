#include "https_kodiac.h"

#include "http/https_pair.h"

namespace ssprotect::kodiac {
namespace {

class HttpsKodiac final : public KodiacUnderTest {
public:
    explicit HttpsKodiac(std::unique_ptr<KodiacUnderTest> behind) : behind_(std::move(behind)) {}

    Kodiac& kodiac() override { return *client_; }
    test::ManualClock& clock() override { return behind_->clock(); }
    Authority& authority() override { return behind_->authority(); }
    void setDisabled(std::string_view email, bool disabled) override { behind_->setDisabled(email, disabled); }
    void alter(const std::string& sql) override { behind_->alter(sql); }
    std::map<std::string, std::vector<std::string>> content() override { return behind_->content(); }
    void keepSnapshot() override { behind_->keepSnapshot(); }
    void restoreSnapshot() override { behind_->restoreSnapshot(); }
    void reopen() override { behind_->reopen(); }
    int failStatement(int n) override { return behind_->failStatement(n); }
    void onStatement(std::function<void(std::string_view)> told) override { behind_->onStatement(std::move(told)); }

private:
    const std::unique_ptr<KodiacUnderTest> behind_;
    http::Forwarding forwarding_{[this]() -> Kodiac& { return behind_->kodiac(); }};
    const std::unique_ptr<http::Server> server_ = http::startServer(forwarding_);
    const std::unique_ptr<http::RemoteKodiac> client_ = http::makeClient(http::clientSettingsFor({server_->port()}));
};

} // namespace

std::unique_ptr<KodiacUnderTest> overHttps(std::unique_ptr<KodiacUnderTest> behind) {
    if (!behind)
        return nullptr;
    return std::make_unique<HttpsKodiac>(std::move(behind));
}

} // namespace ssprotect::kodiac

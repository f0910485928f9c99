#include "app_backend.h"

#include <atomic>
#include <mutex>

#include <QPointer>
#include <nlohmann/json.hpp>

namespace ssprotect::tray {

/// Carries what comes from any thread over to the GUI's, until the backend is gone.
class AppBackend::GuiClient final : public app::Client {
public:
    explicit GuiClient(AppBackend* backend) : backend_(backend) {}

    void notify(std::string_view event, const Json& params) override {
        post([name = QString::fromUtf8(event.data(), static_cast<qsizetype>(event.size())),
              params](AppBackend& backend) { emit backend.notified(name, params); });
    }
    void notifyLatest(std::string_view event, std::string_view, const Json& params) override { notify(event, params); }
    bool waitForRoom() override { return !gone(); }

    void acknowledge(const app::AcknowledgementRequest& request,
                     std::function<void(app::Acknowledgement)> done) override {
        if (!post([request, done](AppBackend& backend) { emit backend.acknowledgementAsked(request, done); }))
            done(app::Acknowledgement::nobodyToAsk);
    }
    void askCode(const app::CodeRequest& request, std::function<void(app::CodeAnswer)> done) override {
        if (!post([request, done](AppBackend& backend) { emit backend.codeAsked(request, done); }))
            done({app::Acknowledgement::nobodyToAsk, {}});
    }
    void offerLogin(std::function<void(bool)> done) override {
        if (!post([done](AppBackend& backend) { emit backend.loginAsked(done); }))
            done(false);
    }
    bool hasWindows() const override { return true; }
    bool gone() const override {
        std::lock_guard lock(mutex_);
        return backend_ == nullptr;
    }

    /// False when there is no GUI any more.
    bool post(std::function<void(AppBackend&)> task) {
        std::lock_guard lock(mutex_);
        if (backend_ == nullptr)
            return false;
        QMetaObject::invokeMethod(
            backend_, [backend = backend_, task = std::move(task)] { task(*backend); }, Qt::QueuedConnection);
        return true;
    }
    void forget() {
        std::lock_guard lock(mutex_);
        backend_ = nullptr;
    }

private:
    mutable std::mutex mutex_;
    AppBackend* backend_;
};

AppBackend::AppBackend(app::MethodTable& methods) : methods_(methods), client_(std::make_shared<GuiClient>(this)) {}

AppBackend::~AppBackend() { client_->forget(); }

std::shared_ptr<app::Client> AppBackend::client() const { return client_; }

void AppBackend::call(QObject* receiver, const char* method, const Json& params, Secrets secrets, Done done) {
    auto reply = [client = client_, receiver = QPointer<QObject>(receiver),
                  done = std::move(done)](Result<Json> result) {
        auto shared = std::make_shared<Result<Json>>(std::move(result));
        client->post([receiver, done, shared](AppBackend&) {
            if (receiver != nullptr)
                done(*shared);
        });
    };
    methods_.call(method, {std::make_shared<const Json>(params), std::move(secrets), client_}, std::move(reply));
}

} // namespace ssprotect::tray

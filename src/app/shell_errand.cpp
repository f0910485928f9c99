#include "shell_errand.h"

#include "notices.h"

#include <atomic>
#include <mutex>

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

constexpr std::size_t kPathsPerCall = 1000;

/// Speaks for the tray's windows, or for nobody, and keeps what the items came to.
class ErrandClient final : public Client {
public:
    explicit ErrandClient(Events& events) : events_(events) {}

    void notify(std::string_view event, const Json& params) override {
        if (event == "code.elsewhere")
            codeAsked_ = true;
        if (event != "convert.items")
            return;
        std::lock_guard lock(mutex_);
        for (const auto& item : params.at("items"))
            if (!item.at("ok").get<bool>() && firstFailure_.is_null())
                firstFailure_ = item;
    }
    void notifyLatest(std::string_view, std::string_view, const Json&) override {}
    bool waitForRoom() override { return true; }
    void acknowledge(const AcknowledgementRequest&, std::function<void(Acknowledgement)> done) override {
        done(Acknowledgement::nobodyToAsk); // whoever has windows was asked instead
    }
    void askCode(const CodeRequest&, std::function<void(CodeAnswer)> done) override {
        done({Acknowledgement::nobodyToAsk, {}}); // the same
    }
    void offerLogin(std::function<void(bool)> done) override {
        if (const auto windows = events_.windows())
            return windows->offerLogin(std::move(done));
        done(false);
    }
    bool gone() const override { return false; }

    Json firstFailure() const {
        std::lock_guard lock(mutex_);
        return firstFailure_;
    }

    /// Since it was last asked for this: a code that the person gave may have been the wrong one.
    bool takeCodeAsked() { return codeAsked_.exchange(false); }

private:
    Events& events_;
    std::atomic<bool> codeAsked_{false};
    mutable std::mutex mutex_;
    Json firstFailure_;
};

/// Whoever said no, or closed the login, needs no notice of it.
bool isOwnChoice(const Error& error) {
    return error.code == ErrorCode::secondFactorRefused || error.code == ErrorCode::notLoggedIn ||
           error.code == ErrorCode::cancelled;
}

class Opening : public std::enable_shared_from_this<Opening> {
public:
    Opening(Rooms& rooms, MethodTable& methods, std::vector<std::string> texts)
        : rooms_(rooms), methods_(methods), client_(std::make_shared<ErrandClient>(rooms.events)),
          texts_(std::move(texts)) {}

    void next() {
        if (at_ == texts_.size())
            return;
        const auto& text = texts_[at_++];
        auto params = std::make_shared<const Json>(Json{{"path", text}, {"wait", false}});
        methods_.call("open", {std::move(params), {}, client_}, [self = shared_from_this(), text](Result<Json> result) {
            const bool codeAsked = self->client_->takeCodeAsked();
            if (!result && (codeAsked || !isOwnChoice(result.error())))
                self->rooms_.events.tell("notice", openFailedNotice(text, result.error()));
            self->next();
        });
    }

private:
    Rooms& rooms_;
    MethodTable& methods_;
    std::shared_ptr<ErrandClient> client_;
    std::vector<std::string> texts_;
    std::size_t at_ = 0;
};

class Conversion : public std::enable_shared_from_this<Conversion> {
public:
    Conversion(Rooms& rooms, MethodTable& methods, std::string operation, std::vector<std::string> texts)
        : rooms_(rooms), methods_(methods), client_(std::make_shared<ErrandClient>(rooms.events)),
          operation_(std::move(operation)), texts_(std::move(texts)) {}

    void start() {
        call("convert.start", {{"operation", operation_}, {"recursive", true}},
             [](Conversion& self, const Json& result) {
                 self.job_ = result.at("job");
                 self.addNext();
             });
    }

private:
    using Then = void (*)(Conversion&, const Json&);

    void call(const char* method, Json params, Then then) {
        methods_.call(method, {std::make_shared<const Json>(std::move(params)), {}, client_},
                      [self = shared_from_this(), then](Result<Json> result) {
                          if (result)
                              return then(*self, *result);
                          if (!isOwnChoice(result.error()))
                              self->rooms_.events.tell("notice",
                                                       conversionFailedNotice(self->operation_, result.error()));
                      });
    }

    void addNext() {
        if (at_ == texts_.size())
            return run();
        const auto end = std::min(texts_.size(), at_ + kPathsPerCall);
        Json page = Json::array();
        for (; at_ < end; ++at_)
            page.push_back(std::move(texts_[at_]));
        call("convert.add", {{"job", job_}, {"paths", std::move(page)}},
             [](Conversion& self, const Json&) { self.addNext(); });
    }

    void run() {
        call("convert.run", {{"job", job_}}, [](Conversion& self, const Json& totals) {
            self.rooms_.events.tell("notice", convertedNotice(self.operation_, totals, self.client_->firstFailure()));
        });
    }

    Rooms& rooms_;
    MethodTable& methods_;
    std::shared_ptr<ErrandClient> client_;
    const std::string operation_;
    std::vector<std::string> texts_;
    std::size_t at_ = 0;
    Json job_;
};

} // namespace

void openInTurn(Rooms& rooms, MethodTable& methods, std::vector<std::string> pathTexts) {
    std::make_shared<Opening>(rooms, methods, std::move(pathTexts))->next();
}

void convertTogether(Rooms& rooms, MethodTable& methods, std::string operation, std::vector<std::string> pathTexts) {
    std::make_shared<Conversion>(rooms, methods, std::move(operation), std::move(pathTexts))->start();
}

} // namespace ssprotect::app

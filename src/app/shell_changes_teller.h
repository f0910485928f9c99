#pragma once

#include "ssprotect/app/client.h"
#include "ssprotect/platform/shell_changes.h"

#include <memory>

namespace ssprotect::app {

/// Hears of events and tells the file manager which files look different: `files.changed` {paths} and
/// `colours.changed` {}.
class ShellChangesTeller final : public Client {
public:
    explicit ShellChangesTeller(std::unique_ptr<platform::ShellChanges> shell) : shell_(std::move(shell)) {}

    void notify(std::string_view event, const Json& params) override;
    void notifyLatest(std::string_view, std::string_view, const Json&) override {}
    bool waitForRoom() override { return true; }
    void acknowledge(const AcknowledgementRequest&, std::function<void(Acknowledgement)> done) override {
        done(Acknowledgement::nobodyToAsk);
    }
    void askCode(const CodeRequest&, std::function<void(CodeAnswer)> done) override {
        done({Acknowledgement::nobodyToAsk, {}});
    }
    void offerLogin(std::function<void(bool)> done) override { done(false); }
    bool gone() const override { return false; }

private:
    std::unique_ptr<platform::ShellChanges> shell_;
};

} // namespace ssprotect::app

#pragma once

#include "ssprotect/app/client.h"
#include "ssprotect/ipc/connection.h"

#include <memory>

namespace ssprotect::app {

/// A connection of the pipe as the methods see it.
class PipeClientLink final : public Client {
public:
    explicit PipeClientLink(std::shared_ptr<ipc::Connection> connection) : connection_(std::move(connection)) {}

    void notify(std::string_view event, const Json& params) override;
    void notifyLatest(std::string_view event, std::string_view key, const Json& params) override;
    bool waitForRoom() override;
    void acknowledge(const AcknowledgementRequest& request, std::function<void(Acknowledgement)> done) override;
    void askCode(const CodeRequest& request, std::function<void(CodeAnswer)> done) override;
    void offerLogin(std::function<void(bool)> done) override { done(false); }
    bool gone() const override { return connection_->closed(); }

private:
    std::shared_ptr<ipc::Connection> connection_;
};

} // namespace ssprotect::app

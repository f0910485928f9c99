#pragma once

#include "backend.h"

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace ssprotect::tray::test {

/// Answers calls as the test says and remembers them. Answers come back through the event loop, as the real
/// ones do.
class ScriptedBackend final : public Backend {
public:
    struct Call {
        std::string method;
        Json params;
        std::vector<std::string> secrets;
    };
    using Answer = std::function<Result<Json>(const Call&)>;

    void call(QObject* receiver, const char* method, const Json& params, Secrets secrets, Done done) override;
    using Backend::call;

    /// An empty object unless said otherwise.
    void answer(const std::string& method, Answer answer) { answers_[method] = std::move(answer); }
    void answer(const std::string& method, const Json& result) {
        answers_[method] = [result](const Call&) { return Result<Json>(result); };
    }
    void refuse(const std::string& method, ErrorCode code, const std::string& message) {
        answers_[method] = [=](const Call&) { return Result<Json>(makeError(code, message)); };
    }

    std::vector<Call> calls;
    std::vector<Call> callsOf(const std::string& method) const;

private:
    std::map<std::string, Answer> answers_;
};

/// Runs the event loop until nothing is queued.
void settle();

} // namespace ssprotect::tray::test

#include "fake_tray.h"

#include "ssprotect/ipc/path_text.h"
#include "ssprotect/platform/narrow_path.h"

#include <gtest/gtest.h>

namespace ssprotect::cli {

std::string local(const std::string& path) {
    return ipc::pathToText(std::filesystem::absolute(platform::pathOfNarrow(path)));
}

std::string someFolder() {
    return platform::narrowPath(std::filesystem::canonical(std::filesystem::temp_directory_path()));
}

std::string inSomeFolder(const std::string& name) {
    auto path = platform::pathOfNarrow(someFolder()) / name;
    return ipc::pathToText(path.make_preferred());
}

std::vector<std::string> commandOf(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), SSPROTECT_BIN_DIR "/ssprotect" SSPROTECT_PROGRAM_SUFFIX);
    return arguments;
}

FakeTray::FakeTray() : world_(std::make_unique<ipc::PipeWorld>()) {
    gives("hello", {{"version", "0"}, {"protocol", 1}, {"headless", true}, {"second_factor", "ask"}});
}

void FakeTray::does(const std::string& method, ipc::ScriptedHandler::Method answer) {
    world_->handler().on(method, [this, answer = std::move(answer)](const std::shared_ptr<ipc::Connection>& from,
                                                                    ipc::Request request, ipc::Responder responder) {
        {
            const std::lock_guard lock(mutex_);
            calls_.push_back({request.method, *request.params, {}});
            for (const auto& secret : request.attachments)
                calls_.back().secrets.emplace_back(textOf(secret));
        }
        answer(from, std::move(request), std::move(responder));
    });
}

void FakeTray::gives(const std::string& method, Json result) {
    does(method, [result = std::move(result)](const auto&, const ipc::Request&, ipc::Responder responder) {
        responder.reply(result);
    });
}

void FakeTray::fails(const std::string& method, ErrorCode code, const std::string& message) {
    does(method, [code, message](const auto&, const ipc::Request&, ipc::Responder responder) {
        responder.reply(makeError(code, message));
    });
}

std::vector<Call> FakeTray::calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
}

Call FakeTray::call(const std::string& method) const {
    std::vector<Call> found;
    for (auto& call : calls())
        if (call.method == method)
            found.push_back(std::move(call));
    EXPECT_EQ(found.size(), 1u) << method;
    return found.empty() ? Call() : found.front();
}

support::ProgramResult FakeTray::run(std::vector<std::string> arguments, const std::string& input,
                                     const std::string& folder) const {
    return support::ProgramRun(commandOf(std::move(arguments)), environment(), input, folder).wait();
}

std::unique_ptr<support::ProgramRun> FakeTray::start(std::vector<std::string> arguments) const {
    return std::make_unique<support::ProgramRun>(commandOf(std::move(arguments)), environment());
}

std::map<std::string, std::string> FakeTray::environment() const {
    return {{"SSPROTECT_HOME", world_->endpoint().home().string()}};
}

support::ProgramResult runAlone(std::vector<std::string> arguments, const std::string& home) {
    return support::ProgramRun(commandOf(std::move(arguments)), {{"SSPROTECT_HOME", home}}).wait();
}

Json printed(const support::ProgramResult& result) {
    auto json = Json::parse(result.out, nullptr, false);
    EXPECT_TRUE(json.is_object()) << result.out << result.err;
    EXPECT_EQ(result.out.find('\n'), result.out.size() - 1) << "one line";
    return json;
}

std::string errorWordOf(const support::ProgramResult& result) {
    const auto json = printed(result);
    return json.contains("error") ? json["error"].value("code", "") : "";
}

} // namespace ssprotect::cli

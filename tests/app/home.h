#pragma once

#include "ssprotect/app/application.h"
#include "ssprotect/app/method_table.h"
#include "ssprotect/crypto/system_random.h"

#include <condition_variable>
#include <initializer_list>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace ssprotect::app::test {

constexpr const char* kEmail = "anna@example.org";
constexpr const char* kPassword = "correct horse battery";
constexpr const char* kPassphrase = "a passphrase for the safe";

/// A client whose answers the test sets and whose notifications it reads. Any thread.
class ScriptedClient final : public Client {
public:
    void notify(std::string_view event, const Json& params) override;
    void notifyLatest(std::string_view event, std::string_view, const Json& params) override { notify(event, params); }
    bool waitForRoom() override { return true; }
    void acknowledge(const AcknowledgementRequest& request, std::function<void(Acknowledgement)> done) override;
    void askCode(const CodeRequest& request, std::function<void(CodeAnswer)> done) override;
    void offerLogin(std::function<void(bool)> done) override;
    bool hasWindows() const override { return windows; }
    bool gone() const override { return false; }

    /// The params of every such event so far.
    std::vector<Json> told(const std::string& event);
    /// Waits until that event was told `count` times.
    void waitFor(const std::string& event, std::size_t count = 1);
    /// Waits for a notice of that kind and gives it; others may come before it.
    Json waitForNotice(const std::string& kind);
    std::vector<AcknowledgementRequest> asked();
    std::vector<CodeRequest> codesAsked();

    std::function<std::optional<Acknowledgement>()> answer = [] { return Acknowledgement::allowed; };
    /// None: no answer comes.
    std::function<std::optional<CodeAnswer>(const CodeRequest&)> code = [](const CodeRequest&) {
        return CodeAnswer{Acknowledgement::nobodyToAsk, {}};
    };
    std::function<bool()> login = [] { return false; };
    bool windows = true; ///< set before the first call

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<std::string, Json> events_;
    std::vector<AcknowledgementRequest> asked_;
    std::vector<CodeRequest> codesAsked_;
};

/// No program opens anything: tests name theirs.
class NoAssociations final : public platform::ApplicationAssociations {
public:
    Result<platform::Application> applicationFor(const platform::Path&, ByteView) override {
        return makeError(ErrorCode::unsupportedFile, "no program is associated");
    }
};

/// A home in a folder of its own with the real rooms on the real file system; passwords are stretched little.
class Home {
public:
    explicit Home(SecondFactorMode secondFactor = SecondFactorMode::ask, Duration patience = Duration{60'000});
    ~Home();

    /// As if the tray process had been started anew.
    void restart();
    /// Programs are checked as where none of them is signed (PROT-11). Starts anew.
    void restartWithUnsignedPrograms();
    void stop() { application_.reset(); }

    Application& application() { return *application_; }
    ScriptedClient& client() { return *client_; }
    const std::shared_ptr<ScriptedClient>& sharedClient() { return client_; }
    /// Where the test keeps documents; outside the home.
    platform::Path documents() const { return folder_ / "documents"; }
    platform::Path home() const { return folder_ / "home"; }
    platform::Path keysFile() const { return folder_ / "anna.keys"; }

    /// Waits for the answer.
    Result<Json> call(const std::string& method, const Json& params = Json::object(),
                      std::initializer_list<std::string_view> secrets = {});
    /// The same; a refusal fails the test and gives null.
    Json must(const std::string& method, const Json& params = Json::object(),
              std::initializer_list<std::string_view> secrets = {});
    /// The word of the refusal, or "ok".
    std::string wordOf(const std::string& method, const Json& params = Json::object(),
                       std::initializer_list<std::string_view> secrets = {});

    /// Creates the account and exports its keys.
    void createAccount();
    platform::Path write(const std::string& name, std::string_view content);
    static std::string read(const platform::Path& path);
    /// convert.start, add, run.
    Result<Json> convert(const std::string& operation, const std::vector<platform::Path>& paths,
                         Json options = Json::object());
    /// The row of the last `convert.items` for that path.
    Json itemOf(const platform::Path& path);
    Json statusOf(const platform::Path& path);

private:
    void start();

    platform::Path folder_;
    SystemClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<platform::FileSystem> files_;
    std::unique_ptr<platform::Processes> processes_;
    NoAssociations associations_;
    std::shared_ptr<Log> log_;
    Settings settings_;
    std::function<Status(const platform::Path&, bool)> checkProgram_;
    std::shared_ptr<ScriptedClient> client_;
    std::unique_ptr<Application> application_;
};

std::string textOf(const platform::Path& path);
/// The program of tests/app/editor.cpp with its arguments.
std::vector<std::string> editor(std::initializer_list<std::string> arguments);

} // namespace ssprotect::app::test

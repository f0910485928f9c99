#include "home.h"

#include "ssprotect/ipc/path_text.h"
#include "ssprotect/platform/code_signature.h"
#include "ssprotect/platform/private_folder.h"

#include <fstream>
#include <future>

#include <gtest/gtest.h>

namespace ssprotect::app::test {

void ScriptedClient::notify(std::string_view event, const Json& params) {
    std::lock_guard lock(mutex_);
    events_.emplace(std::string(event), params);
    changed_.notify_all();
}

void ScriptedClient::acknowledge(const AcknowledgementRequest& request, std::function<void(Acknowledgement)> done) {
    {
        std::lock_guard lock(mutex_);
        asked_.push_back(request);
        changed_.notify_all();
    }
    if (const auto given = answer())
        done(*given);
}

void ScriptedClient::askCode(const CodeRequest& request, std::function<void(CodeAnswer)> done) {
    {
        std::lock_guard lock(mutex_);
        codesAsked_.push_back(request);
        changed_.notify_all();
    }
    if (const auto given = code(request))
        done(*given);
}

void ScriptedClient::offerLogin(std::function<void(bool)> done) { done(login()); }

std::vector<Json> ScriptedClient::told(const std::string& event) {
    std::lock_guard lock(mutex_);
    std::vector<Json> found;
    const auto [first, last] = events_.equal_range(event);
    for (auto it = first; it != last; ++it)
        found.push_back(it->second);
    return found;
}

void ScriptedClient::waitFor(const std::string& event, std::size_t count) {
    std::unique_lock lock(mutex_);
    const bool came = changed_.wait_for(lock, std::chrono::seconds(60), [&] { return events_.count(event) >= count; });
    EXPECT_TRUE(came) << event << " was not told " << count << " times";
}

Json ScriptedClient::waitForNotice(const std::string& kind) {
    std::unique_lock lock(mutex_);
    Json found;
    const bool came = changed_.wait_for(lock, std::chrono::seconds(60), [&] {
        const auto [first, last] = events_.equal_range("notice");
        for (auto each = first; each != last; ++each)
            if (each->second["kind"] == kind)
                found = each->second;
        return !found.is_null();
    });
    EXPECT_TRUE(came) << "no notice of " << kind;
    return found;
}

std::vector<AcknowledgementRequest> ScriptedClient::asked() {
    std::lock_guard lock(mutex_);
    return asked_;
}

std::vector<CodeRequest> ScriptedClient::codesAsked() {
    std::lock_guard lock(mutex_);
    return codesAsked_;
}

Home::Home(SecondFactorMode secondFactor, Duration patience)
    : files_(platform::makeSystemFiles()), processes_(platform::makeSystemProcesses()), log_(makeNullLog()),
      client_(std::make_shared<ScriptedClient>()) {
    std::array<Byte, 8> name{};
    random_.fill(name);
    folder_ = std::filesystem::canonical(std::filesystem::temp_directory_path()) / ("ssprotect-app-" + toHex(name));
    std::filesystem::create_directories(folder_ / "documents");
    std::filesystem::create_directories(folder_ / "home");
    EXPECT_TRUE(platform::closeToOthers(folder_ / "home"));
    settings_.home = home();
    settings_.hostName = "test host";
    settings_.boot = "this boot";
    settings_.version = "1.2.3";
    settings_.headless = true;
    settings_.secondFactor = secondFactor;
    settings_.patience = patience;
    settings_.newPassword = {1u << 4, 8, 1};
    settings_.passwordLimits = {1u << 4, 1u << 10};
    start();
}

Home::~Home() {
    application_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Home::start() {
    auto started = Application::start(
        {clock_, random_, *files_, *processes_, associations_, platform::watchDirectory, *log_, checkProgram_},
        settings_);
    ASSERT_TRUE(started) << started.error().message;
    application_ = std::move(*started);
    application_->subscribe(client_);
}

void Home::restart() {
    application_.reset();
    start();
}

void Home::restartWithUnsignedPrograms() {
    checkProgram_ = [](const platform::Path& program, bool unsignedAppsAllowed) {
        return platform::mayGetPlaintext({}, program, unsignedAppsAllowed);
    };
    restart();
}

Result<Json> Home::call(const std::string& method, const Json& params,
                        std::initializer_list<std::string_view> secrets) {
    Invocation invocation{std::make_shared<const Json>(params), {}, client_};
    for (const auto secret : secrets)
        invocation.attachments.emplace_back(secret.begin(), secret.end());
    auto promise = std::make_shared<std::promise<Result<Json>>>();
    auto answer = promise->get_future();
    application_->methods().call(method, std::move(invocation),
                                 [promise](Result<Json> result) { promise->set_value(std::move(result)); });
    return answer.get();
}

Json Home::must(const std::string& method, const Json& params, std::initializer_list<std::string_view> secrets) {
    auto result = call(method, params, secrets);
    EXPECT_TRUE(result) << method << ": " << (result ? "" : result.error().message);
    return result ? *result : Json(nullptr);
}

std::string Home::wordOf(const std::string& method, const Json& params,
                         std::initializer_list<std::string_view> secrets) {
    const auto result = call(method, params, secrets);
    return result ? "ok" : std::string(result.error().word());
}

void Home::createAccount() {
    must("account.create", {{"email", kEmail}}, {kPassword});
    must("keys.export", {{"file", textOf(keysFile())}}, {kPassphrase});
}

platform::Path Home::write(const std::string& name, std::string_view content) {
    auto path = documents() / name;
    path.make_preferred();
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

std::string Home::read(const platform::Path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Result<Json> Home::convert(const std::string& operation, const std::vector<platform::Path>& paths, Json options) {
    options["operation"] = operation;
    auto job = call("convert.start", options);
    if (!job)
        return job;
    Json texts = Json::array();
    for (const auto& path : paths)
        texts.push_back(textOf(path));
    if (auto added = call("convert.add", {{"job", (*job)["job"]}, {"paths", texts}}); !added)
        return added;
    return call("convert.run", *job);
}

Json Home::itemOf(const platform::Path& path) {
    Json found;
    for (const auto& page : client_->told("convert.items"))
        for (const auto& item : page["items"])
            if (item["path"] == textOf(path))
                found = item;
    return found;
}

Json Home::statusOf(const platform::Path& path) { return must("status", {{"paths", {textOf(path)}}})["files"][0]; }

std::string textOf(const platform::Path& path) { return ipc::pathToText(path); }

std::vector<std::string> editor(std::initializer_list<std::string> arguments) {
    std::vector<std::string> program{SSPROTECT_TEST_EDITOR};
    program.insert(program.end(), arguments);
    return program;
}

} // namespace ssprotect::app::test

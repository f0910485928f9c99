#include "managed_home.h"

#include "apps/system.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

namespace ssprotect::test {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{60};

std::string wholeOf(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

void HeardEvents::changed(const managed::OpenedDocument& document) {
    {
        const std::lock_guard lock(mutex_);
        states_.push_back(document.state);
    }
    told_.notify_all();
}

void HeardEvents::closed(const managed::OpenedDocument&, const managed::Closed& result) {
    {
        const std::lock_guard lock(mutex_);
        closed_ = result;
    }
    told_.notify_all();
}

bool HeardEvents::waitFor(managed::DocumentState state) {
    std::unique_lock lock(mutex_);
    return told_.wait_for(lock, kPatience,
                          [&] { return std::find(states_.begin(), states_.end(), state) != states_.end(); });
}

bool HeardEvents::waitForClosed() {
    std::unique_lock lock(mutex_);
    return told_.wait_for(lock, kPatience, [&] { return closed_.has_value(); });
}

void HeardEvents::forget() {
    const std::lock_guard lock(mutex_);
    states_.clear();
    closed_.reset();
}

std::optional<managed::Closed> HeardEvents::lastClosed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
}

Result<platform::Application> OneApplication::applicationFor(const platform::Path&, ByteView) {
    if (command.empty())
        return makeError(ErrorCode::unsupportedFile, "no program is associated");
    return platform::Application{"editor", command, command.front()};
}

ManagedHome::ManagedHome() {
    for (const auto& folder : {home_, runtime_, documents_})
        fs::create_directory(folder);
    EXPECT_TRUE(engineJournal_.prepare());
    converter_ = std::make_shared<conversion::Converter>(services(), conversion::Effort{2, 1});
    settings_.home = home_;
    settings_.runtimeFolder = runtime_;
    settings_.boot = "this boot";
    settings_.rules = {Duration{60}, Duration{400}, Duration{2'000}};
    start();
}

ManagedHome::~ManagedHome() = default;

conversion::Services ManagedHome::services() {
    return {*files_, *authorisation_, records_, engineJournal_, random_, clock_, *log_};
}

void ManagedHome::start() {
    auto session = [this]() -> Result<managed::Access> {
        const std::lock_guard lock(sessionMutex_);
        if (!loggedIn_)
            return makeError(ErrorCode::notLoggedIn, "nobody is logged in");
        return managed::Access{
            authorisation_, converter_, "anna@example.org", {}, [this] { return keepsVersionWhenUnchanged_.load(); }};
    };
    access_ = std::make_unique<managed::ManagedAccess>(managed::Parts{*files_, *processes_, applications_,
                                                                      platform::watchDirectory, clock_, random_, *log_,
                                                                      events_, session, mayReceive_},
                                                       settings_);
}

void ManagedHome::dieAndStartAgain() {
    access_.reset();
    start();
}

void ManagedHome::logout() {
    const std::lock_guard lock(sessionMutex_);
    loggedIn_ = false;
    authorisation_->logout();
}

std::vector<managed::RecoveryFinding> ManagedHome::login() {
    {
        const std::lock_guard lock(sessionMutex_);
        loggedIn_ = true;
    }
    authorisation_->newSession();
    conversion::recoverWithSession(engineJournal_, *files_, *authorisation_, records_, "anna@example.org", clock_,
                                   *log_);
    return access_->storePending();
}

platform::Path ManagedHome::protect(const std::string& name, const std::string& text) {
    const platform::Path path = documents_ / name;
    std::ofstream(path, std::ios::binary) << text;
    const std::array paths{path};
    const auto done = converter_->convert(conversion::Operation::activate, paths, {});
    EXPECT_TRUE(done.front().ok()) << done.front().error.value_or(Error{}).message;
    return path;
}

std::string ManagedHome::textOf(const platform::Path& container) {
    const std::string whole = wholeOf(container);
    auto content = authorisation_->contentOf(viewOf(whole));
    return content ? std::string(ssprotect::textOf(*content)) : "NOT AUTHENTIC: " + content.error().message;
}

VersionNumber ManagedHome::versionOf(const platform::Path& container) {
    const std::string whole = wholeOf(container);
    auto header = container::parseHeader(viewOf(whole), whole.size());
    return header ? header->identity.version : 0;
}

FileId ManagedHome::fileOf(const platform::Path& container) {
    const std::string whole = wholeOf(container);
    auto header = container::parseHeader(viewOf(whole), whole.size());
    return header ? header->identity.file : FileId{};
}

std::vector<std::string> ManagedHome::editor(std::vector<std::string> steps) {
    steps.insert(steps.begin(), std::string(SSPROTECT_BIN_DIR) + "/managed-editor" SSPROTECT_PROGRAM_SUFFIX);
    return steps;
}

std::string ManagedHome::meeting(const std::string& name) {
    const auto place = folder_ / name;
    EXPECT_TRUE(prepareMeeting(place));
    return place.string();
}

void ManagedHome::say(const std::string& place) { ASSERT_TRUE(sayAt(place)); }
void ManagedHome::hear(const std::string& place) { ASSERT_TRUE(hearAt(place)); }

std::future<managed::Closed> ManagedHome::open(const platform::Path& path, std::vector<std::string> program) {
    auto closed = std::make_shared<std::promise<managed::Closed>>();
    auto opened = access_->open({path, std::move(program)},
                                [closed](const managed::Closed& result) { closed->set_value(result); });
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return closed->get_future();
}

managed::Closed ManagedHome::use(const platform::Path& path, std::vector<std::string> program) {
    auto closed = open(path, std::move(program));
    return result(closed);
}

managed::Closed ManagedHome::result(std::future<managed::Closed>& closed) {
    if (closed.wait_for(kPatience) != std::future_status::ready) {
        ADD_FAILURE() << "the document was never closed";
        return {};
    }
    return closed.get();
}

std::vector<platform::Path> ManagedHome::filesSaying(const std::string& text) const {
    std::vector<platform::Path> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path()))
        if (entry.is_regular_file() && wholeOf(entry.path()).find(text) != std::string::npos)
            found.push_back(entry.path());
    return found;
}

std::vector<platform::Path> ManagedHome::workspaces() const {
    std::vector<platform::Path> found;
    for (const auto& root : fs::directory_iterator(runtime_))
        for (const auto& entry : fs::directory_iterator(root))
            found.push_back(entry.path());
    if (fs::exists(home_ / "workspace"))
        for (const auto& entry : fs::directory_iterator(home_ / "workspace"))
            found.push_back(entry.path());
    return found;
}

std::vector<platform::Path> ManagedHome::journal() const {
    std::vector<platform::Path> found;
    for (const auto& entry : fs::directory_iterator(home_ / "managed"))
        found.push_back(entry.path());
    return found;
}

bool ManagedHome::isSealed() const {
    const auto files = journal();
    return std::any_of(files.begin(), files.end(), [](const auto& file) { return file.extension() == ".sealed"; });
}

std::vector<std::string> ManagedHome::documents() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(documents_))
        if (entry.is_regular_file())
            found.push_back(fs::relative(entry.path(), documents_).generic_string());
    std::sort(found.begin(), found.end());
    return found;
}

bool ManagedHome::eventually(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

} // namespace ssprotect::test

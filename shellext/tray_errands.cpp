#include "tray_errands.h"

#include "path_pages.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/ipc/pipe_client.h"

#include <windows.h>

#include <nlohmann/json.hpp>

namespace ssprotect::shellext {
namespace {

constexpr std::size_t kMostWaiting = 64;
/// For each answer; the tray process answers within milliseconds.
constexpr Duration kPatience{3'000};
constexpr std::uint64_t kProtocol = 1;

Refusal silent() {
    return {Refusal::Kind::silent, makeError(ErrorCode::noTrayProcess, "it did not answer a moment ago")};
}

std::vector<std::string> textsOf(const std::vector<std::filesystem::path>& paths) {
    std::vector<std::string> texts;
    texts.reserve(paths.size());
    for (const auto& path : paths)
        texts.push_back(ipc::pathToText(path));
    return texts;
}

Status handOver(ipc::PipeClient& client, Verb verb, const std::vector<std::string>& texts) {
    if (auto greeted = client.call("hello", Json{{"protocol", kProtocol}}, {}, nullptr, kPatience); !greeted)
        return std::move(greeted).error();
    const auto pages = pagesOf(texts);
    for (std::size_t at = 0; at < pages.size(); ++at) {
        const Json params{{"verb", std::string(verbWord(verb))},
                          {"paths", std::vector<std::string>(pages[at].begin(), pages[at].end())},
                          {"more", at + 1 < pages.size()}};
        if (auto taken = client.call("shell.run", params, {}, nullptr, kPatience); !taken)
            return std::move(taken).error();
    }
    return {};
}

Refusal::Kind kindOf(const Error& error, bool connected, bool slow) {
    // What is no frame at all is `invalid-input`.
    const bool lost = error.code == ErrorCode::noTrayProcess || error.code == ErrorCode::invalidInput;
    if (!lost)
        return Refusal::Kind::refused;
    return connected || slow ? Refusal::Kind::silent : Refusal::Kind::absent;
}

} // namespace

TrayErrands::TrayErrands(std::filesystem::path home, Failed failed)
    : home_(std::move(home)), failed_(std::move(failed)), thread_(kMostWaiting) {}

std::future<std::optional<Refusal>> TrayErrands::begin(Verb verb, std::vector<std::filesystem::path> paths) {
    auto promise = std::make_shared<std::promise<std::optional<Refusal>>>();
    auto outcome = promise->get_future();
    const bool taken = thread_.run([this, promise, verb, paths = std::move(paths)] {
        std::optional<Refusal> refusal;
        try {
            refusal = run(verb, paths);
            if (refusal)
                failed_(*refusal);
        } catch (const std::exception&) {
            refusal = Refusal{Refusal::Kind::refused, makeError(ErrorCode::internal, "there is no memory left")};
        }
        promise->set_value(std::move(refusal));
    });
    if (!taken)
        promise->set_value(silent());
    return outcome;
}

std::optional<Refusal> TrayErrands::run(Verb verb, const std::vector<std::filesystem::path>& paths) {
    const auto began = BackOff::Clock::now();
    if (!backOff_.mayTry(began))
        return silent();
    if (home_.empty())
        return Refusal{Refusal::Kind::absent, makeError(ErrorCode::noTrayProcess, "no home folder is known")};
    auto client = ipc::PipeClient::connect(ipc::Endpoint(home_));
    Status status = client ? Status{} : Status{client.error()};
    if (client) {
        // Its windows may come to the front: the person has just asked for them here.
        ::AllowSetForegroundWindow(ASFW_ANY);
        status = handOver(*client, verb, textsOf(paths));
    }
    if (status) {
        backOff_.worked();
        return std::nullopt;
    }
    const auto kind = kindOf(status.error(), client.ok(), BackOff::Clock::now() - began >= kPatience / 2);
    // An absent tray process is known at once and may be there a moment later; only one that hangs costs time.
    if (kind == Refusal::Kind::silent)
        backOff_.failed(BackOff::Clock::now());
    return Refusal{kind, std::move(status).error()};
}

} // namespace ssprotect::shellext

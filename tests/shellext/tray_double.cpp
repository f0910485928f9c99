// Stands in for the tray process on the pipe of a home: tray-double HOME MODE, MODE being
//   serve           answers rightly; each `shell.run` is appended to HOME\errands.txt
//   refuse          answers `shell.run` with an error
//   slow            as serve, half a second late
//   hang            takes connections and reads nothing
//   deaf            reads and never answers
//   close           closes each connection at once
//   garbage         answers with bytes that are no frame
//   nonsense        answers with a frame that is no JSON
//   foreign         answers another protocol than it was asked in
//   flood           answers with notifications without end
// Says "ready" on stderr once clients can connect, and runs until it is killed.
#include "ssprotect/ipc/endpoint.h"
#include "windows/run_folder.h"

#include <atomic>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>
#include <windows.h>

#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

class Pipe {
public:
    explicit Pipe(HANDLE handle) : handle_(handle) {}
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() { ::CloseHandle(handle_); }

    bool readAll(void* to, DWORD size) const {
        auto* at = static_cast<char*>(to);
        while (size > 0) {
            DWORD count = 0;
            if (!::ReadFile(handle_, at, size, &count, nullptr) || count == 0)
                return false;
            at += count;
            size -= count;
        }
        return true;
    }
    bool writeAll(const std::string& bytes) const {
        DWORD count = 0;
        return ::WriteFile(handle_, bytes.data(), static_cast<DWORD>(bytes.size()), &count, nullptr) != 0;
    }

private:
    HANDLE handle_;
};

std::string framed(const std::string& text) {
    std::string frame;
    for (int shift = 24; shift >= 0; shift -= 8)
        frame.push_back(static_cast<char>(text.size() >> shift));
    return frame + text;
}

std::string readFrame(const Pipe& pipe) {
    unsigned char length[4] = {};
    if (!pipe.readAll(length, 4))
        return {};
    std::string text((std::size_t{length[0]} << 24) | (std::size_t{length[1]} << 16) | (std::size_t{length[2]} << 8) |
                         length[3],
                     '\0');
    return pipe.readAll(text.data(), static_cast<DWORD>(text.size())) ? text : std::string();
}

class Double {
public:
    Double(std::filesystem::path home, std::string mode) : home_(std::move(home)), mode_(std::move(mode)) {}

    void serve(HANDLE handle) {
        const Pipe pipe(handle);
        if (mode_ == "close")
            return;
        if (mode_ == "hang")
            ::Sleep(INFINITE);
        for (auto text = readFrame(pipe); !text.empty(); text = readFrame(pipe))
            if (!answer(pipe, json::parse(text, nullptr, false)))
                return;
    }

private:
    bool answer(const Pipe& pipe, const json& request) {
        if (mode_ == "deaf")
            return true;
        if (mode_ == "slow")
            ::Sleep(500);
        if (mode_ == "garbage")
            return pipe.writeAll(std::string(4096, '\xff'));
        if (mode_ == "nonsense")
            return pipe.writeAll(framed("{\"jsonrpc\": \"2.0\", oh"));
        while (mode_ == "flood")
            if (!pipe.writeAll(framed(R"({"jsonrpc":"2.0","method":"opened.changed","params":{"opened":[]}})")))
                return false;
        return pipe.writeAll(framed(replyTo(request).dump()));
    }

    json replyTo(const json& request) {
        json reply{{"jsonrpc", "2.0"}, {"id", request.at("id")}};
        if (mode_ == "foreign" || (mode_ == "refuse" && request.at("method") == "shell.run")) {
            reply["error"] = {{"code", 4}, {"message", "the policy says no"}, {"data", {{"code", "refused"}}}};
            return reply;
        }
        if (request.at("method") == "shell.run")
            keep(request.at("params"));
        reply["result"] = {{"accepted", 1}};
        return reply;
    }

    void keep(const json& params) {
        const std::lock_guard lock(mutex_);
        std::ofstream(home_ / "errands.txt", std::ios::app | std::ios::binary) << params.dump() << '\n';
    }

    const std::filesystem::path home_;
    const std::string mode_;
    std::mutex mutex_;
};

} // namespace

int wmain(int count, wchar_t** arguments) {
    if (count != 3)
        return 2;
    const std::filesystem::path home(arguments[1]);
    const std::wstring mode(arguments[2]);
    const auto name = ssprotect::ipc::pipeName(ssprotect::ipc::Endpoint(home));
    if (!name)
        return 1;
    auto& tray = *new Double(home, std::string(mode.begin(), mode.end())); // its threads end with the process
    for (bool told = false;; told = true) {
        const HANDLE pipe = ::CreateNamedPipeW(name->c_str(), PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE | PIPE_WAIT,
                                               PIPE_UNLIMITED_INSTANCES, 65536, 65536, 0, nullptr);
        if (pipe == INVALID_HANDLE_VALUE)
            return 1;
        if (!told) {
            std::fputs("ready\n", stderr);
            std::fflush(stderr);
        }
        if (!::ConnectNamedPipe(pipe, nullptr) && ::GetLastError() != ERROR_PIPE_CONNECTED)
            return 1;
        std::thread([&tray, pipe] { tray.serve(pipe); }).detach();
    }
}

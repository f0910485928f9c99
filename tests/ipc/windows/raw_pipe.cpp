#include "raw_pipe.h"

#include "ipc/windows/run_folder.h"

#include <array>
#include <filesystem>
#include <stdexcept>

namespace ssprotect::ipc {

struct RawPipe::Handle {
    UniqueHandle pipe;
    std::wstring name; ///< of a listener
};

namespace {

constexpr DWORD kPatienceMillis = 30'000;

std::wstring nameFor(const Endpoint& endpoint) {
    auto name = pipeName(endpoint);
    if (!name)
        throw std::runtime_error(name.error().message);
    return *name;
}

UniqueHandle connectedTo(const std::wstring& name) {
    while (true) {
        UniqueHandle pipe(
            ::CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING, 0, nullptr));
        if (pipe || ::GetLastError() != ERROR_PIPE_BUSY || !::WaitNamedPipeW(name.c_str(), kPatienceMillis))
            return pipe;
    }
}

UniqueHandle newInstance(const std::wstring& name) {
    return UniqueHandle(::CreateNamedPipeW(name.c_str(), PIPE_ACCESS_DUPLEX,
                                           PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT, PIPE_UNLIMITED_INSTANCES,
                                           65536, 65536, 0, nullptr));
}

} // namespace

RawPipe::RawPipe(const Endpoint& endpoint) : handle_(std::make_unique<Handle>()) {
    handle_->pipe = connectedTo(nameFor(endpoint));
    if (!handle_->pipe)
        throw std::runtime_error("cannot connect");
}

RawPipe::RawPipe(std::unique_ptr<Handle> connected) : handle_(std::move(connected)) {}
RawPipe::RawPipe(RawPipe&& other) noexcept = default;
RawPipe::~RawPipe() = default;

bool RawPipe::send(std::string_view bytes) {
    while (!bytes.empty()) {
        DWORD count = 0;
        if (!::WriteFile(handle_->pipe.get(), bytes.data(), static_cast<DWORD>(bytes.size()), &count, nullptr))
            return false;
        bytes.remove_prefix(count);
    }
    return true;
}

bool RawPipe::readAll(char* to, std::size_t size) {
    while (size > 0) {
        DWORD count = 0;
        if (!::ReadFile(handle_->pipe.get(), to, static_cast<DWORD>(size), &count, nullptr))
            return false;
        to += count;
        size -= count;
    }
    return true;
}

bool RawPipe::waitForClose() {
    std::array<char, 4096> waste{};
    DWORD count = 0;
    while (::ReadFile(handle_->pipe.get(), waste.data(), waste.size(), &count, nullptr)) {
    }
    return true;
}

RawListener::RawListener(const Endpoint& endpoint) : handle_(std::make_unique<RawPipe::Handle>()) {
    std::filesystem::create_directories(endpoint.runFolder());
    handle_->name = nameFor(endpoint);
    handle_->pipe = newInstance(handle_->name);
    if (!handle_->pipe)
        throw std::runtime_error("cannot listen");
}

RawListener::~RawListener() = default;

RawPipe RawListener::accept() {
    auto connected = std::make_unique<RawPipe::Handle>();
    if (::ConnectNamedPipe(handle_->pipe.get(), nullptr) || ::GetLastError() == ERROR_PIPE_CONNECTED)
        connected->pipe = std::move(handle_->pipe);
    handle_->pipe = newInstance(handle_->name);
    return RawPipe(std::move(connected));
}

} // namespace ssprotect::ipc

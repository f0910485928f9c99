#include "../channel.h"

#include "process_user.h"
#include "run_folder.h"
#include "server_image.h"
#include "system_error.h"

#include <algorithm>
#include <array>

namespace ssprotect::ipc {
namespace {

/// For a server that hangs, or that stopped accepting while it still serves others.
constexpr std::chrono::seconds kConnectTime{2};

Error gone() { return makeError(ErrorCode::noTrayProcess, "the tray process closed the connection"); }
Error silent() { return makeError(ErrorCode::noTrayProcess, "the tray process does not answer"); }

DWORD remaining(Channel::Deadline deadline) {
    if (!deadline)
        return INFINITE;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
    return static_cast<DWORD>(std::clamp<std::int64_t>(left.count(), 0, INFINITE - 1));
}

/// One read or write under way; its buffer may go only after `finish`.
class Transfer {
public:
    Transfer(HANDLE pipe, HANDLE event) : pipe_(pipe) { state_.hEvent = event; }

    OVERLAPPED* state() { return &state_; }

    /// Bytes moved: 0 when it was given up before anything moved, nothing when the pipe is broken.
    std::optional<DWORD> finish(bool giveUp) {
        if (giveUp)
            ::CancelIoEx(pipe_, &state_);
        DWORD count = 0;
        if (::GetOverlappedResult(pipe_, &state_, &count, TRUE))
            return count;
        if (::GetLastError() == ERROR_OPERATION_ABORTED)
            return 0;
        return std::nullopt;
    }

private:
    HANDLE pipe_;
    OVERLAPPED state_{};
};

class PipeChannel final : public Channel {
public:
    PipeChannel(UniqueHandle pipe, UniqueHandle done) : pipe_(std::move(pipe)), done_(std::move(done)) {}

    Status write(ByteView from, Deadline deadline) override {
        while (!from.empty()) {
            Transfer transfer(pipe_.get(), done_.get());
            const auto size = static_cast<DWORD>(std::min<std::size_t>(from.size(), 1 << 20));
            if (!::WriteFile(pipe_.get(), from.data(), size, nullptr, transfer.state()) &&
                ::GetLastError() != ERROR_IO_PENDING)
                return gone();
            const bool inTime = ::WaitForSingleObject(done_.get(), remaining(deadline)) == WAIT_OBJECT_0;
            const auto count = transfer.finish(!inTime);
            if (!count)
                return gone();
            from = from.subspan(*count);
            if (!inTime && !from.empty())
                return silent();
        }
        return {};
    }

    Result<std::size_t> read(MutableByteView to, Deadline deadline) override {
        // A wake that came before goes before the bytes, as one that comes while we wait.
        if (wake_ && ::WaitForSingleObject(wake_.get(), 0) == WAIT_OBJECT_0)
            return std::size_t{0};
        Transfer transfer(pipe_.get(), done_.get());
        const auto size = static_cast<DWORD>(std::min<std::size_t>(to.size(), 1 << 20));
        if (!::ReadFile(pipe_.get(), to.data(), size, nullptr, transfer.state()) &&
            ::GetLastError() != ERROR_IO_PENDING)
            return gone();
        const std::array<HANDLE, 2> ends{done_.get(), wake_.get()};
        const auto ended = ::WaitForMultipleObjects(wake_ ? 2 : 1, ends.data(), FALSE, remaining(deadline));
        const auto count = transfer.finish(ended != WAIT_OBJECT_0);
        if (!count)
            return gone();
        if (*count > 0) {
            if (ended == WAIT_OBJECT_0 + 1)
                wake(); // for the next read
            return static_cast<std::size_t>(*count);
        }
        if (ended == WAIT_OBJECT_0 + 1)
            return std::size_t{0};
        return ended == WAIT_OBJECT_0 ? gone() : silent(); // nobody of us writes nothing
    }

    Status enableWake() override {
        if (!wake_)
            wake_ = UniqueHandle(::CreateEventW(nullptr, FALSE, FALSE, nullptr));
        if (!wake_)
            return systemError("interruptions can't be noticed");
        return {};
    }

    void wake() noexcept override { ::SetEvent(wake_.get()); }

private:
    UniqueHandle pipe_;
    UniqueHandle done_; ///< manual reset, as overlapped transfers want it
    UniqueHandle wake_;
};

/// The server may find out who we are and no more: it cannot act in our name.
UniqueHandle openPipe(const std::wstring& name) {
    return UniqueHandle(::CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                                      FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr));
}

Result<UniqueHandle> connectTo(const std::wstring& name) {
    const Channel::Deadline deadline = std::chrono::steady_clock::now() + kConnectTime;
    while (true) {
        auto pipe = openPipe(name);
        if (pipe)
            return pipe;
        switch (::GetLastError()) {
        case ERROR_PIPE_BUSY:
            if (const auto left = remaining(deadline); left == 0 || !::WaitNamedPipeW(name.c_str(), left)) {
                if (::GetLastError() != ERROR_FILE_NOT_FOUND)
                    return silent();
            }
            break;
        case ERROR_ACCESS_DENIED:
            return makeError(ErrorCode::peerRefused, "the tray process of this home belongs to another user");
        default:
            return makeError(ErrorCode::noTrayProcess, "no tray process serves this home");
        }
    }
}

} // namespace

Result<std::unique_ptr<Channel>> openChannel(const Endpoint& endpoint) {
    const auto name = pipeName(endpoint);
    if (!name)
        return name.error();
    auto pipe = connectTo(*name);
    if (!pipe)
        return std::move(pipe).error();
    const auto own = ownUser();
    if (!own)
        return own.error();
    ULONG server = 0;
    if (!::GetNamedPipeServerProcessId(pipe->get(), &server) || !mayTalk(*own, userOfProcess(server)))
        return makeError(ErrorCode::peerRefused, "the tray process of this home belongs to another user");
    if (!liesBeside(imageOf(server), ownModule()))
        return makeError(ErrorCode::peerRefused, "what serves this home is not the tray process of this installation; "
                                                 "use the programs of one folder together");
    UniqueHandle done(::CreateEventW(nullptr, TRUE, FALSE, nullptr));
    if (!done)
        return systemError("a connection can't be made");
    return std::unique_ptr<Channel>(std::make_unique<PipeChannel>(std::move(*pipe), std::move(done)));
}

} // namespace ssprotect::ipc

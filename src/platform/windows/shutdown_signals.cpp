#include "ssprotect/platform/shutdown_signals.h"

#include "handle.h"

#include <array>
#include <atomic>
#include <future>
#include <thread>

namespace ssprotect::platform {
namespace {

constexpr const wchar_t* kWindowClass = L"SSProtectShutdown";
/// What the console asked for, kept for the listener's thread.
struct Wishes {
    std::array<std::atomic<bool>, 3> asked{}; ///< by ShutdownReason
    Handle arrived{::CreateEventW(nullptr, FALSE, FALSE, nullptr)};
};

/// The console's handler is called without any context. One listener per process, as the header says.
std::atomic<Wishes*> listening{nullptr};

BOOL WINAPI consoleAsks(DWORD what) {
    Wishes* wishes = listening;
    if (wishes == nullptr)
        return FALSE;
    const bool interrupted = what == CTRL_C_EVENT || what == CTRL_BREAK_EVENT;
    const auto reason = interrupted                ? ShutdownReason::interrupted
                        : what == CTRL_CLOSE_EVENT ? ShutdownReason::hungUp
                                                   : ShutdownReason::asked;
    wishes->asked.at(static_cast<std::size_t>(reason)) = true;
    ::SetEvent(wishes->arrived.get());
    // Windows ends the process when this returns, or some seconds later; it is to end in order before that.
    if (!interrupted)
        ::Sleep(INFINITE);
    return TRUE;
}

} // namespace

/// A thread with a window that nobody sees: that is where Windows announces the end of the session, and where
/// installers and the task manager ask programs to close. Where there is no desktop it does without.
class ShutdownSignals::Listener {
public:
    explicit Listener(std::function<void(ShutdownReason)> asked) : asked_(std::move(asked)) {
        std::promise<void> ready;
        thread_ = std::thread([this, &ready] { run(ready); });
        ready.get_future().wait();
        listening = &wishes_;
        ::SetConsoleCtrlHandler(nullptr, FALSE); // a parent may have had Ctrl-C ignored for its children
        ::SetConsoleCtrlHandler(consoleAsks, TRUE);
    }
    ~Listener() {
        ::SetConsoleCtrlHandler(consoleAsks, FALSE);
        listening = nullptr;
        stopping_ = true;
        ::SetEvent(stopped_.get());
        thread_.join();
    }

private:
    void run(std::promise<void>& ready) {
        const HWND window = makeWindow();
        ready.set_value();
        const std::array<HANDLE, 2> waiting{stopped_.get(), wishes_.arrived.get()};
        for (;;) {
            const DWORD woken = ::MsgWaitForMultipleObjects(static_cast<DWORD>(waiting.size()), waiting.data(), FALSE,
                                                            INFINITE, QS_ALLINPUT);
            if (woken == WAIT_OBJECT_0 || woken == WAIT_FAILED)
                break;
            for (std::size_t i = 0; i < wishes_.asked.size(); ++i)
                if (wishes_.asked[i].exchange(false))
                    tell(static_cast<ShutdownReason>(i));
            MSG message{};
            while (::PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE) != FALSE)
                ::DispatchMessageW(&message);
        }
        if (window != nullptr)
            ::DestroyWindow(window);
    }

    HWND makeWindow() {
        WNDCLASSEXW description{};
        description.cbSize = sizeof description;
        description.lpfnWndProc = &Listener::receive;
        description.hInstance = ::GetModuleHandleW(nullptr);
        description.lpszClassName = kWindowClass;
        ::RegisterClassExW(&description); // for a second listener it is there already
        const HWND window = ::CreateWindowExW(0, kWindowClass, L"SSProtect", 0, 0, 0, 0, 0, nullptr, nullptr,
                                              description.hInstance, nullptr);
        if (window != nullptr)
            ::SetWindowLongPtrW(window, GWLP_USERDATA, reinterpret_cast<LONG_PTR>(this));
        return window;
    }

    static LRESULT CALLBACK receive(HWND window, UINT message, WPARAM first, LPARAM second) {
        auto* listener = reinterpret_cast<Listener*>(::GetWindowLongPtrW(window, GWLP_USERDATA));
        return listener != nullptr ? listener->handle(window, message, first, second)
                                   : ::DefWindowProcW(window, message, first, second);
    }

    LRESULT handle(HWND window, UINT message, WPARAM first, LPARAM second) {
        switch (message) {
        case WM_CLOSE:
            tell(ShutdownReason::asked);
            return 0;
        case WM_QUERYENDSESSION:
            // Windows shows this while it waits for us, instead of ending us after five seconds.
            ::ShutdownBlockReasonCreate(window, L"Open documents are being protected.");
            return TRUE;
        case WM_ENDSESSION:
            if (first == FALSE) {
                ::ShutdownBlockReasonDestroy(window);
                return 0;
            }
            tell(ShutdownReason::asked);
            ::WaitForSingleObject(stopped_.get(), INFINITE); // the process may be ended once this returns
            return 0;
        default:
            return ::DefWindowProcW(window, message, first, second);
        }
    }

    void tell(ShutdownReason why) {
        if (!stopping_)
            asked_(why);
    }

    std::function<void(ShutdownReason)> asked_;
    std::atomic<bool> stopping_{false};
    Handle stopped_{::CreateEventW(nullptr, TRUE, FALSE, nullptr)};
    Wishes wishes_;
    std::thread thread_;
};

ShutdownSignals::ShutdownSignals(std::function<void(ShutdownReason)> asked)
    : listener_(std::make_unique<Listener>(std::move(asked))) {}

ShutdownSignals::~ShutdownSignals() = default;

} // namespace ssprotect::platform

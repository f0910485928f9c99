#include "ssprotect/platform/shutdown_signals.h"

#include "handle.h"

#include <atomic>
#include <cstdlib>
#include <future>
#include <thread>

namespace ssprotect::platform {
namespace {

constexpr const wchar_t* kWindowClass = L"SSProtectShutdown";
constexpr UINT kTell = WM_APP;     ///< the wish is in wParam
constexpr UINT kStop = WM_APP + 1; ///< the listener ends

/// The console's handler is called without any context. One listener per process, as the header says.
std::atomic<HWND> listeningWindow{nullptr};

BOOL WINAPI consoleAsks(DWORD what) {
    const HWND window = listeningWindow;
    if (window == nullptr)
        return FALSE;
    const bool interrupted = what == CTRL_C_EVENT || what == CTRL_BREAK_EVENT;
    const auto reason = interrupted                ? ShutdownReason::interrupted
                        : what == CTRL_CLOSE_EVENT ? ShutdownReason::hungUp
                                                   : ShutdownReason::asked;
    ::PostMessageW(window, kTell, static_cast<WPARAM>(reason), 0);
    // Windows ends the process when this returns, or some seconds later; it is to end in order before that.
    if (!interrupted)
        ::Sleep(INFINITE);
    return TRUE;
}

} // namespace

/// A thread with a window that nobody sees: that is where Windows announces the end of the session, and where
/// installers and the task manager ask programs to close.
class ShutdownSignals::Listener {
public:
    explicit Listener(std::function<void(ShutdownReason)> asked) : asked_(std::move(asked)) {
        std::promise<HWND> made;
        thread_ = std::thread([this, &made] { run(made); });
        window_ = made.get_future().get();
        if (window_ == nullptr)
            std::abort(); // at the start of a process: it could never end in order
        listeningWindow = window_;
        ::SetConsoleCtrlHandler(nullptr, FALSE); // a parent may have had Ctrl-C ignored for its children
        ::SetConsoleCtrlHandler(consoleAsks, TRUE);
    }
    ~Listener() {
        ::SetConsoleCtrlHandler(consoleAsks, FALSE);
        listeningWindow = nullptr;
        stopping_ = true;
        ::SetEvent(stopped_.get());
        ::PostMessageW(window_, kStop, 0, 0);
        thread_.join();
    }

private:
    void run(std::promise<HWND>& made) {
        WNDCLASSEXW description{};
        description.cbSize = sizeof description;
        description.lpfnWndProc = &Listener::receive;
        description.hInstance = ::GetModuleHandleW(nullptr);
        description.lpszClassName = kWindowClass;
        ::RegisterClassExW(&description); // again for a second listener: it is there already
        const HWND window = ::CreateWindowExW(0, kWindowClass, L"SSProtect", 0, 0, 0, 0, 0, nullptr, nullptr,
                                              description.hInstance, nullptr);
        if (window != nullptr)
            ::SetWindowLongPtrW(window, GWLP_USERDATA, reinterpret_cast<LONG_PTR>(this));
        made.set_value(window);
        MSG message{};
        while (window != nullptr && ::GetMessageW(&message, nullptr, 0, 0) > 0)
            ::DispatchMessageW(&message);
    }

    static LRESULT CALLBACK receive(HWND window, UINT message, WPARAM first, LPARAM second) {
        auto* listener = reinterpret_cast<Listener*>(::GetWindowLongPtrW(window, GWLP_USERDATA));
        return listener != nullptr ? listener->handle(window, message, first, second)
                                   : ::DefWindowProcW(window, message, first, second);
    }

    LRESULT handle(HWND window, UINT message, WPARAM first, LPARAM second) {
        switch (message) {
        case kTell:
            tell(static_cast<ShutdownReason>(first));
            return 0;
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
        case kStop:
            ::DestroyWindow(window);
            ::PostQuitMessage(0);
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
    HWND window_ = nullptr;
    std::thread thread_;
};

ShutdownSignals::ShutdownSignals(std::function<void(ShutdownReason)> asked)
    : listener_(std::make_unique<Listener>(std::move(asked))) {}

ShutdownSignals::~ShutdownSignals() = default;

} // namespace ssprotect::platform

#include "app_backend.h"
#include "error_label.h"
#include "icons.h"
#include "options.h"
#include "ssprotect/app/method_table.h"
#include "ssprotect/app/tray_process.h"
#include "ssprotect/crypto/system_random.h"
#include "ssprotect/ipc/endpoint.h"
#include "ssprotect/platform/console_program.h"
#include "ssprotect/platform/hardening.h"
#include "ssprotect/platform/shutdown_signals.h"
#include "tray_shell.h"

#include <iostream>
#include <mutex>
#include <thread>

#include <QApplication>
#include <QEventLoop>
#include <QLibraryInfo>
#include <QLocale>
#include <QMessageBox>
#include <QOperatingSystemVersion>
#include <QSessionManager>
#include <QTranslator>

using namespace ssprotect;

namespace {

constexpr int kFailed = 1;
constexpr Duration kSessionEndTime{20'000};

void leave(QCoreApplication& qt) {
    QMetaObject::invokeMethod(
        &qt, [] { QCoreApplication::exit(0); }, Qt::QueuedConnection);
}

/// Where there is no display, Qt would end the process without a word to the user.
bool displayMissing() {
    return QOperatingSystemVersion::currentType() != QOperatingSystemVersion::Windows &&
           qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
           qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

/// The end of the desktop's session waits for us, so the windows stay alive while the documents are protected.
void closeWhileWindowsLive(app::TrayProcess& process) {
    QEventLoop loop;
    std::thread closing([&] {
        process.close(kSessionEndTime);
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec(QEventLoop::ExcludeUserInputEvents);
    closing.join();
}

void loadTranslations(QCoreApplication& qt) {
    auto* product = new QTranslator(&qt);
    if (product->load(QLocale(), "ssprotect", "_", ":/translations"))
        QCoreApplication::installTranslator(product);
    auto* toolkit = new QTranslator(&qt);
    if (toolkit->load(QLocale(), "qtbase", "_", QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(toolkit);
}

int showWindows(QApplication& qt, app::TrayProcess& process) {
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(tray::shieldIcon(tray::Shield::loggedIn));
    tray::AppBackend backend(process.application().methods());
    process.application().subscribe(backend.client());
    QObject::connect(&qt, &QGuiApplication::commitDataRequest, &qt,
                     [&](QSessionManager&) { closeWhileWindowsLive(process); });
    tray::TrayShell shell(backend, SSPROTECT_VERSION,
                          QSystemTrayIcon::isSystemTrayAvailable() ? tray::TrayShell::Presence::trayIcon
                                                                   : tray::TrayShell::Presence::window);
    shell.start();
    return QApplication::exec();
}

int refuse(const Error& error, bool headless) {
    std::cerr << "ssprotect-tray: " << error.message << '\n';
    if (headless)
        return kFailed;
    if (error.code == ErrorCode::conflict) // whoever starts a program twice looks for its window
        QMessageBox::information(nullptr, "SSProtect",
                                 QCoreApplication::translate("main",
                                                             "SSProtect is running already. Its shield is among "
                                                             "the icons beside the clock."));
    else
        QMessageBox::warning(nullptr, QCoreApplication::translate("main", "SSProtect can't start"),
                             tray::sentenceOf(error));
    return kFailed;
}

} // namespace

int main(int argc, char** argv) {
    const platform::ConsoleProgram program(argc, argv);
    const auto userDefaults = platform::hardenProcess();
    crypto::startSecureHeap();
    int exitCode = 0;
    const auto options = tray::readOptions(argc, argv, exitCode);
    if (!options)
        return exitCode;
    if (!options->headless && displayMissing()) {
        std::cerr << "ssprotect-tray: there is no display; start it with --headless to serve the command line only\n";
        return kFailed;
    }

    // Before the first thread, which Qt's platform plug-ins may start.
    std::mutex mutex;
    app::TrayProcess* serving = nullptr;
    bool asked = false;
    const platform::ShutdownSignals shutdown([&](platform::ShutdownReason) {
        std::lock_guard lock(mutex);
        asked = true;
        if (serving == nullptr)
            return;
        serving->close(kSessionEndTime);
        leave(*QCoreApplication::instance());
    });

    std::unique_ptr<QCoreApplication> qt;
    if (options->headless)
        qt = std::make_unique<QCoreApplication>(argc, argv);
    else
        qt = std::make_unique<QApplication>(argc, argv);
    QCoreApplication::setApplicationName("SSProtect");
    QCoreApplication::setApplicationVersion(SSPROTECT_VERSION);
    if (!options->headless)
        loadTranslations(*qt);

    auto home = ipc::homeFolder();
    if (!home)
        return refuse(home.error(), options->headless);
    auto process =
        app::TrayProcess::start(*home, {options->headless, options->secondFactor, userDefaults, SSPROTECT_VERSION});
    if (!process)
        return refuse(process.error(), options->headless);
    (*process)->application().whenEnded([&] { leave(*qt); });
    {
        std::lock_guard lock(mutex);
        serving = process->get();
        if (asked)
            leave(*qt);
    }
    exitCode = options->headless ? QCoreApplication::exec() : showWindows(static_cast<QApplication&>(*qt), **process);
    std::lock_guard lock(mutex);
    serving = nullptr;
    return exitCode;
}

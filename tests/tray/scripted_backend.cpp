#include "scripted_backend.h"

#include <QCoreApplication>
#include <QPointer>

namespace ssprotect::tray::test {

void ScriptedBackend::call(QObject* receiver, const char* method, const Json& params, Secrets secrets, Done done) {
    Call call{method, params, {}};
    for (const auto& secret : secrets)
        call.secrets.emplace_back(secret.begin(), secret.end());
    calls.push_back(call);
    const auto found = answers_.find(method);
    auto result = found == answers_.end() ? Result<Json>(Json::object()) : found->second(call);
    QMetaObject::invokeMethod(
        this,
        [receiver = QPointer<QObject>(receiver), done = std::move(done), result] {
            if (receiver != nullptr)
                done(result);
        },
        Qt::QueuedConnection);
}

std::vector<ScriptedBackend::Call> ScriptedBackend::callsOf(const std::string& method) const {
    std::vector<Call> found;
    for (const auto& call : calls)
        if (call.method == method)
            found.push_back(call);
    return found;
}

void settle() {
    for (int i = 0; i < 20; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

} // namespace ssprotect::tray::test

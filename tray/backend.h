#pragma once

#include "ssprotect/app/client.h"
#include "ssprotect/base/json.h"
#include "ssprotect/base/result.h"
#include "ssprotect/base/wiped_bytes.h"

#include <functional>
#include <vector>

#include <QObject>
#include <QString>

namespace ssprotect::tray {

/// The methods that the pipe serves, as the dialogs call them. Lives on the GUI thread; a call
/// returns at once and its answer comes back on the GUI thread.
class Backend : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(const Result<Json>&)>;
    using Secrets = std::vector<WipedBytes>;

    using QObject::QObject;

    /// `done` is dropped when `receiver` is gone by then.
    virtual void call(QObject* receiver, const char* method, const Json& params, Secrets secrets, Done done) = 0;
    void call(QObject* receiver, const char* method, const Json& params, Done done) {
        call(receiver, method, params, {}, std::move(done));
    }

signals:
    /// An event of the application, `session.changed` and the like.
    void notified(const QString& event, const ssprotect::Json& params);
    /// To be answered once with `done`.
    void acknowledgementAsked(const ssprotect::app::AcknowledgementRequest& request,
                              const std::function<void(ssprotect::app::Acknowledgement)>& done);
    /// The same, for a code of the token.
    void codeAsked(const ssprotect::app::CodeRequest& request,
                   const std::function<void(ssprotect::app::CodeAnswer)>& done);
    /// PROT-10: something was asked for without a session.
    void loginAsked(const std::function<void(bool)>& done);
};

} // namespace ssprotect::tray

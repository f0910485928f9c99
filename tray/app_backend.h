#pragma once

#include "backend.h"
#include "ssprotect/app/method_table.h"

#include <memory>

namespace ssprotect::tray {

/// Calls the method table of this process.
class AppBackend final : public Backend {
    Q_OBJECT

public:
    explicit AppBackend(app::MethodTable& methods);
    ~AppBackend() override;

    void call(QObject* receiver, const char* method, const Json& params, Secrets secrets, Done done) override;
    using Backend::call;

    /// What the application asks and tells; its calls come from any thread and arrive here as signals.
    std::shared_ptr<app::Client> client() const;

private:
    class GuiClient;
    app::MethodTable& methods_;
    std::shared_ptr<GuiClient> client_;
};

} // namespace ssprotect::tray

#include "shell_changes_teller.h"

#include "ssprotect/ipc/path_text.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {

void ShellChangesTeller::notify(std::string_view event, const Json& params) {
    if (event == "colours.changed")
        return shell_->allChanged();
    if (event != "files.changed")
        return;
    for (const auto& text : params.at("paths"))
        if (auto path = ipc::textToPath(text.get_ref<const std::string&>()))
            shell_->changed(*path);
}

} // namespace ssprotect::app

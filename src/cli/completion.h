#pragma once

#include "context.h"

#include <string>

namespace CLI {
class App;
}

namespace ssprotect::cli {

/// The completion script of the commands for "bash", "zsh" or "fish".
std::string completionScript(const CLI::App& app, const std::string& shell);
Outcome printCompletion(Context& context, const CLI::App& app, const std::string& shell);

} // namespace ssprotect::cli

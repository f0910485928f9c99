#pragma once

#include "server_options.h"

#include <memory>
#include <optional>
#include <string>

#include <CLI/App.hpp>

/// What the descriptions of the commands share.
namespace ssprotect::cli {

constexpr const char* kSession = "Account and session";
constexpr const char* kFiles = "Files";
constexpr const char* kAdministration = "Administration";
constexpr const char* kSafety = "Safety and this program";

/// How an option shows what it takes; a required one says so.
inline void takes(CLI::Option* option, const std::string& what, bool required = false) {
    option->required(required)->option_text(what + (required ? " (required)" : ""));
}

/// An option that is on, off or not given; without a value it is on.
class Switch {
public:
    void addTo(CLI::App& command, const std::string& name, const std::string& help) {
        option_ = command.add_option(name, word_, help)->expected(0, 1)->option_text("[on|off]");
        option_->check(CLI::IsMember({"on", "off"}));
    }
    std::optional<bool> value() const { return option_->count() > 0 ? std::optional(word_ != "off") : std::nullopt; }

private:
    std::string word_;
    CLI::Option* option_ = nullptr;
};

/// Where the account's KODiAC is; both may be given several times.
inline void addServerOptions(CLI::App& command, ServerOptions& server) {
    command.add_option("--server", server.urls, "The account's KODiAC; several addresses of one are tried in turn")
        ->option_text("URL ...");
    command.add_option("--ca", server.caFiles, "The CA certificate its operator gave you: nothing else is believed")
        ->option_text("FILE ...");
}

template <class T> std::shared_ptr<T> options() { return std::make_shared<T>(); }

} // namespace ssprotect::cli

#include "code_prompt.h"

#include "ssprotect/platform/shown_path.h"
#include "ssprotect/platform/terminal.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

constexpr std::uint64_t kLongestWait = 60; ///< seconds; afterwards the tray process has taken it for a no

struct Purpose {
    std::string_view operation;
    std::string_view words;
};

constexpr std::array kPurposes{
    Purpose{"login", "to log in"},
    Purpose{"refresh", "to refresh the login"},
    Purpose{"activate", "to activate"},
    Purpose{"release", "to release"},
    Purpose{"open", "to open"},
    Purpose{"second_factor.sync", "to bring it back in step"},
    Purpose{"token.use_oath", "to put another one in its place"},
    Purpose{"token.use_software", "to go back to codes of this host"},
    Purpose{"account.change_password", "to change the password"},
    Purpose{"account.set", "to change settings of your account"},
    Purpose{"keys.export", "to note that the keys were exported"},
    Purpose{"policy.set", "to change policies"},
};

std::string purposeOf(const std::string& operation) {
    const auto* known = std::find_if(kPurposes.begin(), kPurposes.end(),
                                     [&](const Purpose& purpose) { return purpose.operation == operation; });
    if (known != kPurposes.end())
        return std::string(known->words);
    return "for '" + platform::shownText(operation) + "'";
}

Json none(std::string_view reason) { return {{"reason", reason}}; }

/// As a person groups them: "123 456".
Json digitsOf(std::string text) {
    std::erase(text, ' ');
    return text.empty() ? none("denied") : Json{{"code", std::move(text)}};
}

} // namespace

Json answerToCodeQuestion(Context& context, ipc::Fields& question) {
    const auto operation = question.text("operation");
    const auto digits = question.number("digits");
    const bool following = question.flag("following", false);
    const auto seconds = std::min(question.number("seconds"), kLongestWait);
    if (!question.usable())
        return none("denied");
    if (context.secrets.fromStdin()) {
        const auto line = context.secrets.factor("code of the token");
        return line ? digitsOf(std::string(line->begin(), line->end())) : none("no-terminal");
    }
    if (!context.interactive)
        return none("no-terminal");
    std::fputs((following ? "SSProtect needs the code that the token shows next.\n"
                          : "SSProtect needs a code of your token " + purposeOf(operation) + ".\n")
                   .c_str(),
               stderr);
    const auto prompt = std::string(following ? "Next code" : "Code") + ", " + std::to_string(digits) + " digits (" +
                        std::to_string(seconds) + " s): ";
    auto answer = platform::readShownLine(prompt, std::chrono::seconds(seconds));
    if (!answer)
        return none(answer.error().code == ErrorCode::cancelled ? "denied" : "no-terminal");
    return *answer ? digitsOf(std::move(**answer)) : none("timeout");
}

} // namespace ssprotect::cli

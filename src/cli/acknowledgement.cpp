#include "acknowledgement.h"

#include "code_prompt.h"
#include "ssprotect/platform/shown_path.h"
#include "ssprotect/platform/terminal.h"
#include "text.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

constexpr std::uint64_t kLongestWait = 60; ///< seconds; afterwards the tray process has taken it for a no

struct Question {
    std::string operation;
    std::vector<std::string> names;
    std::uint64_t count = 0;
    std::uint64_t seconds = 0;
};

std::string listed(const Question& question) {
    std::string text;
    for (const auto& name : question.names)
        text += "  " + platform::shownText(name) + '\n';
    if (question.count > question.names.size())
        text += "  … and " + numberText(question.count - question.names.size()) + " more\n";
    return text;
}

std::string administrationPrompt(const Question& question) {
    return "SSProtect asks for your acknowledgement of " + countText(question.count, "change") + ":\n" +
           listed(question);
}

std::string promptFor(const Question& question) {
    if (question.operation == "administer")
        return administrationPrompt(question);
    std::string text = "SSProtect asks for your acknowledgement to " + platform::shownText(question.operation) + ' ';
    if (question.count == 1 && question.names.size() == 1)
        return text + platform::shownText(question.names.front()) + ".\n";
    text += countText(question.count, question.operation == "set" ? "setting" : "file") + ":\n";
    return text + listed(question);
}

Json denied(std::string_view reason) { return {{"allow", false}, {"reason", reason}}; }

Json ask(const Question& question) {
    std::fputs(promptFor(question).c_str(), stderr);
    const auto seconds = std::min(question.seconds, kLongestWait);
    const auto prompt = "Allow it? [y/N] (" + std::to_string(seconds) + " s) ";
    const auto answer = platform::readShownLine(prompt, std::chrono::seconds(seconds));
    if (!answer)
        return denied(answer.error().code == ErrorCode::cancelled ? "denied" : "no-terminal");
    if (!*answer)
        return denied("timeout");
    if (**answer == "y" || **answer == "Y" || **answer == "yes" || **answer == "Yes")
        return {{"allow", true}};
    return denied("denied");
}

Json answerToAcknowledgement(const Context& context, ipc::Fields& fields) {
    const Question question{fields.text("operation"), fields.texts("names"), fields.number("count"),
                            fields.number("seconds")};
    return fields.usable() && context.interactive ? ask(question) : denied("no-terminal");
}

} // namespace

void answerQuestion(Context& context, const ipc::Request& request, ipc::Responder responder) {
    const bool code = request.method == "prompt.code";
    if (!code && request.method != "prompt.acknowledge")
        return responder.refuse(ipc::Fault::unknownMethod, "the command line answers acknowledgements and codes only");
    ipc::Fields fields(*request.params);
    auto answer = code ? answerToCodeQuestion(context, fields) : answerToAcknowledgement(context, fields);
    if (const auto status = fields.usable(); !status)
        return responder.refuse(ipc::Fault::invalidParameters, status.error().message);
    responder.reply(std::move(answer));
}

bool remarkElsewhere(const Context& context, std::string_view notification) {
    if (notification == "acknowledgement.elsewhere")
        context.output.remark("SSProtect asks for your acknowledgement in a window of its own.");
    else if (notification == "code.elsewhere")
        context.output.remark("SSProtect asks for a code of your token in a window of its own.");
    else
        return false;
    return true;
}

void Acknowledging::onNotification(std::string_view method, const Json&) { remarkElsewhere(context_, method); }

void Acknowledging::onRequest(const ipc::Request& request, ipc::Responder responder) {
    answerQuestion(context_, request, std::move(responder));
}

} // namespace ssprotect::cli

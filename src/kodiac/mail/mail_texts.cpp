#include "ssprotect/kodiac/mail/mail_texts.h"

#include "mail_resources.h"

#include <algorithm>

namespace ssprotect::kodiac::mail {
namespace {

using TextFiles = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view kEnglish = "en";
constexpr std::string_view kSubject = "subject";
constexpr std::string_view kContent = "{{content}}";
constexpr std::size_t kLargestText = 64 << 10;

Error inFile(std::string_view name, const Error& error) {
    return makeError(error.code, "the mail text '" + std::string(name) + "': " + error.message);
}

Result<std::string_view> fileIn(const TextFiles& files, const std::string& name) {
    const auto found = files.find(name);
    if (found == files.end())
        return makeError(ErrorCode::notFound, "the mail text '" + name + "' is missing");
    return std::string_view(found->second);
}

bool isKnown(MailKind kind, std::string_view placeholder, bool inSubject) {
    const auto facts = factsOf(kind);
    if (std::find(facts.begin(), facts.end(), placeholder) != facts.end())
        return true;
    // A subject is shown on locked screens and kept in logs of mail servers.
    if (placeholder == value::kCode)
        return carriesCode(kind) && !inSubject;
    return placeholder == value::kRecipient || placeholder == value::kServer;
}

std::string_view withoutLineEnd(std::string_view line) {
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

Result<MailTemplate> checkedTemplate(MailKind kind, std::string_view text, bool subject) {
    auto parsed = MailTemplate::parse(text);
    if (!parsed)
        return parsed;
    for (const auto& name : parsed->placeholders())
        if (!isKnown(kind, name, subject))
            return makeError(ErrorCode::invalidInput, "mails of this kind know no {{" + name + "}}");
    return parsed;
}

Result<std::string> inLayout(std::string_view layout, std::string_view content) {
    const auto place = layout.find(kContent);
    if (place == std::string_view::npos)
        return makeError(ErrorCode::invalidInput, "a layout names {{content}}");
    std::string whole(layout.substr(0, place));
    whole += withoutLineEnd(content);
    whole += layout.substr(place + kContent.size());
    return whole;
}

std::string nameOf(MailKind kind, std::string_view extension) {
    return std::string(mailKindWord(kind)) + "." + std::string(extension);
}

Result<MailTemplate> templateOf(const TextFiles& files, MailKind kind, std::string_view extension) {
    const auto content = fileIn(files, nameOf(kind, extension));
    if (!content)
        return content.error();
    if (extension == kSubject) {
        const auto subject = withoutLineEnd(*content);
        if (subject.find('\n') != std::string_view::npos)
            return makeError(ErrorCode::invalidInput, "a subject is one line");
        return checkedTemplate(kind, subject, true);
    }
    const auto layout = fileIn(files, "layout." + std::string(extension));
    if (!layout)
        return layout.error();
    const auto whole = inLayout(*layout, *content);
    if (!whole)
        return whole.error();
    return checkedTemplate(kind, *whole, false);
}

Result<TextFiles> parseWords(std::string_view text) {
    TextFiles words;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        const auto line = withoutLineEnd(text.substr(0, end));
        text.remove_prefix(end);
        if (line.empty())
            continue;
        const auto sign = line.find(" = ");
        if (sign == std::string_view::npos)
            return makeError(ErrorCode::invalidInput, "a line of it isn't FACT.WORD = text");
        words[std::string(line.substr(0, sign))] = line.substr(sign + 3);
    }
    for (const auto name : {fact::kActor, fact::kRole, fact::kChange})
        for (const auto word : wordsOfFact(name)) {
            const std::string key = std::string(name) + "." + std::string(word);
            if (!words.contains(key))
                return makeError(ErrorCode::notFound, "it lacks " + key);
        }
    return words;
}

std::map<std::string, TextFiles> builtInFiles() {
    std::map<std::string, TextFiles> languages;
    for (const MailResource& resource : mailResources()) {
        const auto slash = resource.path.find('/');
        if (slash != std::string_view::npos)
            languages[std::string(resource.path.substr(0, slash))][std::string(resource.path.substr(slash + 1))] =
                resource.content;
    }
    return languages;
}

Result<std::string> readText(platform::FileSystem& files, const platform::Path& path) {
    auto bytes = platform::readWhole(files, path, kLargestText);
    if (!bytes)
        return std::move(bytes).error();
    std::string text(textOf(*bytes));
    std::erase(text, '\r');
    return text;
}

} // namespace

Status MailTexts::makeKind(const Files& files, MailKind kind, KindTexts& to) {
    const std::array<std::pair<std::string_view, MailTemplate*>, 3> parts{
        {{kSubject, &to.subject}, {"txt", &to.text}, {"html", &to.html}}};
    for (const auto& [extension, part] : parts) {
        auto made = templateOf(files, kind, extension);
        if (!made)
            return inFile(nameOf(kind, extension), made.error());
        *part = std::move(*made);
    }
    return {};
}

Result<MailTexts::Language> MailTexts::makeLanguage(const Files& files) {
    Language language;
    for (std::size_t kind = 0; kind < kMailKinds; ++kind)
        if (auto made = makeKind(files, static_cast<MailKind>(kind), language.kinds[kind]); !made)
            return std::move(made).error();
    const auto content = fileIn(files, "words");
    if (!content)
        return content.error();
    auto words = parseWords(*content);
    if (!words)
        return inFile("words", words.error());
    language.words = std::move(*words);
    return language;
}

Result<MailTexts> MailTexts::make(const std::map<std::string, Files>& languages) {
    MailTexts texts;
    for (const auto& [name, files] : languages) {
        auto language = makeLanguage(files);
        if (!language)
            return makeError(language.error().code, "language '" + name + "': " + language.error().message);
        texts.languages_.emplace(name, std::move(*language));
    }
    return texts;
}

Result<MailTexts> MailTexts::builtIn() { return make(builtInFiles()); }

Result<MailTexts> MailTexts::withOverrides(platform::FileSystem& files, const platform::Path& folder) {
    auto languages = builtInFiles();
    const auto entries = files.list(folder);
    if (!entries)
        return entries.error();
    for (const auto& language : *entries) {
        if (language.kind != platform::FileKind::directory)
            continue;
        const auto below = files.list(folder / language.name);
        if (!below)
            return below.error();
        for (const auto& file : *below) {
            if (file.kind != platform::FileKind::regular)
                continue;
            auto text = readText(files, folder / language.name / file.name);
            if (!text)
                return std::move(text).error();
            languages[language.name.string()][file.name.string()] = std::move(*text);
        }
    }
    return make(languages);
}

std::vector<std::string> MailTexts::languages() const {
    std::vector<std::string> names;
    for (const auto& each : languages_)
        names.push_back(each.first);
    return names;
}

Result<RenderedMail> MailTexts::render(MailKind kind, const Values& values, std::string_view code,
                                       std::string_view fallback) const {
    const auto wanted = values.find(fact::kLanguage);
    auto language = wanted == values.end() ? languages_.end() : languages_.find(wanted->second);
    if (language == languages_.end())
        language = languages_.find(fallback);
    if (language == languages_.end())
        language = languages_.find(kEnglish);
    if (language == languages_.end())
        return makeError(ErrorCode::notFound, "there are no mail texts in English");

    const auto& [name, texts] = *language;
    const ValueOf valueOf = [&, &words = texts.words](std::string_view placeholder) -> std::optional<std::string_view> {
        if (placeholder == value::kCode)
            return code.empty() ? std::nullopt : std::optional(code);
        const auto found = values.find(placeholder);
        if (found == values.end())
            return std::nullopt;
        const auto word = words.find(std::string(placeholder) + "." + found->second);
        return word == words.end() ? found->second : word->second;
    };
    const KindTexts& templates = texts.kinds.at(static_cast<std::size_t>(kind));
    auto subject = templates.subject.render(valueOf, Escaping::none);
    auto text = templates.text.render(valueOf, Escaping::none);
    auto html = templates.html.render(valueOf, Escaping::html);
    for (const auto* each : {&subject, &text, &html})
        if (!*each)
            return each->error();
    return RenderedMail{std::move(*subject), std::move(*text), std::move(*html), name};
}

} // namespace ssprotect::kodiac::mail

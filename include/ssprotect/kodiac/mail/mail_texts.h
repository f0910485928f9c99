#pragma once

#include "ssprotect/kodiac/mail/mail_template.h"
#include "ssprotect/kodiac/mail_kind.h"
#include "ssprotect/platform/file_system.h"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace ssprotect::kodiac::mail {

/// A mail before it is a message: UTF-8, lines ended by `\n`. Holds the code, if there is one.
struct RenderedMail {
    WipedBytes subject; ///< one line
    WipedBytes text;
    WipedBytes html;
    std::string language;
};

/// Placeholders besides the facts of the kind.
namespace value {
constexpr std::string_view kRecipient = "recipient"; ///< the address that the mail goes to
constexpr std::string_view kServer = "server";       ///< KODiAC's address for clients
constexpr std::string_view kCode = "code";           ///< where the kind carries one
} // namespace value

/// The texts of all mails in all languages. Per language there are for each kind `KIND.subject`, `KIND.txt` and
/// `KIND.html`, a `layout.txt` and `layout.html` with `{{content}}` around these, and `words`: lines
/// `FACT.WORD = text` for facts that are one of a few words. Any thread; nothing changes after it is made.
class MailTexts {
public:
    /// The files below resources/mail, which are part of the program: English (`en`) and German (`de`).
    static Result<MailTexts> builtIn();
    /// The same, with the operator's own files in their place: `FOLDER/LANGUAGE/NAME`. A language that the program has
    /// not is whole or refused. Errors name the file: `invalid-input` for a template that cannot be parsed or names a
    /// placeholder which its kind doesn't know, `not-found` for what lacks, else the file system's.
    static Result<MailTexts> withOverrides(platform::FileSystem& files, const platform::Path& folder);

    std::vector<std::string> languages() const;

    /// The values that a template may name.
    using Values = std::map<std::string, std::string, std::less<>>;
    /// `language` of the values where that is known here, else `fallback`, else English. A pure function. `code` is the
    /// secret's text, empty where there is none.
    Result<RenderedMail> render(MailKind kind, const Values& values, std::string_view code,
                                std::string_view fallback) const;

private:
    /// Name below the language's folder → content.
    using Files = std::map<std::string, std::string, std::less<>>;
    struct KindTexts {
        MailTemplate subject, text, html;
    };
    struct Language {
        std::array<KindTexts, kMailKinds> kinds;
        Files words; ///< `role.delegate` → text
    };

    static Result<MailTexts> make(const std::map<std::string, Files>& languages);
    static Result<Language> makeLanguage(const Files& files);
    static Status makeKind(const Files& files, MailKind kind, KindTexts& to);

    std::map<std::string, Language, std::less<>> languages_;
};

} // namespace ssprotect::kodiac::mail

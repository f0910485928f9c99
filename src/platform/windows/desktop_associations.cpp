#include "command_template.h"
#include "ssprotect/platform/process.h"
#include "ssprotect/platform/shown_path.h"
#include "wide_text.h"

#include <shlwapi.h>

namespace ssprotect::platform {
namespace {

/// Empty when the system knows nothing of it.
std::wstring ask(ASSOCSTR what, const std::wstring& extension) {
    constexpr ASSOCF kFlags = ASSOCF_INIT_IGNOREUNKNOWN | ASSOCF_NOTRUNCATE;
    DWORD size = 0;
    if (FAILED(::AssocQueryStringW(kFlags, what, extension.c_str(), L"open", nullptr, &size)) || size == 0)
        return {};
    std::wstring text(size, L'\0');
    if (FAILED(::AssocQueryStringW(kFlags, what, extension.c_str(), L"open", text.data(), &size)))
        return {};
    text.resize(std::char_traits<wchar_t>::length(text.c_str()));
    return text;
}

Error noneFor(const std::wstring& extension) {
    return makeError(ErrorCode::unsupportedFile,
                     "no program is set to open files of the type '" + shownText(narrowText(extension)) +
                         "'; choose one in Settings, Default apps, or name it: open FILE -- PROGRAM");
}

/// Apps of the Store are started by the system on our behalf, out of sight: nobody could tell when they close a file.
Error notADesktopProgram(const std::wstring& extension) {
    return makeError(ErrorCode::unsupportedFile,
                     "what is set to open files of the type '" + shownText(narrowText(extension)) +
                         "' is no desktop program; choose one in Settings, Default apps, or name it: open FILE -- "
                         "PROGRAM");
}

class DesktopAssociations final : public ApplicationAssociations {
public:
    /// By the ending alone, as Windows does it.
    Result<Application> applicationFor(const Path& document, ByteView) override {
        const std::wstring extension = document.extension().native();
        if (extension.empty())
            return noneFor(L"(no ending)");
        const std::wstring line = ask(ASSOCSTR_COMMAND, extension);
        if (line.empty())
            return ask(ASSOCSTR_PROGID, extension).empty() ? noneFor(extension) : notADesktopProgram(extension);
        auto program = programFile(narrowText(ask(ASSOCSTR_EXECUTABLE, extension)));
        if (!program)
            return std::move(program).error();
        std::wstring name = ask(ASSOCSTR_FRIENDLYAPPNAME, extension);
        if (name.empty())
            name = program->stem().native();
        return Application{narrowText(name), commandOfTemplate(line, *program), *program};
    }
};

} // namespace

std::unique_ptr<ApplicationAssociations> makeDesktopAssociations() { return std::make_unique<DesktopAssociations>(); }

} // namespace ssprotect::platform

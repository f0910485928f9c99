#include "exec_line.h"
#include "ssprotect/platform/application_association.h"
#include "ssprotect/platform/process.h"
#include "ssprotect/platform/shown_path.h"

#include <gio/gdesktopappinfo.h>
#include <gio/gio.h>

namespace ssprotect::platform {
namespace {

using Text = std::unique_ptr<char, decltype([](char* text) { g_free(text); })>;
using Info = std::unique_ptr<GAppInfo, decltype([](GAppInfo* info) { g_object_unref(info); })>;

Text contentTypeOf(const Path& document, ByteView content) {
    gboolean uncertain = FALSE;
    // A name that is no text would end up as a critical warning of the library; its ending is ASCII or of no use.
    const std::string name = shownPath(document.filename());
    Text type(g_content_type_guess(name.c_str(), content.data(), content.size(), &uncertain));
    return type;
}

bool supports(GAppInfo* info, const char* type) {
    const char** types = g_app_info_get_supported_types(info);
    for (; types != nullptr && *types != nullptr; ++types)
        if (g_content_type_is_a(type, *types) != FALSE)
            return true;
    return false;
}

/// The first by id of the installed programs that say they open the type: desktops without the tool that
/// keeps the cache of such sayings (desktop-file-utils) name no default.
Info installedFor(const char* type) {
    Info first;
    GList* all = g_app_info_get_all();
    for (const GList* at = all; at != nullptr; at = at->next) {
        auto* info = static_cast<GAppInfo*>(at->data);
        const bool earlier = !first || g_strcmp0(g_app_info_get_id(info), g_app_info_get_id(first.get())) < 0;
        if (earlier && g_app_info_should_show(info) != FALSE && supports(info, type))
            first.reset(static_cast<GAppInfo*>(g_object_ref(info)));
    }
    g_list_free_full(all, g_object_unref);
    return first;
}

Error noneFor(const std::string& type) {
    return makeError(ErrorCode::unsupportedFile,
                     "no program is set to open files of the type " + type +
                         "; choose one in the desktop's settings, or name it: open FILE -- PROGRAM");
}

class DesktopAssociations final : public ApplicationAssociations {
public:
    Result<Application> applicationFor(const Path& document, ByteView content) override {
        const Text type = contentTypeOf(document, content);
        Info info(g_app_info_get_default_for_type(type.get(), FALSE));
        if (!info)
            info = installedFor(type.get());
        if (!info)
            return noneFor(type.get());
        const char* line = g_app_info_get_commandline(info.get());
        if (line == nullptr || !G_IS_DESKTOP_APP_INFO(info.get()))
            return noneFor(type.get());
        return describe(*info, line);
    }

private:
    static Result<Application> describe(GAppInfo& info, const char* line) {
        auto* desktop = G_DESKTOP_APP_INFO(&info);
        ExecLine exec;
        exec.line = line;
        exec.name = g_app_info_get_display_name(&info);
        if (const char* file = g_desktop_app_info_get_filename(desktop); file != nullptr)
            exec.desktopFile = file;
        const Text icon(g_desktop_app_info_get_string(desktop, "Icon"));
        exec.icon = icon ? icon.get() : "";
        exec.inTerminal = g_desktop_app_info_get_boolean(desktop, "Terminal") != FALSE;
        auto command = commandOf(exec);
        if (!command)
            return std::move(command).error();
        auto program = programFile(g_app_info_get_executable(&info));
        if (!program)
            return std::move(program).error();
        return Application{exec.name, std::move(*command), std::move(*program)};
    }
};

} // namespace

std::unique_ptr<ApplicationAssociations> makeDesktopAssociations() { return std::make_unique<DesktopAssociations>(); }

} // namespace ssprotect::platform

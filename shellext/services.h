#pragma once

#include "balloon.h"
#include "com_object.h"
#include "file_looker.h"
#include "menu_icon.h"
#include "tray_errands.h"
#include "viewer_watch.h"

namespace ssprotect::shellext {

/// What all objects of the DLL share: one per process, from its first object to the end of the process.
class Services {
public:
    Services(HINSTANCE module, const std::filesystem::path& home);

    const HINSTANCE module;
    FileLooker files;
    ViewerWatch viewer;
    Balloon balloon;
    TrayErrands errands;
    MenuIcon icon;

private:
    void tell(const Refusal& refusal);
};

/// Hands the errand over. Waits a moment for bad news, so that whoever called without a window hears of it.
HRESULT runErrand(Services& services, Verb verb, std::vector<std::filesystem::path> paths);

} // namespace ssprotect::shellext

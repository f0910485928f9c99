#pragma once

#include "ssprotect/container/overlay.h"
#include "support/program_run.h"
#include "support/temp_folder.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ssprotect::shellext::test {

AccountId accountOf(Byte filler);
OrganizationId organizationOf(Byte filler);

/// What the host program said.
struct Said {
    int exitCode = -1;
    std::vector<std::string> lines;
    std::string problem;
};

/// The host program at a deed that goes on in the background; it stays, as Explorer does, until `finish`.
class StayingHost {
public:
    StayingHost(const std::vector<std::string>& command, const std::filesystem::path& home,
                std::filesystem::path endFile);

    /// What it said, once its verb came back.
    Said finish();

private:
    std::filesystem::path endFile_;
    support::ProgramRun run_;
};

/// A home, a folder of documents, and Explorer's deeds in processes of their own with the DLL registered.
class ExplorerWorld {
public:
    ExplorerWorld();

    std::filesystem::path home() const { return folder_ / "home"; }
    std::filesystem::path documents() const { return folder_ / "documents"; }

    std::filesystem::path plain(const std::string& name, const std::string& content = "just a text");
    /// A container as far as its header: the DLL looks no further.
    std::filesystem::path sealed(const std::string& name, AccountId owner, OrganizationId organization);
    /// As the tray process publishes it.
    void publish(const container::Viewer& viewer);

    Said host(const std::string& deed, const std::vector<std::filesystem::path>& files,
              const std::vector<std::string>& before = {},
              const std::map<std::string, std::string>& environment = {}) const;
    /// `deed` is one that invokes a verb.
    StayingHost stayingHost(const std::string& deed, const std::vector<std::filesystem::path>& files,
                            const std::vector<std::string>& before = {}) const;
    /// The host stays until the errand arrived at the double.
    Said hostUntilErrand(const std::string& deed, const std::vector<std::filesystem::path>& files,
                         const std::vector<std::string>& before = {}) const;
    /// A stand-in for the tray process in that mode (tray_double.cpp), ready for clients; killed with the object.
    std::unique_ptr<support::ProgramRun> trayDouble(const std::string& mode) const;
    /// What arrived there, one JSON object a line.
    std::vector<std::string> errands() const;

private:
    std::vector<std::string> hostCommand(const std::string& deed, const std::vector<std::filesystem::path>& files,
                                         const std::vector<std::string>& before) const;

    support::TempFolder folder_;
};

std::string program(const std::string& name);
std::string utf8(std::filesystem::path path);

} // namespace ssprotect::shellext::test

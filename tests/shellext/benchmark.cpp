// What the calls on Explorer's threads cost, with the DLL registered: benchmark FOLDER
// Makes 10,000 files in FOLDER, half of them containers, asks for each overlay twice, for menus with no tray process,
// and for menus with a faulty one, in a process for each (benchmark FOLDER call FILE), as the DLL leaves a tray process
// alone that did not answer. Exit code 1 when a call is over its budget. Times mean something on a quiet machine only:
// no test calls this.
#include "class_ids.h"
#include "explorer.h"
#include "ssprotect/container/identity.h"
#include "support/program_run.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

using namespace ssprotect;
using namespace ssprotect::shellext;
using namespace ssprotect::shellext::test;

namespace {

using Micros = std::chrono::duration<double, std::micro>;

constexpr int kFiles = 10'000;
constexpr double kForeignBudget = 50;
constexpr double kSealedBudget = 100;
constexpr double kLongestCall = 100'000;

template <class Call> double microsOf(Call&& call) {
    const auto begun = std::chrono::steady_clock::now();
    call();
    return Micros(std::chrono::steady_clock::now() - begun).count();
}

class Series {
public:
    void add(double micros) { values_.push_back(micros); }

    /// One line; false when over budget.
    bool tell(const std::string& what, double medianBudget) {
        std::ranges::sort(values_);
        const auto at = [&](double part) {
            return values_[static_cast<std::size_t>(part * static_cast<double>(values_.size() - 1))];
        };
        const bool ok = at(0.5) <= medianBudget && values_.back() <= kLongestCall;
        std::printf("%-34s median %8.1f us   99 %% %8.1f us   longest %8.1f us   %s\n", what.c_str(), at(0.5), at(0.99),
                    values_.back(), ok ? "ok" : "OVER BUDGET");
        return ok;
    }

private:
    std::vector<double> values_;
};

Paths makeFiles(const std::filesystem::path& folder) {
    container::Identity identity;
    identity.version = 1;
    const auto header = identity.bytes();
    const std::string sealed = std::string(header.begin(), header.end()) + std::string(300, '\0');
    const std::string plain(404, 'x');
    Paths files;
    for (int i = 0; i < kFiles; ++i) {
        files.push_back(folder / ("document " + std::to_string(i) + ".docx"));
        std::ofstream(files.back(), std::ios::binary) << (i % 2 == 0 ? plain : sealed);
    }
    return files;
}

std::string utf8(const std::filesystem::path& path) {
    const auto text = path.u8string();
    return {text.begin(), text.end()};
}

std::filesystem::path ownProgram() {
    std::wstring name(32768, 0);
    name.resize(::GetModuleFileNameW(nullptr, name.data(), static_cast<DWORD>(name.size())));
    return name;
}

/// Three figures in microseconds: the overlay, the menu, the default verb.
void tellOneCall(const std::filesystem::path& file) {
    Explorer explorer;
    const auto overlay = microsOf([&] { explorer.isMember(true, file); });
    Explorer::Menu menu({file}, CMF_DEFAULTONLY);
    const auto query = microsOf([&] { menu.askAgain(); });
    std::printf("%f %f %f\n", overlay, query, microsOf([&] { menu.invokeDefault(); }));
}

bool tellFault(const std::string& mode, const std::filesystem::path& folder, const std::filesystem::path& file) {
    constexpr int kRounds = 20;
    const auto home = folder / ("home " + mode);
    std::filesystem::create_directories(home);
    support::ProgramRun tray({utf8(ownProgram().parent_path() / "ssprotect-shell-tray-double.exe"), utf8(home), mode},
                             {});
    if (!tray.waitForError("ready"))
        return false;
    Series overlays;
    Series queries;
    Series invocations;
    for (int i = 0; i < kRounds; ++i) {
        const auto call = support::ProgramRun({utf8(ownProgram()), utf8(folder), "call", utf8(file)},
                                              {{"SSPROTECT_HOME", utf8(home)}})
                              .wait();
        double overlay = 0;
        double query = 0;
        double invocation = 0;
        if (!(std::istringstream(call.out) >> overlay >> query >> invocation))
            return false;
        overlays.add(overlay);
        queries.add(query);
        invocations.add(invocation);
    }
    std::printf("Tray process: %s\n", mode.c_str());
    const bool ok = overlays.tell("  IsMemberOf", kLongestCall);
    return queries.tell("  QueryContextMenu", kLongestCall) && invocations.tell("  InvokeCommand", kLongestCall) && ok;
}

} // namespace

int wmain(int count, wchar_t** arguments) {
    if (count == 4) {
        tellOneCall(arguments[3]);
        return 0;
    }
    if (count != 2)
        return 2;
    const auto files = makeFiles(arguments[1]);
    Explorer explorer;
    bool ok = true;
    for (const char* pass : {"first sight", "after first sight"}) {
        const bool known = std::string_view(pass) != "first sight";
        Series foreign;
        Series sealed;
        for (int i = 0; i < kFiles; ++i)
            (i % 2 == 0 ? foreign : sealed).add(microsOf([&] {
                explorer.isMember(true, files[static_cast<std::size_t>(i)]);
            }));
        std::printf("IsMemberOf, %s\n", pass);
        ok = foreign.tell("  foreign file", known ? kForeignBudget : kLongestCall) && ok;
        ok = sealed.tell("  protected file", known ? kSealedBudget : kLongestCall) && ok;
    }
    Series query;
    Series invoke;
    for (std::size_t i = 0; i < 200; ++i) {
        Explorer::Menu menu({files[2 * i + 1]}, CMF_DEFAULTONLY);
        query.add(microsOf([&] { menu.askAgain(); }));
        invoke.add(microsOf([&] { menu.invokeDefault(); }));
    }
    std::printf("Menu, no tray process\n");
    ok = query.tell("  QueryContextMenu", kLongestCall) && ok;
    ok = invoke.tell("  InvokeCommand", kLongestCall) && ok;
    for (const char* mode : {"serve", "slow", "hang", "deaf", "close", "garbage", "nonsense", "flood", "refuse"})
        ok = tellFault(mode, arguments[1], files[1]) && ok;
    return ok ? 0 : 1;
}

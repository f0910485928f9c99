// What the calls on Explorer's threads cost, in this process with the DLL registered: benchmark FOLDER
// Makes 10,000 files in FOLDER, half of them containers, asks for each overlay twice, and for menus with no tray
// process. Exit code 1 when a call is over its budget. Times mean something on a quiet machine only: no test calls
// this.
#include "class_ids.h"
#include "explorer.h"
#include "ssprotect/container/identity.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>

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
    bool tell(const char* what, double medianBudget) {
        std::ranges::sort(values_);
        const auto at = [&](double part) {
            return values_[static_cast<std::size_t>(part * static_cast<double>(values_.size() - 1))];
        };
        const bool ok = at(0.5) <= medianBudget && values_.back() <= kLongestCall;
        std::printf("%-34s median %8.1f us   99 %% %8.1f us   longest %8.1f us   %s\n", what, at(0.5), at(0.99),
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

} // namespace

int wmain(int count, wchar_t** arguments) {
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
    return ok ? 0 : 1;
}

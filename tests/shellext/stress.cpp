#include "stress.h"

#include <atomic>
#include <thread>

namespace ssprotect::shellext::test {
namespace {

constexpr int kThreads = 64;

int askAll(const Paths& files, int rounds) {
    Explorer explorer;
    int answers = 0;
    for (int round = 0; round < rounds; ++round)
        for (const auto& file : files) {
            answers += explorer.overlayOf(file).empty() ? 0 : 1;
            Explorer::Menu menu({file}, CMF_EXTENDEDVERBS);
            answers += SUCCEEDED(menu.answer()) ? 1 : 0;
            if (round == 0)
                menu.invokeDefault(); // it may be refused: what counts is that it returns
        }
    return answers;
}

} // namespace

int stress(const Paths& files, int rounds) {
    std::atomic<int> answers{0};
    std::atomic<bool> done{false};
    std::jthread unloading([&done] {
        ::OleInitialize(nullptr);
        while (!done) {
            ::CoFreeUnusedLibrariesEx(0, 0);
            std::this_thread::yield();
        }
        ::OleUninitialize();
    });
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i)
            threads.emplace_back([&] { answers += askAll(files, rounds); });
    }
    done = true;
    return answers;
}

} // namespace ssprotect::shellext::test

#include "ssprotect/platform/shell_changes.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <shlobj.h>
#include <thread>

namespace ssprotect::platform {
namespace {

constexpr std::chrono::milliseconds kGathering{50};
/// Beyond that Explorer is quicker with everything than with each.
constexpr std::size_t kMostFiles = 2000;

class ExplorerChanges final : public ShellChanges {
public:
    ExplorerChanges() : thread_([this] { serve(); }) {}
    ~ExplorerChanges() override {
        {
            std::lock_guard lock(mutex_);
            ending_ = true;
        }
        wake_.notify_all();
        thread_.join();
    }

    void changed(const Path& file) override {
        std::lock_guard lock(mutex_);
        if (!all_)
            files_.insert(file);
        all_ = all_ || files_.size() > kMostFiles;
        wake_.notify_all();
    }
    void allChanged() override {
        std::lock_guard lock(mutex_);
        all_ = true;
        wake_.notify_all();
    }

private:
    bool waiting() const { return all_ || !files_.empty(); }

    void serve() {
        std::unique_lock lock(mutex_);
        while (true) {
            wake_.wait(lock, [this] { return ending_ || waiting(); });
            if (!waiting())
                return;
            wake_.wait_for(lock, kGathering, [this] { return ending_; });
            const bool all = std::exchange(all_, false);
            const auto files = std::exchange(files_, {});
            lock.unlock();
            tell(all, files);
            lock.lock();
        }
    }

    static void tell(bool all, const std::set<Path>& files) {
        if (all)
            return SHChangeNotify(SHCNE_ASSOCCHANGED, SHCNF_IDLIST | SHCNF_FLUSHNOWAIT, nullptr, nullptr);
        for (const auto& file : files)
            SHChangeNotify(SHCNE_UPDATEITEM, SHCNF_PATHW | SHCNF_FLUSHNOWAIT, file.c_str(), nullptr);
    }

    std::mutex mutex_;
    std::condition_variable wake_;
    bool ending_ = false;
    bool all_ = false;
    std::set<Path> files_;
    std::thread thread_;
};

} // namespace

std::unique_ptr<ShellChanges> makeShellChanges() { return std::make_unique<ExplorerChanges>(); }

} // namespace ssprotect::platform

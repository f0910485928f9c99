#pragma once

#include "file_work.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ssprotect::kodiacd {

/// The clients of one KODiAC, and the pieces of work that they are measured by.
///
///     rate WORK SECONDS      → operations a second, all clients at once; median, 99 % and mean of their milliseconds,
///                              in which the clients' own work (to sign a call, to read its answer) is not
///     batch WORK COUNT       → milliseconds of the first client's calls about COUNT files, together
///
/// WORK is show, store, next or open, as FileWork has them.
class Bench {
public:
    virtual ~Bench() = default;

    /// Does what the line says, and gives the figures. Throws when it says nothing of the above, or KODiAC refuses.
    std::string answer(const std::string& line);

protected:
    /// One piece of work of the client of that number.
    using Step = std::function<void(std::size_t client, std::size_t count, Stopwatch& watch)>;

    void add(std::unique_ptr<FileWork> client) { clients_.push_back(std::move(client)); }
    void add(const std::string& work, Step step) { steps_[work] = std::move(step); }

private:
    const Step& stepOf(const std::string& work) const;
    std::string rate(const Step& step, std::chrono::duration<double> time);
    std::string batch(const Step& step, std::size_t count);

    std::vector<std::unique_ptr<FileWork>> clients_;
    std::map<std::string, Step> steps_{
        {"show", [this](auto client, auto, auto& watch) { clients_[client]->show(watch); }},
        {"store", [this](auto client, auto count, auto& watch) { clients_[client]->store(count, watch); }},
        {"next", [this](auto client, auto count, auto& watch) { clients_[client]->storeNext(count, watch); }},
        {"open", [this](auto client, auto count, auto& watch) { clients_[client]->open(count, watch); }}};
};

} // namespace ssprotect::kodiacd

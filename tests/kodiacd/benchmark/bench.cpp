#include "bench.h"

#include <algorithm>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace ssprotect::kodiacd {
namespace {

double quantile(const std::vector<double>& sorted, double part) {
    const auto index = static_cast<std::size_t>(part * static_cast<double>(sorted.size()));
    return sorted.empty() ? 0 : sorted[std::min(sorted.size() - 1, index)];
}

} // namespace

std::string Bench::answer(const std::string& line) {
    std::istringstream in(line);
    std::string what;
    std::string work;
    double number = 0;
    in >> what >> work >> number;
    if (what == "rate" && number > 0)
        return rate(stepOf(work), std::chrono::duration<double>(number));
    if (what == "batch" && number >= 1)
        return batch(stepOf(work), static_cast<std::size_t>(number));
    throw std::runtime_error("no such command: " + line);
}

const Bench::Step& Bench::stepOf(const std::string& work) const {
    const auto found = steps_.find(work);
    if (found == steps_.end())
        throw std::runtime_error("no such work: " + work);
    return found->second;
}

std::string Bench::rate(const Step& step, std::chrono::duration<double> time) {
    for (auto& client : clients_)
        client->prepare(1);
    std::vector<Stopwatch> watches(clients_.size());
    std::vector<std::exception_ptr> faults(clients_.size());
    const auto start = Stopwatch::Clock::now();
    const auto work = [&](std::size_t client) {
        try {
            while (Stopwatch::Clock::now() - start < time)
                step(client, 1, watches[client]);
        } catch (...) {
            faults[client] = std::current_exception();
        }
    };
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < clients_.size(); ++i)
        threads.emplace_back(work, i);
    threads.clear();
    const std::chrono::duration<double> took = Stopwatch::Clock::now() - start;
    for (const auto& fault : faults)
        if (fault)
            std::rethrow_exception(fault);
    std::vector<double> all;
    for (const auto& watch : watches)
        all.insert(all.end(), watch.taken().begin(), watch.taken().end());
    std::sort(all.begin(), all.end());
    std::ostringstream out;
    const double mean = std::accumulate(all.begin(), all.end(), 0.0) / static_cast<double>(all.size());
    out << static_cast<double>(all.size()) / took.count() << ' ' << quantile(all, 0.5) << ' ' << quantile(all, 0.99)
        << ' ' << mean;
    return out.str();
}

std::string Bench::batch(const Step& step, std::size_t count) {
    clients_.front()->prepare(count);
    Stopwatch watch;
    step(0, count, watch);
    return std::to_string(std::accumulate(watch.taken().begin(), watch.taken().end(), 0.0));
}

} // namespace ssprotect::kodiacd

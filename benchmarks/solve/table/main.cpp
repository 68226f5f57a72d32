// One solver on one instance in a process of its own; prints one line of JSON. See benchmarks/README.md.
//   bench_solve_table rows                            the names of the rows
//   bench_solve_table ROW SOLVER SEED [MOST_RUNS]     solve and measure
//   bench_solve_table write ROW SEED FILE             the instance, for solvers in Python
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "subject.hpp"

namespace {

using bench::Instance;
using Clock = std::chrono::steady_clock;

/// A line of /proc/self/status in MiB; 0 where there is none.
double memory_mib(std::string_view key) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(key)) return std::strtod(line.c_str() + key.size() + 1, nullptr) / 1024;
    }
    return 0;
}

/// Gives freed memory back, so that what the generator used does not count, and forgets the peak.
void reset_peak() {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << "5";
}

double peak_mib() {
    if (const double peak = memory_mib("VmHWM"); peak > 0) return peak;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

double milliseconds(Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

const bench::Row* find_row(std::string_view name) {
    const auto& rows = bench::rows();
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const bench::Row& row) { return row.name == name; });
    return found == rows.end() ? nullptr : &*found;
}

std::unique_ptr<bench::Subject> make_subject(std::string_view solver, Instance& instance) {
    for (const auto make : {bench::countyplan_change, bench::countyplan_subject}) {
        if (auto subject = make(solver, instance)) return subject;
    }
#ifdef BENCH_LEMON
    if (auto subject = bench::lemon_subject(solver, instance)) return subject;
#endif
    return bench::boost_subject(solver, instance);
}

/// At least three runs and a second, at most 20 seconds or `most_runs`; the peak is that of the first run.
int measure(const bench::Row& row, std::string_view solver, std::uint64_t seed, std::size_t most_runs) {
    Instance instance = row.make(row, seed);
    const auto subject = make_subject(solver, instance);
    if (!subject) {
        std::fprintf(stderr, "no solver %.*s for %s\n", static_cast<int>(solver.size()), solver.data(),
                     row.name.c_str());
        return 2;
    }
    instance = given::DenseInstance{};
    std::vector<double> times;
    double base = 0, peak = 0, total = 0;
    while (times.size() < most_runs && total < 20'000 && (times.size() < 3 || total < 1000)) {
        subject->prepare();
        if (times.empty()) {
            reset_peak();
            base = memory_mib("VmRSS");
        }
        const auto start = Clock::now();
        subject->solve();
        times.push_back(milliseconds(start));
        if (times.size() == 1) peak = peak_mib();
        total += times.back();
    }
    std::sort(times.begin(), times.end());
    const auto certified = subject->is_certified();
    std::printf(
        R"({"row": "%s", "seed": %llu, "solver": "%.*s", "ms": %.4f, "least_ms": %.4f, "runs": %zu, "objective": "%s", )"
        R"("certified": %s, "base_mib": %.1f, "peak_mib": %.1f, "instance_mib": %.1f, "answer_mib": %.1f, "compiler": "%s"})"
        "\n",
        row.name.c_str(), static_cast<unsigned long long>(seed), static_cast<int>(solver.size()), solver.data(),
        times[times.size() / 2], times.front(), times.size(), subject->objective().c_str(),
        !certified   ? "null"
        : *certified ? "true"
                     : "false",
        base, peak, static_cast<double>(subject->bytes()) / 1048576,
        static_cast<double>(subject->answer_bytes()) / 1048576, BENCH_COMPILER);
    return 0;
}

int run(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (words.size() == 1 && words[0] == "rows") {
        for (const bench::Row& row : bench::rows())
            std::puts(row.name.c_str());
        return 0;
    }
    if (words.size() < 3 || words.size() > 4) return 64;
    const bool write = words[0] == "write";
    const bench::Row* row = find_row(words[write ? 1 : 0]);
    if (row == nullptr) return 64;
    const std::uint64_t seed = std::strtoull(words[2].c_str(), nullptr, 10);
    if (write) return words.size() == 4 && bench::write_instance(row->make(*row, seed), words[3].c_str()) ? 0 : 73;
    return measure(*row, words[1], seed, words.size() == 4 ? std::strtoull(words[3].c_str(), nullptr, 10) : 50);
}

}  // namespace

int main(int count, char** arguments) {
    try {
        const int code = run(count, arguments);
        if (code == 64) std::fputs("rows | ROW SOLVER SEED [MOST_RUNS] | write ROW SEED FILE\n", stderr);
        return code;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

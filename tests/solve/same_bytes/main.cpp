// Prints every digest and total; with a file of another build's output, says where they differ:
//     digests > A; digests A

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "digests.hpp"

namespace {

using countyplan::detail::VectorLevel;

/// Of every solver at the level and on so many threads.
same_bytes::Digests all_digests(VectorLevel level, unsigned threads) {
    same_bytes::Digests all;
    for (const auto& some :
         {same_bytes::assignment_digests(level, threads), same_bytes::sparse_assignment_digests(threads),
          same_bytes::flow_digests(threads), same_bytes::leximin_digests(threads), same_bytes::path_digests(threads),
          same_bytes::nested_flow_digests(level, threads)}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

bool close(double a, double b) {
    return a == b || std::abs(a - b) <= 1e-9 * std::fmax(1.0, std::fmax(std::abs(a), std::abs(b)));
}

}  // namespace

int main(int count, char** words) {
    const same_bytes::Digests digests = all_digests(countyplan::detail::best_vector_level(), 2);
    const auto totals = same_bytes::linear_totals();
    bool right = true;
    const auto complain = [&](const std::string& name, const char* what) {
        std::fprintf(stderr, "%s %s\n", name.c_str(), what);
        right = false;
    };
    for (const auto& [name, digest] : digests) {
        if (digest == 0) complain(name, "has an answer that does not stand its own check");
    }
    for (const auto& [name, total] : totals) {
        if (std::isnan(total)) complain(name, "does not stand its own check");
    }
    if (count == 1) {
        for (const auto& [name, digest] : digests)
            std::printf("%s %016llx\n", name.c_str(), static_cast<unsigned long long>(digest));
        for (const auto& [name, total] : totals)
            std::printf("%s %.17g\n", name.c_str(), total);
        return right ? 0 : 1;
    }
    std::ifstream file(words[1]);
    std::map<std::string, std::string> other;
    for (std::string name, value; file >> name >> value;)
        other[name] = value;
    if (other.size() != digests.size() + totals.size()) complain(words[1], "has other lines");
    for (const auto& [name, digest] : digests) {
        if (std::strtoull(other[name].c_str(), nullptr, 16) != digest) complain(name, "differs");
    }
    for (const auto& [name, total] : totals) {
        if (!close(std::strtod(other[name].c_str(), nullptr), total)) complain(name, "is farther off than 1e-9");
    }
    return right ? 0 : 1;
}

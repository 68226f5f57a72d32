// What is hashed of the solvers' answers?
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <type_traits>
#include <variant>
#include <vector>

#include <countyplan/solve/proof/assignment.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/leximin.hpp>
#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/solve/proof/matching.hpp>
#include <countyplan/solve/proof/max_flow.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/proof/nested_flow.hpp>
#include <countyplan/solve/proof/sparse_assignment.hpp>
#include <countyplan/solve/stop.hpp>

namespace same_bytes {

using namespace countyplan;

/// Fowler, Noll & Vo's 64-bit hash (1a) of numbers, lowest byte first, whatever the machine's order.
class Digest {
  public:
    template <class... Fields>
    void add(const Fields&... fields) {
        (add_one(fields), ...);
    }

    [[nodiscard]] std::uint64_t value() const { return hash_; }

  private:
    template <class T>
        requires std::is_integral_v<T> || std::is_enum_v<T>
    void add_one(T number) {
        auto left = static_cast<std::uint64_t>(number);
        for (int byte = 0; byte < 8; ++byte, left >>= 8) {
            hash_ = (hash_ ^ (left & 255)) * 0x100000001b3;
        }
    }
    void add_one(const Int128& number) {
        add(static_cast<std::uint64_t>(number.value), static_cast<std::int64_t>(number.value >> 64));
    }
    void add_one(std::monostate) {}
    template <class T>
    void add_one(const std::vector<T>& list) {
        add(list.size());
        for (const T& item : list)
            add_one(item);
    }
    template <class... T>
    void add_one(const std::variant<T...>& choice) {
        add(choice.index());
        std::visit([this](const auto& chosen) { this->add_one(chosen); }, choice);
    }

    void add_one(const AssignmentPrices& p) { add(p.row, p.column); }
    void add_one(const HallShortage& s) { add(s.rows, s.columns); }
    void add_one(const SparseAssignmentPrices& p) { add(p.row, p.column); }
    void add_one(const SparseAssignmentShortage& s) { add(s.rows, s.columns); }
    void add_one(const Potentials& p) { add(p.value); }
    void add_one(const ViolatedCut& c) { add(c.nodes); }
    void add_one(const NegativeCycle& c) { add(c.arcs); }
    void add_one(const Drivers& d) { add(d.early, d.late); }
    void add_one(const PositiveCycle& c) { add(c.arcs); }
    void add_one(const LeximinBound& b) { add(b.scale, b.potential); }
    void add_one(const LeximinBranch& b) { add(b.group, b.step); }
    void add_one(const LeximinLevel& l) { add(l.value, l.groups); }
    void add_one(const NestedFlowPotentials& p) { add(p.left, p.right); }
    void add_one(const NestedFlowCut& c) { add(c.home, c.left, c.right); }

    void add_one(const AssignmentResult& r) { add(r.termination, r.column_of, r.objective, r.certificate, r.steps); }
    void add_one(const SparseAssignmentResult& r) {
        add(r.termination, r.column_of, r.objective, r.bound, r.certificate, r.steps);
    }
    void add_one(const MinCostFlowResult& r) { add(r.termination, r.flow, r.cost, r.certificate, r.steps); }
    void add_one(const LongestPathResult& r) { add(r.termination, r.earliest, r.latest, r.certificate); }
    void add_one(const MaxFlowResult& r) { add(r.termination, r.flow, r.value, r.cut, r.steps); }
    void add_one(const MatchingResult& r) {
        add(r.termination, r.column_of, r.size, r.cover_rows, r.cover_columns, r.steps);
    }
    void add_one(const MatchingParts& p) { add(p.row_part, p.column_part, p.row_block, p.column_block, p.blocks); }
    void add_one(const LeximinResult& r) { add(r.termination, r.flow, r.levels, r.proof, r.steps); }
    void add_one(const MaxMinResult& r) { add(r.termination, r.flow, r.worst, r.certificate, r.steps); }
    void add_one(const NestedFlowResult& r) { add(r.termination, r.pair_of, r.cost, r.certificate, r.steps); }

    std::uint64_t hash_ = 0xcbf29ce484222325;
};

/// What comes out of `answer(digest, seed)`, which returns whether all is right, for the seeds below `count`,
/// shared out among threads; 0 where something is not right.
template <class Answer>
std::uint64_t digest_of(std::uint64_t count, unsigned threads, const Answer& answer) {
    std::vector<std::uint64_t> each(count);
    std::atomic<std::uint64_t> next = 0;
    std::atomic<bool> right = true;
    const auto work = [&] {
        for (std::uint64_t seed = next++; seed < count; seed = next++) {
            Digest digest;
            if (!answer(digest, seed)) right = false;
            each[seed] = digest.value();
        }
    };
    std::vector<std::jthread> others;
    for (unsigned t = 1; t < threads; ++t)
        others.emplace_back(work);
    work();
    others.clear();
    Digest all;
    all.add(each);
    return right ? all.value() : 0;
}

/// Adds the answer to `problem` and those of a solve that is stopped: at once, after a step, a quarter, a half and all
/// but one of the steps. `solved` takes the problem and a stop. False if one of them does not hold.
template <class Problem, class Solved>
bool add_answers(Digest& digest, const Problem& problem, const Solved& solved) {
    const auto whole = solved(problem, Stop{});
    digest.add(whole);
    bool right = verify(problem, whole);
    for (const std::int64_t limit :
         {std::int64_t{0}, std::int64_t{1}, whole.steps / 4, whole.steps / 2, whole.steps - 1}) {
        if (limit < 0) continue;
        const auto part = solved(problem, Stop{.step_limit = limit});
        digest.add(part);
        right = verify(problem, part) && right;
    }
    return right;
}

/// As above, of problems that `given(seed)` makes and `solve` solves with its own options.
template <class Given>
std::uint64_t digest_of_solves(std::uint64_t count, unsigned threads, const Given& given) {
    return digest_of(count, threads, [&](Digest& digest, std::uint64_t seed) {
        return add_answers(digest, given(seed),
                           [](const auto& problem, const Stop& stop) { return solve(problem, {}, stop); });
    });
}

}  // namespace same_bytes

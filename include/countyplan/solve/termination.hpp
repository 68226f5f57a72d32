// How did a solve end, why, and what may its result claim?
#pragma once

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// What is known about the question when a solve returns.
enum class Termination {
    optimal,     ///< a best answer is here
    feasible,    ///< an answer is here, perhaps not a best one
    infeasible,  ///< there is no answer
    unbounded,   ///< there are answers, each beaten by a better one
    unknown,     ///< nothing was found and nothing shown
};

/// Why a solve returned when it did.
enum class Cause {
    proved,     ///< the question is settled
    time,       ///< the time limit was reached
    steps,      ///< the step limit was reached
    cancelled,  ///< the caller asked it to stop
};

/// What a result can show for itself; nothing says more than this.
enum class Claim {
    proved,              ///< the checker accepts the certificate
    bounded,             ///< the checker accepts a bound, and the gap is stated
    claimed_by_backend,  ///< an outside solver's word
    feasible,            ///< the answer keeps the rules; nothing is said about better ones
    estimate,            ///< nothing is shown
};

template <>
struct Enumerators<Termination> {
    static constexpr MessageText words[] = {
        {"optimal", "最优", "optimal"},     {"feasible", "可行", "feasible"}, {"infeasible", "无可行解", "infeasible"},
        {"unbounded", "无界", "unbounded"}, {"unknown", "未知", "unknown"},
    };
};

template <>
struct Enumerators<Cause> {
    static constexpr MessageText words[] = {
        {"proved", "已证明", "proved"},
        {"time", "到达时限", "time limit"},
        {"steps", "到达步数上限", "step limit"},
        {"cancelled", "已取消", "cancelled"},
    };
};

template <>
struct Enumerators<Claim> {
    static constexpr MessageText words[] = {
        {"proved", "已证明", "proved"},
        {"bounded", "有界", "bounded"},
        {"claimed_by_backend", "外部求解器声称", "claimed by an outside solver"},
        {"feasible", "可行", "feasible"},
        {"estimate", "估计", "estimate"},
    };
};

}  // namespace countyplan

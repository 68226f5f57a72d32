// How terms follow each other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/error.hpp>
#include <countyplan/experiment/impl/scenario.hpp>
#include <countyplan/experiment/messages.hpp>
#include <countyplan/experiment/rolling.hpp>
#include <countyplan/plan/check.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// The people of a programme, term by term.
class TermPeople {
  public:
    TermPeople(const Plan& plan, const RollingOptions& options) : plan_(plan), options_(options) {}

    /// The term, from 0, in which the expert comes.
    [[nodiscard]] std::int64_t first_term(const std::string& expert) const {
        if (options_.terms == 1 || drawn(options_.seed, "late", expert) >= options_.late) return 0;
        const double place = drawn(options_.seed, "arrival", expert);
        return 1 + static_cast<std::int64_t>(place * static_cast<double>(options_.terms - 1));
    }
    [[nodiscard]] bool leaves(const std::string& expert, std::int64_t term) const {
        return drawn(options_.seed, "leaves " + std::to_string(term), expert) < options_.drop_out;
    }
    /// Whether the expert is there when the term begins.
    [[nodiscard]] bool is_there(const std::string& expert, std::int64_t term) const {
        const std::int64_t first = first_term(expert);
        if (first > term) return false;
        for (std::int64_t t = first; t < term; ++t)
            if (leaves(expert, t)) return false;
        return true;
    }

    /// The plan of a term whose present staffing is `former`; that of the first term is the plan's own.
    [[nodiscard]] Plan plan_of(std::int64_t term, const std::optional<Staffing>& former) const {
        Draft draft = plan_.draft();
        if (former) draft.staffing = *former;
        drop_people(draft, [&](const std::string& expert) { return !is_there(expert, term); });
        if (former) drop_refused_postings(draft);
        return Plan(std::move(draft));
    }

    /// The same plan when it is known who leaves: nobody may send them.
    [[nodiscard]] Plan foreseen(const Plan& plan, std::int64_t term) const {
        Draft draft = plan.draft();
        const auto goes = [&](const std::string& expert) { return leaves(expert, term); };
        std::erase_if(draft.staffing.rows(), [&](const Posting& row) { return goes(row.expert); });
        std::erase_if(draft.decisions.rows(),
                      [&](const Decision& row) { return row.who.noun == Noun::expert && goes(row.who.id); });
        for (const Expert& expert : plan.rows().experts) {
            if (!goes(expert.id)) continue;
            draft.decisions.push_back(
                {.id = free_id(draft, expert.id), .kind = DecisionKind::forbid, .who = {Noun::expert, expert.id}});
        }
        return Plan(std::move(draft));
    }

    [[nodiscard]] Staffing without_leavers(const Staffing& staffing, std::int64_t term) const {
        Staffing out = staffing;
        std::erase_if(out.rows(), [&](const Posting& row) { return leaves(row.expert, term); });
        return out;
    }

  private:
    /// Takes out postings that the plan's own rules do not let stand, such as ones longer than a term may be.
    static void drop_refused_postings(Draft& draft) {
        std::vector<bool> refused(draft.staffing.size(), false);
        for (const Finding& finding : check(draft)) {
            if (finding.severity == Severity::error && finding.place.table == Table<Posting>::name && finding.place.row)
                refused[*finding.place.row] = true;
        }
        std::size_t row = 0;
        std::erase_if(draft.staffing.rows(), [&](const Posting&) { return refused[row++]; });
    }

    /// An id that no decision has.
    static std::string free_id(const Draft& draft, const std::string& expert) {
        std::string out = "leaves-" + expert.substr(0, 200);
        while (std::ranges::count(draft.decisions, out, &Decision::id) > 0)
            out += "-";
        return out;
    }

    const Plan& plan_;
    const RollingOptions& options_;
};

inline std::vector<Int128> regret_of(const StaffingMeasures& served, const StaffingMeasures& hindsight) {
    std::vector<Int128> out;
    for (std::size_t t = 0; t < served.tiers.size(); ++t) {
        out.push_back(as_cost(served.tiers[t].tier, served.tiers[t].value - hindsight.tiers[t].value));
    }
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE RollingResult simulate_terms(const Plan& plan, const RollingOptions& options, const Stop& stop) {
    constexpr std::int64_t most_terms = 100;
    const auto require = [](bool is_right, const char* place, const char* low, const std::string& high,
                            const std::string& value) {
        if (!is_right) throw InvalidProblem({message::generate_range, {value, low, high}}, place);
    };
    require(options.terms >= 1 && options.terms <= most_terms, "terms", "1", std::to_string(most_terms),
            std::to_string(options.terms));
    require(options.late >= 0 && options.late <= 1, "late", "0", "1", std::to_string(options.late));
    require(options.drop_out >= 0 && options.drop_out <= 1, "drop_out", "0", "1", std::to_string(options.drop_out));
    const detail::TermPeople people(plan, options);
    RollingResult out{.termination = Termination::optimal};
    std::optional<Staffing> former;
    for (std::int64_t t = 0; t < options.terms; ++t) {
        const Plan now = people.plan_of(t, former);
        const MechanismResult decided = run_mechanism(now, options.mechanism, {}, stop);
        if (decided.termination != Termination::optimal) {
            out.termination =
                decided.termination == Termination::infeasible ? Termination::infeasible : Termination::feasible;
            return out;
        }
        RollingTerm term{.on_offer = static_cast<std::int64_t>(now.rows().experts.size())};
        for (const Expert& expert : now.rows().experts) {
            term.arrived += t > 0 && people.first_term(expert.id) == t ? 1 : 0;
            term.left += people.leaves(expert.id, t) ? 1 : 0;
        }
        term.decided = *decided.measures;
        former = people.without_leavers(decided.staffing, t);
        term.served = measures_of(now, *former);
        const Allocation best = allocate(people.foreseen(now, t), {}, stop);
        if (best.termination == Termination::feasible || best.termination == Termination::unknown) {
            out.termination = Termination::feasible;
            return out;
        }
        if (best.termination == Termination::optimal) {
            term.hindsight = measures_of(now, best.staffing);
            term.regret = detail::regret_of(term.served, *term.hindsight);
        }
        out.terms.push_back(std::move(term));
    }
    return out;
}

}  // namespace countyplan

#include <pybind11/stl.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/bound.hpp>
#include <countyplan/allocate/region.hpp>

#include "binders.hpp"
#include "column.hpp"
#include "convert.hpp"

namespace countyplan {

namespace {

using PythonPrices = std::map<std::string, std::vector<std::int64_t>>;

std::vector<SetPrice> prices_of(const PythonPrices& prices) {
    std::vector<SetPrice> out;
    for (const auto& [set, value] : prices)
        out.push_back({set, value});
    return out;
}

/// The rows of these ids, ascending. Throws `py::value_error` for an id that the plan does not have.
template <class Row>
std::vector<Id<Row>> rows_of(const Plan& plan, const std::vector<std::string>& ids) {
    std::vector<Id<Row>> out;
    for (const std::string& id : ids) {
        const Id<Row> row = plan.find<Row>(id);
        if (!row) throw py::value_error("the plan has no " + std::string(Table<Row>::name) + " " + id);
        out.push_back(row);
    }
    return out;
}

Plan part_of(const Plan& plan, const std::vector<std::string>& counties, const std::vector<std::string>& experts,
             const std::map<std::string, std::int64_t>& shares) {
    const py::gil_scoped_release released;
    RegionPart part{rows_of<County>(plan, counties), rows_of<Expert>(plan, experts), {}};
    std::ranges::sort(part.counties);
    std::ranges::sort(part.experts);
    for (const auto& [set, upper] : shares)
        part.shares.push_back({set, upper});
    return region_plan(plan, part);
}

using PythonPairs = std::vector<std::pair<std::string, std::string>>;

/// With the posts' dates; sorted by expert. Throws `py::value_error` for a post that the plan does not have.
Staffing staffing_of(const Plan& plan, const PythonPairs& pairs) {
    Staffing out;
    for (const auto& [expert, post] : pairs) {
        const Id<Post> there = plan.find<Post>(post);
        if (!there) throw py::value_error("the plan has no post " + post);
        const Period period = plan.period_of(there);
        out.push_back({expert, post, period.from, period.to});
    }
    std::ranges::sort(out.rows(), {}, &Posting::expert);
    return out;
}

py::dict by_tier(const std::vector<TierValue>& values) {
    py::dict out;
    for (const TierValue& tier : values)
        out[to_python(tier.tier)] = to_python(tier.value);
    return out;
}

py::list numbers(const std::vector<Int128>& values) {
    py::list out;
    for (const Int128 value : values)
        out.append(to_python(value));
    return out;
}

/// (the sum of what is least, pairs that are wanted); `present` beside `experts`, empty: at home.
py::tuple response(const Plan& plan, const PythonPrices& prices, const std::vector<std::string>& experts,
                   const std::vector<std::string>& present, std::size_t most, bool any) {
    PriceResponse found;
    {
        const py::gil_scoped_release released;
        std::vector<AskedExpert> asked;
        for (const Id<Expert> expert : rows_of<Expert>(plan, experts))
            asked.push_back({expert, plan.find<Post>(present.at(asked.size()))});
        found = respond(plan, prices_of(prices), asked, {.most = most, .any = any});
    }
    py::list pairs;
    for (std::size_t e = 0; e < experts.size(); ++e)
        for (const Id<Post> post : found.posts[e])
            pairs.append(py::make_tuple(to_python(experts[e]), to_python(plan.rows().posts[post].id)));
    return py::make_tuple(numbers(found.cost), pairs);
}

py::list sets_part(const Plan& plan, const PythonPrices& prices) {
    std::vector<Int128> found;
    {
        const py::gil_scoped_release released;
        found = bound_of_sets(plan, prices_of(prices));
    }
    return numbers(found);
}

py::dict whole_bound(const Plan& plan, const PythonPrices& prices) {
    std::vector<TierValue> found;
    {
        const py::gil_scoped_release released;
        found = price_bound(plan, prices_of(prices));
    }
    return by_tier(found);
}

py::dict tiers_of_pairs(const Plan& plan, const PythonPairs& pairs) {
    return by_tier(tier_values(plan, staffing_of(plan, pairs)));
}

/// The pairs that the whole is solved on; they only become more.
class Pool {
  public:
    explicit Pool(Plan plan) : plan_(std::move(plan)), posts_(plan_.rows().experts.size()) {}

    /// How many of these pairs are new.
    std::size_t add(const PythonPairs& pairs) {
        const py::gil_scoped_release released;
        std::size_t out = 0;
        for (const auto& [expert, post] : pairs) {
            const Id<Expert> who = plan_.find<Expert>(expert);
            const Id<Post> where = plan_.find<Post>(post);
            if (!who || !where) throw py::value_error("the plan has no " + (who ? post : expert));
            std::vector<Id<Post>>& there = posts_[who.value()];
            const auto place = std::ranges::lower_bound(there, where);
            if (place != there.end() && *place == where) continue;
            there.insert(place, where);
            ++out;
        }
        return out;
    }

    void begin(const PythonPairs& pairs, const PythonPrices& prices) {
        answer_.staffing = staffing_of(plan_, pairs);
        answer_.prices = prices_of(prices);
    }

    /// (termination, pairs, tiers, prices)
    py::tuple solve() {
        {
            const py::gil_scoped_release released;
            answer_ = allocate_among(plan_, posts_, answer_);
        }
        py::list pairs;
        for (const Posting& row : answer_.staffing)
            pairs.append(py::make_tuple(to_python(row.expert), to_python(row.post)));
        py::dict prices;
        for (const SetPrice& price : answer_.prices)
            prices[to_python(price.set)] = py::tuple(to_python(price.value));
        return py::make_tuple(to_python(name(answer_.termination)), pairs, by_tier(answer_.tiers), prices);
    }

    [[nodiscard]] std::size_t size() const {
        std::size_t out = 0;
        for (const auto& there : posts_)
            out += there.size();
        return out;
    }

  private:
    Plan plan_;
    std::vector<std::vector<Id<Post>>> posts_;
    AmongAnswer answer_{};
};

/// The stated values, one per tier of the objective, from their digits.
std::vector<TierValue> values_of(const Plan& plan, const std::vector<std::string>& numbers) {
    std::vector<TierValue> out;
    for (std::size_t t = 0; t < numbers.size() && t < plan.rows().objective.size(); ++t) {
        const bool is_negative = numbers[t].starts_with('-');
        const std::string digits = numbers[t].substr(is_negative ? 1 : 0);
        if (digits.size() > 38) throw py::value_error("a value is out of range: " + numbers[t]);
        detail::int128 value = 0;
        for (const char digit : digits)
            value = 10 * value + (digit - '0');
        out.push_back({plan.rows().objective[t], Int128(is_negative ? -value : value)});
    }
    return out;
}

py::object examine_python(const Plan& plan, const PythonPairs& pairs, const std::vector<std::string>& tiers,
                          const PythonPrices& prices, const std::vector<std::string>& bound) {
    const auto stated = values_of(plan, tiers);
    const auto stated_bound = values_of(plan, bound);
    AnswerVerdict verdict;
    {
        const py::gil_scoped_release released;
        verdict = examine_bounded(plan, staffing_of(plan, pairs), stated, prices_of(prices), stated_bound);
    }
    if (verdict.accepted) return value_class("Verdict")(true);
    return value_class("Verdict")(false, to_python(name(verdict.part)), to_python(verdict.key), to_python(verdict.why),
                                  to_python(verdict.detail));
}

}  // namespace

void bind_regions(py::module_& module) {
    py::class_<Pool>(module, "PairPool")
        .def(py::init<Plan>())
        .def("add", &Pool::add)
        .def("begin", &Pool::begin)
        .def("solve", &Pool::solve)
        .def("__len__", &Pool::size);
    module.def("region_plan", &part_of);
    module.def("respond", &response);
    module.def("bound_of_sets", &sets_part);
    module.def("price_bound", &whole_bound);
    module.def("tiers_of_pairs", &tiers_of_pairs);
    module.def("gains", [] {
        std::vector<std::string> out;
        for (std::size_t t = 0; t < enumerator_count<Tier>; ++t)
            if (is_gain(static_cast<Tier>(t))) out.emplace_back(name(static_cast<Tier>(t)));
        return out;
    });
    module.def("dated",
               [](const Plan& plan, const PythonPairs& pairs) { return dicts_of(staffing_of(plan, pairs).rows()); });
    module.def("examine_bounded", &examine_python);
    module.def("shared_sets", [](const Plan& plan) {
        std::map<std::string, std::int64_t> out;
        for (const SetShare& share : shared_sets(plan))
            out.emplace(share.set, share.upper);
        return out;
    });
}

}  // namespace countyplan

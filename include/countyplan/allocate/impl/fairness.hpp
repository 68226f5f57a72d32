// How the shares of counties are counted and ranked.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <utility>

#include <countyplan/allocate/fairness.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan {

namespace detail {

/// people / wanted, wanted > 0.
struct CountyNeed {
    std::int64_t people = 0;
    std::int64_t wanted = 1;

    friend std::strong_ordering operator<=>(const CountyNeed& a, const CountyNeed& b) {
        return int128{a.people} * b.wanted <=> int128{b.people} * a.wanted;
    }
    friend bool operator==(const CountyNeed& a, const CountyNeed& b) { return (a <=> b) == 0; }
};

inline std::vector<CountyNeed> shares_of(const std::vector<CountyCover>& covers) {
    std::vector<CountyNeed> out;
    for (const CountyCover& cover : covers)
        if (cover.wanted > 0) out.push_back({std::min(cover.serving, cover.wanted), cover.wanted});
    std::ranges::sort(out);
    return out;
}

inline std::vector<CountyCover> wanted_covers(const Plan& plan) {
    std::vector<CountyCover> out(plan.rows().counties.size());
    for (std::size_t c = 0; c < out.size(); ++c)
        out[c].county = Id<County>(c);
    for (const Id<Post> post : plan.rows().posts.ids())
        out[plan.county_of(post).value()].wanted += plan.rows().posts[post].target;
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<CountyCover> county_covers(const Plan& plan, const Staffing& staffing) {
    std::vector<CountyCover> out = detail::wanted_covers(plan);
    for (const Posting& posting : staffing) {
        const Id<Post> post = plan.find<Post>(posting.post);
        if (post && plan.find<Expert>(posting.expert)) ++out[plan.county_of(post).value()].serving;
    }
    return out;
}

COUNTYPLAN_INLINE bool is_fairer(const std::vector<CountyCover>& a, const std::vector<CountyCover>& b) {
    const auto of_a = detail::shares_of(a);
    const auto of_b = detail::shares_of(b);
    return std::ranges::lexicographical_compare(of_b, of_a);
}

COUNTYPLAN_INLINE std::vector<std::vector<std::int64_t>> raise_values(const Plan& plan) {
    struct Raise {
        detail::CountyNeed from;
        detail::CountyNeed to;
        std::size_t county = 0;
        std::size_t place = 0;
    };
    const auto covers = detail::wanted_covers(plan);
    const auto people = static_cast<std::int64_t>(plan.rows().experts.size());
    std::vector<std::vector<std::int64_t>> out(covers.size());
    std::vector<Raise> raises;
    for (std::size_t c = 0; c < covers.size(); ++c) {
        const std::int64_t wanted = covers[c].wanted;
        out[c].resize(static_cast<std::size_t>(std::min(wanted, people)));
        for (std::size_t k = 0; k < out[c].size(); ++k) {
            const auto from = static_cast<std::int64_t>(k);
            raises.push_back({{from, wanted}, {from + 1, wanted}, c, k});
        }
    }
    const auto ranks_before = [](const Raise& a, const Raise& b) {
        return a.from != b.from ? a.from < b.from : a.to > b.to;
    };
    std::ranges::stable_sort(raises, ranks_before);
    std::int64_t value = 0;
    for (std::size_t r = 0; r < raises.size(); ++r) {
        if (r == 0 || ranks_before(raises[r - 1], raises[r])) value = static_cast<std::int64_t>(raises.size() - r);
        out[raises[r].county][raises[r].place] = value;
    }
    return out;
}

}  // namespace countyplan

// What the stages of a generated programme share: sizes, streams of random numbers, and the frame they fill.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/experiment/impl/guangxi.hpp>
#include <countyplan/experiment/messages.hpp>
#include <countyplan/experiment/published.hpp>
#include <countyplan/solve/random.hpp>

namespace countyplan::detail {

/// Each stage draws from streams of its own, so that a change in one leaves the others as they were.
enum class Stage : std::uint64_t {
    counties,
    schools,
    ring,
    posts,
    experts,
    teachers,
    staffing,
    mentors,
    goals,
    tasks,
    facts
};

[[nodiscard]] inline Random random_for(std::uint64_t seed, Stage stage, std::size_t index = 0) {
    return Random(seed, static_cast<std::uint64_t>(stage) << 40 | index);
}

/// `number` with leading zeros up to `width` digits.
[[nodiscard]] inline std::string padded(std::size_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

/// A day written YYYYMMDD.
[[nodiscard]] inline Day day_of(std::int32_t date) {
    return Day(std::chrono::sys_days(std::chrono::year(date / 10000) /
                                     std::chrono::month(static_cast<unsigned>(date / 100 % 100)) /
                                     std::chrono::day(static_cast<unsigned>(date % 100))));
}

/// Shares out `total` in proportion to `weights` by largest remainders, ties to the first; adds up to
/// `total` unless all weights are 0.
[[nodiscard]] inline std::vector<std::int64_t> apportion(std::int64_t total, std::span<const std::int64_t> weights) {
    std::vector<std::int64_t> out(weights.size(), 0);
    const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    if (sum == 0) return out;
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::int64_t left = total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        out[i] = total * weights[i] / sum;
        left -= out[i];
    }
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return total * weights[a] % sum > total * weights[b] % sum; });
    for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i)
        ++out[order[i]];
    return out;
}

/// What the generator knows of a sender besides its row.
struct Seat {
    std::string letters{};
    std::int64_t weight = 0;
    bool eastern = false;
    std::size_t group = SIZE_MAX;  ///< the city it belongs to; none for those who send nobody
};

/// A city with all below it, or a region that sends its own people.
struct Group {
    bool eastern = false;
    std::int64_t load = 0;  ///< in proportion to the schools it stands behind
    Id<Sender> head{};
};

struct Sizes {
    std::int64_t counties = 0, schools = 0, posts = 0, experts = 0;
};

struct Frame {
    Draft draft{};
    std::vector<Seat> seats{};  ///< by sender
    std::vector<Group> groups{};
    std::map<std::string, std::vector<Id<School>>> schools_of{};  ///< assisted ones, by county code
};

inline void expect_range(std::string_view name, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value >= low && value <= high) return;
    throw InvalidProblem(Message(message::generate_range, {name, to_text(low), to_text(high)}), std::string(name));
}

[[nodiscard]] inline Sizes sizes_of(const GenerateOptions& options) {
    const bool guangxi = options.base == GenerateBase::guangxi;
    const auto known = static_cast<std::int64_t>(std::size(guangxi_counties));
    expect_range("counties", options.counties, guangxi ? known : 1, guangxi ? known : 1600);
    Sizes sizes;
    sizes.counties = options.counties;
    const auto& ratio = guangxi ? published::schools_per_county : published::national_schools_per_county;
    sizes.schools = options.schools.value_or((sizes.counties * ratio.count + ratio.base / 2) / ratio.base);
    expect_range("schools", sizes.schools, sizes.counties, 2 * sizes.counties);
    sizes.posts = options.posts.value_or(sizes.schools * published::people_per_school.count);
    expect_range("posts", sizes.posts, 8 * sizes.schools, 12 * sizes.schools);
    const auto& pool = sizes.counties < 160 ? published::experts_per_post : published::national_experts_per_post;
    sizes.experts = options.experts.value_or(sizes.posts * pool.count / pool.base);
    expect_range("experts", sizes.experts, 0, 1'000'000);
    expect_range("second_ring_schools", options.second_ring_schools, 0, 200);
    expect_range("local_teachers", options.local_teachers, 0, 200);
    return sizes;
}

}  // namespace countyplan::detail

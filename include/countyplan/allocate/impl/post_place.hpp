// Where is a post, and does a wish, an aversion or a decision name it?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include <countyplan/plan/plan.hpp>

namespace countyplan {

namespace detail {

/// Lists of numbers, one list per row, in one array.
template <class T>
struct Lists {
    std::vector<std::size_t> first{0};
    std::vector<T> entry{};

    void close() { first.push_back(entry.size()); }
    [[nodiscard]] std::span<const T> operator[](std::size_t row) const {
        return std::span<const T>(entry).subspan(first[row], first[row + 1] - first[row]);
    }
};

/// A county, school or post that a wish names, as numbers.
struct Target {
    Noun noun = Noun::post;
    std::uint32_t id = 0;
};

inline std::optional<Target> target_of(const Plan& plan, const Reference& reference) {
    const auto found = [&](auto id) -> std::optional<Target> {
        if (!id) return std::nullopt;
        return Target{reference.noun, static_cast<std::uint32_t>(id.value())};
    };
    if (reference.noun == Noun::post) return found(plan.find<Post>(reference.id));
    if (reference.noun == Noun::school) return found(plan.find<School>(reference.id));
    if (reference.noun == Noun::county) return found(plan.find<County>(reference.id));
    return std::nullopt;
}

/// Where a post is, as numbers.
struct PostPlace {
    std::uint32_t post = 0;
    std::uint32_t school = 0;
    std::uint32_t county = 0;

    PostPlace() = default;
    PostPlace(const Plan& plan, Id<Post> id)
        : post(static_cast<std::uint32_t>(id.value())),
          school(static_cast<std::uint32_t>(plan.school_of(id).value())),
          county(static_cast<std::uint32_t>(plan.county_of(id).value())) {}

    [[nodiscard]] bool is_in(const Target& target) const {
        return target.id == (target.noun == Noun::post ? post : target.noun == Noun::school ? school : county);
    }
};

/// 1000 / place of the first wish that names the post, its school or its county; 0 where none does.
inline std::int64_t wish_value(std::span<const Target> wishes, const PostPlace& place) {
    for (std::size_t k = 0; k < wishes.size(); ++k)
        if (place.is_in(wishes[k])) return 1000 / static_cast<std::int64_t>(k + 1);
    return 0;
}

/// The targets of an expert's wishes; an unknown one keeps its place as no county.
inline std::vector<Target> wish_targets(const Plan& plan, const Expert& expert) {
    std::vector<Target> out;
    out.reserve(expert.prefers.size());
    for (const Reference& wished : expert.prefers) {
        out.push_back(
            target_of(plan, wished).value_or(Target{Noun::county, std::numeric_limits<std::uint32_t>::max()}));
    }
    return out;
}

}  // namespace detail

}  // namespace countyplan

// What does a whole programme look like, for trying things out, made from a seed?
#pragma once

#include <cstdint>
#include <optional>

#include <countyplan/error.hpp>
#include <countyplan/plan/draft.hpp>
#include <countyplan/scalar/enumerator.hpp>

namespace countyplan {

/// Where the counties and senders of a generated programme come from.
enum class GenerateBase {
    guangxi,  ///< the 20 key counties of Guangxi and those who really stand behind them
    invented  ///< any number of counties that do not exist, with names that say so
};

template <>
struct Enumerators<GenerateBase> {
    static constexpr MessageText words[] = {{"guangxi", "广西二十个重点帮扶县", "the 20 key counties of Guangxi"},
                                            {"invented", "虚构的县", "invented counties"}};
};

/// How big, and which one. An unset size follows the published means and the project's proposals:
/// Guangxi has 34 assisted schools, 340 posts and 1,020 experts; 1, 20, 160 and 1,600 invented counties
/// have 2, 36, 290 and 2,900 schools, ten posts each, and 60, 1,080, 10,000 and 100,000 experts.
struct GenerateOptions {
    GenerateBase base = GenerateBase::guangxi;
    std::uint64_t seed = 1;
    std::int64_t counties = 20;             ///< 1 to 1,600; Guangxi has 20, no more and no fewer
    std::optional<std::int64_t> schools{};  ///< assisted ones, 1 or 2 per county
    std::optional<std::int64_t> posts{};    ///< 8 to 12 per assisted school
    std::optional<std::int64_t> experts{};  ///< 0 to 1,000,000
    std::int64_t second_ring_schools = 26;  ///< per county, 0 to 200
    std::int64_t local_teachers = 12;       ///< per assisted school, 0 to 200
    /// Whether an office has laid down quotas, decisions, roads and an objective of all tiers. Unset: in Guangxi.
    std::optional<bool> policy{};

    friend bool operator==(const GenerateOptions&, const GenerateOptions&) = default;
};

/// A sound draft (`check` finds no error) with every table filled: counties, senders, pairings, schools, posts,
/// experts, teachers, goals, indicators, tasks, calendar, present staffing and 18 months of facts.
/// Codes, counties, senders and national holidays of Guangxi are real, everything else is invented
/// and named so; people are ids. Some subjects and some principals are scarce on purpose.
/// Same options, same draft, bit for bit, on every machine. Throws `InvalidProblem` for an option
/// out of range. Time and memory linear in the size of the result.
[[nodiscard]] Draft generate(const GenerateOptions& options = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_EXPERIMENT)
#include <countyplan/experiment/impl/generate.hpp>
#endif

// How a programme is generated, stage by stage.
#pragma once

#include <string>
#include <utility>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/experiment/impl/areas.hpp>
#include <countyplan/experiment/impl/frame.hpp>
#include <countyplan/experiment/impl/people.hpp>
#include <countyplan/experiment/impl/policy.hpp>
#include <countyplan/experiment/impl/present.hpp>
#include <countyplan/experiment/impl/progress.hpp>
#include <countyplan/experiment/impl/school_year.hpp>
#include <countyplan/experiment/impl/schools.hpp>
#include <countyplan/plan/rule.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

[[nodiscard]] inline Frame frame_of(const GenerateOptions& options, const Sizes& sizes) {
    Frame frame;
    if (options.base == GenerateBase::guangxi) {
        add_guangxi(frame);
    } else {
        add_invented(frame, options);
    }
    add_schools(frame, options, sizes);
    add_groups(frame);
    return frame;
}

}  // namespace detail

COUNTYPLAN_INLINE Draft generate(const GenerateOptions& options) {
    const detail::Sizes sizes = detail::sizes_of(options);
    detail::Frame frame = detail::frame_of(options, sizes);
    frame.draft.version = "seed-" + std::to_string(options.seed);
    frame.draft.period = {detail::day_of(20240901), detail::day_of(20260831)};
    frame.draft.rules = standard_rules();
    detail::add_posts(frame, options, sizes);
    detail::add_experts(frame, options, sizes);
    detail::add_quotas(frame, sizes);
    detail::add_teachers(frame, options);
    detail::add_staffing(frame, options);
    detail::add_mentors(frame, options);
    detail::add_calendar(frame);
    detail::add_programmes(frame, options);
    if (options.policy.value_or(options.base == GenerateBase::guangxi)) detail::add_policy(frame.draft);
    return std::move(frame.draft);
}

}  // namespace countyplan

// Who serves where, from when to when?
#pragma once

#include <string>

#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

/// One expert serves in one post, both days included.
struct Posting {
    std::string expert{};
    std::string post{};
    Day from{};
    Day to{};

    friend bool operator==(const Posting&, const Posting&) = default;
    friend auto operator<=>(const Posting&, const Posting&) = default;
};

template <>
struct Table<Posting> {
    static constexpr std::string_view name = "staffing";
    static constexpr auto fields =
        std::make_tuple(detail::reference_field("expert", &Posting::expert, Noun::expert),
                        detail::reference_field("post", &Posting::post, Noun::post),
                        detail::value_field("from", &Posting::from), detail::value_field("to", &Posting::to));
};

/// The postings of a plan, or of an answer. The plan holds the present one; an allocation returns another.
using Staffing = ById<Id<Posting>, Posting>;

}  // namespace countyplan

// What has happened to a plan in use, one thing a line?
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <countyplan/plan/post.hpp>
#include <countyplan/plan/school.hpp>
#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/enumerator.hpp>

namespace countyplan {

enum class EventKind {
    resigns,        ///< `expert:E` leaves for good, from `day` on
    ill,            ///< `expert:E` cannot serve `from … to`, from `day` where `from` is unset
    extended,       ///< `expert:E` is available, or `post:P` lasts, longer: until `to`
    new_post,       ///< `post` is wanted
    new_school,     ///< `school` is helped
    pairing_moved,  ///< `sender:S` stands behind `now` in place of `was`
    quota_changed,  ///< `sender:S`, `role:S/R` or `quota:Q` has the bounds `lower … upper`
};

template <>
struct Enumerators<EventKind> {
    static constexpr MessageText words[] = {{"resigns", "离任", "resigns"},
                                            {"ill", "因病缺席", "ill"},
                                            {"extended", "延期", "extended"},
                                            {"new_post", "新增岗位", "new post"},
                                            {"new_school", "新增学校", "new school"},
                                            {"pairing_moved", "结对调整", "pairing moved"},
                                            {"quota_changed", "名额调整", "quota changed"}};
};

/// One line of the log of events. Fields that the kind does not speak of stay empty.
struct Event {
    std::int64_t number = 0;  ///< 1, 2, 3 … without gap
    Day day{};                ///< when it became known; never before that of the event before
    EventKind kind = EventKind::resigns;
    std::string subject{};  ///< `kind:id`, as in `EventKind`; empty for a new post or school
    std::optional<Day> from{};
    std::optional<Day> to{};
    std::string was{};                    ///< a county's code or a school's id
    std::string now{};                    ///< a county's code or a school's id
    std::optional<std::int64_t> lower{};  ///< unset: 0; only of a `quota:Q`
    std::optional<std::int64_t> upper{};  ///< unset: no limit
    std::optional<Post> post{};
    std::optional<School> school{};
    std::string reason{};

    friend bool operator==(const Event&, const Event&) = default;
};

template <>
struct Table<Event> {
    static constexpr std::string_view name = "events";
    static constexpr auto fields =
        std::make_tuple(detail::value_field("number", &Event::number), detail::value_field("day", &Event::day),
                        detail::value_field("kind", &Event::kind), detail::open_field("subject", &Event::subject),
                        detail::value_field("from", &Event::from), detail::value_field("to", &Event::to),
                        detail::open_field("was", &Event::was), detail::open_field("now", &Event::now),
                        detail::value_field("lower", &Event::lower), detail::value_field("upper", &Event::upper),
                        detail::value_field("post", &Event::post), detail::value_field("school", &Event::school),
                        detail::text_field("reason", &Event::reason));
};

/// Up to where a log has been applied. Default: nothing of it.
struct LastEvent {
    std::int64_t number = 0;
    std::optional<Day> day{};

    friend bool operator==(const LastEvent&, const LastEvent&) = default;
};

}  // namespace countyplan

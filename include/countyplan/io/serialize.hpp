// How do the values of a plan meet Boost.Serialization?
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <boost/serialization/nvp.hpp>

#include <countyplan/io/archive.hpp>
#include <countyplan/plan/draft.hpp>
#include <countyplan/plan/fingerprint.hpp>

// `serialize` functions in Boost's terms: any Boost archive works in memory; on disk stands the sealed
// snapshot of io/archive.hpp. They cover drafts and results, never `Plan`: loading re-checks.
// A loaded value that its type does not allow throws `std::invalid_argument`.

namespace countyplan {

namespace detail {

/// Archives `stored`, then lets `restore` take it over when loading.
template <class Archive, class Stored, class Restore>
void serialize_as(Archive& archive, const char* name, Stored stored, Restore&& restore) {
    archive& boost::serialization::make_nvp(name, stored);
    if constexpr (Archive::is_loading::value) restore(std::move(stored));
}

/// Our own archive says where in the snapshot the value stood; others get an exception.
template <class Archive>
[[noreturn]] void refuse_loaded_value(const Archive& archive, const char* what) {
    if constexpr (std::same_as<Archive, LoadingArchive>) {
        archive.refuse(what);
    } else {
        throw std::invalid_argument(std::string("archive holds an impossible ") + what);
    }
}

}  // namespace detail

template <class Archive>
void serialize(Archive& archive, Code& code, unsigned) {
    detail::serialize_as(archive, "code", to_text(code), [&](const std::string& text) {
        const auto parsed = Code::parse(text);
        if (!text.empty() && !parsed) detail::refuse_loaded_value(archive, "area code");
        code = parsed.value_or(Code());
    });
}

template <class Archive>
void serialize(Archive& archive, Day& day, unsigned) {
    detail::serialize_as(archive, "day", std::int32_t{day.number()}, [&](std::int32_t number) {
        constexpr std::int32_t first = -719162;  // 0001-01-01
        constexpr std::int32_t last = 2932896;   // 9999-12-31
        if (number < first || number > last) detail::refuse_loaded_value(archive, "day");
        day = Day(std::chrono::sys_days(std::chrono::days(number)));
    });
}

template <class Archive>
void serialize(Archive& archive, WorkDays& days, unsigned) {
    detail::serialize_as(archive, "days", std::int64_t{days.count()},
                         [&](std::int64_t count) { days = WorkDays(count); });
}

template <class Archive>
void serialize(Archive& archive, Money& money, unsigned) {
    detail::serialize_as(archive, "fen", std::int64_t{money.fen()}, [&](std::int64_t fen) { money = Money(fen); });
}

template <class Archive>
void serialize(Archive& archive, Period& period, unsigned) {
    archive& boost::serialization::make_nvp("from", period.from);
    archive& boost::serialization::make_nvp("to", period.to);
}

template <class Archive>
void serialize(Archive& archive, Reference& reference, unsigned) {
    archive& boost::serialization::make_nvp("noun", reference.noun);
    archive& boost::serialization::make_nvp("id", reference.id);
}

template <class Archive>
void serialize(Archive& archive, Fingerprint& fingerprint, unsigned) {
    for (std::uint8_t& byte : fingerprint.bytes)
        archive& boost::serialization::make_nvp("byte", byte);
}

namespace detail {

/// Boost 1.74 knows no `std::optional` and no `ById`: both travel as plain lists.
template <class Archive, class T>
void serialize_member(Archive& archive, const char* name, T& value) {
    archive& boost::serialization::make_nvp(name, value);
}
template <class Archive, class T>
void serialize_member(Archive& archive, const char* name, std::optional<T>& value) {
    if constexpr (std::same_as<Archive, SavingArchive> || std::same_as<Archive, LoadingArchive>) {
        archive& boost::serialization::make_nvp(name, value);
    } else if constexpr (Archive::is_saving::value) {
        std::vector<T> stored;
        if (value) stored.push_back(*value);
        archive& boost::serialization::make_nvp(name, stored);
    } else {
        std::vector<T> stored;
        archive& boost::serialization::make_nvp(name, stored);
        if (stored.size() > 1) refuse_loaded_value(archive, "optional value");
        value = stored.empty() ? std::nullopt : std::optional<T>(stored.front());
    }
}
template <class Archive, class I, class T>
void serialize_member(Archive& archive, const char* name, ById<I, T>& value) {
    archive& boost::serialization::make_nvp(name, value.rows());
}
template <class Archive, class Value>
void serialize_member(Archive& archive, const char* name, std::map<std::string, Value>& value) {
    std::vector<std::string> keys;
    std::vector<Value> values;
    if constexpr (Archive::is_saving::value) {
        for (const auto& [key, number] : value) {
            keys.push_back(key);
            values.push_back(number);
        }
    }
    archive& boost::serialization::make_nvp((std::string(name) + "_keys").c_str(), keys);
    archive& boost::serialization::make_nvp(name, values);
    if constexpr (Archive::is_loading::value) {
        if (keys.size() != values.size()) refuse_loaded_value(archive, "map");
        value.clear();
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (!value.emplace(keys[i], values[i]).second) refuse_loaded_value(archive, "map");
        }
    }
}

}  // namespace detail

namespace detail {

/// Whether the archive knows what snapshots hold since 1.`minor`.
template <class Archive>
bool holds_since([[maybe_unused]] const Archive& archive, [[maybe_unused]] std::uint16_t minor) {
    if constexpr (std::same_as<Archive, LoadingArchive>) return archive.version().minor >= minor;
    return true;
}

/// Younger columns came with snapshots 1.3.
template <class Archive, TableRow Row>
void serialize_fields(Archive& archive, Row& row) {
    for_each_field<Row>([&](const auto& field) {
        if (field.is_younger && !holds_since(archive, 3)) return;
        serialize_member(archive, std::string(field.name).c_str(), row.*field.member);
    });
}

}  // namespace detail

// Every row of a table, every rule and the weights, by their descriptions; each by its name, since one
// constrained template for all is ambiguous with Boost's own under clang.
template <class Archive>
void serialize(Archive& archive, Rule& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, FitWeights& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, County& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Sender& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Pairing& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, School& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Post& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Expert& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Teacher& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Mentorship& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Goal& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Indicator& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Task& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Link& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, CalendarDay& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Term& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Influence& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Quota& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Decision& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Distance& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Coupling& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Posting& row, unsigned) {
    detail::serialize_fields(archive, row);
}
template <class Archive>
void serialize(Archive& archive, Fact& row, unsigned) {
    detail::serialize_fields(archive, row);
}

/// What a snapshot is too old to hold is as in a draft that does not state it.
template <class Archive>
void serialize(Archive& archive, Draft& draft, unsigned) {
    detail::serialize_member(archive, "name", draft.name);
    detail::serialize_member(archive, "version", draft.version);
    detail::serialize_member(archive, "period", draft.period);
    detail::serialize_member(archive, "rules", draft.rules);
    detail::serialize_member(archive, "weights", draft.weights);
    if (detail::holds_since(archive, 1)) detail::serialize_member(archive, "objective", draft.objective);
    for_each_table(draft, [&](auto& rows) {
        using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
        constexpr int since = std::same_as<Row, Coupling> ? 4 : std::same_as<Row, Distance> ? 2 : 1;
        if (is_younger_table<Row> && !detail::holds_since(archive, since)) return;
        detail::serialize_member(archive, std::string(Table<Row>::name).c_str(), rows);
    });
}

}  // namespace countyplan

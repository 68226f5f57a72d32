// How the canonical tables become a fingerprint.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>

#include <countyplan/plan/draft.hpp>
#include <countyplan/plan/fingerprint.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

COUNTYPLAN_INLINE Fingerprint fingerprint_of(std::string_view bytes) {
    static constexpr boost::uuids::uuid space = {
        {0x6f, 0x1d, 0x5b, 0x0a, 0x3c, 0x7e, 0x4b, 0x52, 0x9a, 0x41, 0x8e, 0x27, 0xd0, 0x66, 0xf3, 0x19}};
    boost::uuids::name_generator_sha1 generate(space);
    const boost::uuids::uuid id = generate(bytes.data(), bytes.size());
    Fingerprint out;
    std::copy(id.begin(), id.end(), out.bytes.begin());
    return out;
}

namespace detail {

/// Length before text, so that no two lists of texts are written alike.
inline void append_measured(std::string& out, std::string_view text) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), text.size());
    out.append(digits.data(), end.ptr);
    out += ':';
    out += text;
}

template <class Rows>
std::string canonical_table(const Rows& rows) {
    using Row = typename Rows::value_type;
    std::string out;
    append_measured(out, Table<Row>::name);
    const WrittenColumns<Row> columns(rows);
    columns.for_each([&](const auto& field) { append_measured(out, field.name); });
    append_measured(out, std::to_string(rows.size()));
    for (const Row& row : rows) {
        columns.for_each([&](const auto& field) {
            const auto& value = row.*field.member;
            if constexpr (std::same_as<std::remove_cvref_t<decltype(value)>, std::string>) {
                append_measured(out, value);
            } else {
                append_measured(out, value_text(value));
            }
        });
    }
    return out;
}

inline std::string canonical_header(const Draft& draft) {
    std::string out;
    for (const std::string& text : {draft.name, draft.version, to_text(draft.period.from), to_text(draft.period.to)}) {
        append_measured(out, text);
    }
    const FitWeights& w = draft.weights;
    for (const std::int64_t weight :
         {w.qualification, w.role, w.subject, w.seniority, w.pairing, w.distance, w.wish, w.continuity}) {
        append_measured(out, std::to_string(weight));
    }
    append_measured(out, std::to_string(draft.rules.size()));
    for (const Rule& rule : draft.rules) {
        for (const std::string& text : {rule.id, value_text(rule.kind), rule.clause, rule.source, value_text(rule.from),
                                        value_text(rule.to), value_text(rule.severity)}) {
            append_measured(out, text);
        }
        append_measured(out, std::to_string(rule.parameters.size()));
        for (const auto& [key, value] : rule.parameters) {
            append_measured(out, key);
            append_measured(out, std::to_string(value));
        }
    }
    // What younger plans may say counts only where it is said, so that the others keep their fingerprints.
    if (draft.objective != standard_objective()) append_measured(out, value_text(draft.objective));
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE Digests digests_of(const Draft& draft) {
    Digests out;
    std::string plan = to_text(fingerprint_of(detail::canonical_header(draft)));
    for_each_table(draft, [&](const auto& rows) {
        using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
        const Fingerprint table = fingerprint_of(detail::canonical_table(rows));
        if constexpr (std::same_as<Row, Posting>) {
            out.staffing = table;
        } else if constexpr (std::same_as<Row, Fact>) {
            out.ledger = table;
        } else if (!(is_younger_table<Row> && rows.empty())) {
            plan += to_text(table);
        }
    });
    out.plan = fingerprint_of(plan);
    return out;
}

}  // namespace countyplan

// How the canonical tables become a fingerprint.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include <countyplan/plan/draft.hpp>
#include <countyplan/plan/fingerprint.hpp>
#include <countyplan/plan/impl/sha_1.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// The text of a fingerprint while it is being written.
class FingerprintText {
  public:
    FingerprintText() {
        static constexpr std::array<unsigned char, 16> space = {0x6f, 0x1d, 0x5b, 0x0a, 0x3c, 0x7e, 0x4b, 0x52,
                                                                0x9a, 0x41, 0x8e, 0x27, 0xd0, 0x66, 0xf3, 0x19};
        for (const unsigned char byte : space)
            held_ += static_cast<char>(byte);
    }

    /// Where more is to be appended. What stands there goes into the hash as soon as there is much of it.
    std::string& more() {
        if (held_.size() >= much) {
            hash_.add(held_);
            held_.clear();
        }
        return held_;
    }

    [[nodiscard]] Fingerprint take() {
        hash_.add(held_);
        const auto digest = hash_.finish();
        Fingerprint out;
        std::copy_n(digest.begin(), out.bytes.size(), out.bytes.begin());
        out.bytes[6] = static_cast<std::uint8_t>((out.bytes[6] & 0x0F) | 0x50);  // version 5
        out.bytes[8] = static_cast<std::uint8_t>((out.bytes[8] & 0x3F) | 0x80);  // the variant of RFC 4122
        return out;
    }

  private:
    static constexpr std::size_t much = 1 << 15;

    Sha1 hash_;
    std::string held_;
};

}  // namespace detail

COUNTYPLAN_INLINE Fingerprint fingerprint_of(std::string_view bytes) {
    detail::FingerprintText text;
    text.more() += bytes;
    return text.take();
}

namespace detail {

inline void append_measure(std::string& out, std::size_t size) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size);
    out.append(digits.data(), end.ptr);
    out += ':';
}

/// Length before text, so that no two lists of texts are written alike.
inline void append_measured(std::string& out, std::string_view text) {
    append_measure(out, text.size());
    out += text;
}

template <class T>
void append_value(std::string& out, const T& value) {
    if constexpr (std::same_as<T, std::string>) {
        append_measured(out, value);
    } else if constexpr (std::same_as<T, Reference>) {
        const std::string_view noun = name(value.noun);
        append_measure(out, noun.size() + 1 + value.id.size());
        out.append(noun).append(":").append(value.id);
    } else {
        append_measured(out, value_text(value));
    }
}

template <class Rows>
Fingerprint fingerprint_of_table(const Rows& rows) {
    using Row = typename Rows::value_type;
    FingerprintText text;
    append_measured(text.more(), Table<Row>::name);
    const WrittenColumns<Row> columns(rows);
    columns.for_each([&](const auto& field) { append_measured(text.more(), field.name); });
    append_measured(text.more(), std::to_string(rows.size()));
    for (const Row& row : rows) {
        std::string& out = text.more();
        columns.for_each([&](const auto& field) { append_value(out, row.*field.member); });
    }
    return text.take();
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
        const Fingerprint table = detail::fingerprint_of_table(rows);
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

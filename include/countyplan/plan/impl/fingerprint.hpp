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
#include <vector>

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
    FingerprintText() : held_(room) {
        static constexpr std::array<unsigned char, 16> space = {0x6f, 0x1d, 0x5b, 0x0a, 0x3c, 0x7e, 0x4b, 0x52,
                                                                0x9a, 0x41, 0x8e, 0x27, 0xd0, 0x66, 0xf3, 0x19};
        for (const unsigned char byte : space)
            held_[size_++] = static_cast<char>(byte);
    }

    void add(std::string_view text) {
        if (text.size() > room - size_) hash_held();
        if (text.size() > room) return hash_.add(text);
        std::copy(text.begin(), text.end(), held_.begin() + static_cast<std::ptrdiff_t>(size_));
        size_ += text.size();
    }

    /// Length before text, so that no two lists of texts are written alike.
    void add_measured(std::string_view text) {
        add_measure(text.size());
        add(text);
    }

    /// The length of a text that is added in parts.
    void add_measure(std::size_t size) {
        std::array<char, 21> digits{};
        char* const end = std::to_chars(digits.data(), digits.data() + 20, size).ptr;
        *end = ':';
        add({digits.data(), static_cast<std::size_t>(end + 1 - digits.data())});
    }

    [[nodiscard]] Fingerprint take() {
        hash_held();
        const auto digest = hash_.finish();
        Fingerprint out;
        std::copy_n(digest.begin(), out.bytes.size(), out.bytes.begin());
        out.bytes[6] = static_cast<std::uint8_t>((out.bytes[6] & 0x0F) | 0x50);  // version 5
        out.bytes[8] = static_cast<std::uint8_t>((out.bytes[8] & 0x3F) | 0x80);  // the variant of RFC 4122
        return out;
    }

  private:
    static constexpr std::size_t room = 1 << 15;

    void hash_held() {
        hash_.add({held_.data(), size_});
        size_ = 0;
    }

    Sha1 hash_;
    std::vector<char> held_;
    std::size_t size_ = 0;
};

}  // namespace detail

COUNTYPLAN_INLINE Fingerprint fingerprint_of(std::string_view bytes) {
    detail::FingerprintText text;
    text.add(bytes);
    return text.take();
}

namespace detail {

template <class T>
void add_value(FingerprintText& out, const T& value) {
    if constexpr (std::same_as<T, std::string>) {
        out.add_measured(value);
    } else if constexpr (std::same_as<T, Reference>) {
        const std::string_view noun = name(value.noun);
        out.add_measure(noun.size() + 1 + value.id.size());
        out.add(noun);
        out.add(":");
        out.add(value.id);
    } else {
        out.add_measured(value_text(value));
    }
}

template <class Rows>
Fingerprint fingerprint_of_table(const Rows& rows) {
    using Row = typename Rows::value_type;
    FingerprintText out;
    out.add_measured(Table<Row>::name);
    const WrittenColumns<Row> columns(rows);
    columns.for_each([&](const auto& field) { out.add_measured(field.name); });
    out.add_measured(std::to_string(rows.size()));
    for (const Row& row : rows)
        columns.for_each([&](const auto& field) { add_value(out, row.*field.member); });
    return out.take();
}

inline Fingerprint fingerprint_of_header(const Draft& draft) {
    FingerprintText out;
    for (const std::string& text : {draft.name, draft.version, to_text(draft.period.from), to_text(draft.period.to)}) {
        out.add_measured(text);
    }
    const FitWeights& w = draft.weights;
    for (const std::int64_t weight :
         {w.qualification, w.role, w.subject, w.seniority, w.pairing, w.distance, w.wish, w.continuity}) {
        out.add_measured(std::to_string(weight));
    }
    out.add_measured(std::to_string(draft.rules.size()));
    for (const Rule& rule : draft.rules) {
        for (const std::string& text : {rule.id, value_text(rule.kind), rule.clause, rule.source, value_text(rule.from),
                                        value_text(rule.to), value_text(rule.severity)}) {
            out.add_measured(text);
        }
        out.add_measured(std::to_string(rule.parameters.size()));
        for (const auto& [key, value] : rule.parameters) {
            out.add_measured(key);
            out.add_measured(std::to_string(value));
        }
    }
    // What younger plans may say counts only where it is said, so that the others keep their fingerprints.
    if (draft.objective != standard_objective()) out.add_measured(value_text(draft.objective));
    return out.take();
}

}  // namespace detail

COUNTYPLAN_INLINE Digests digests_of(const Draft& draft) {
    Digests out;
    std::string plan = to_text(detail::fingerprint_of_header(draft));
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

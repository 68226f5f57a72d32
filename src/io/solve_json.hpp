// How do the parts of a struct become members of a JSON object, and come back?
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <countyplan/io/json.hpp>
#include <countyplan/io/problem_messages.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/proof/int128.hpp>

#include "exact_number.hpp"
#include "member_reader.hpp"
#include "solve_fields.hpp"

namespace countyplan::detail {

template <class T>
concept WholeNumber = std::integral<T> && !std::same_as<T, bool>;

/// A struct that is an object within another.
template <class T>
concept WithParts = std::same_as<T, NestedQuotas> || std::same_as<T, LeximinLevel>;

/// Writes members of the object that is open.
class PartWriter {
  public:
    explicit PartWriter(JsonWriter& writer) : writer_(writer) {}

    template <class T>
    void operator()(const Part& part, const T& value) {
        writer_.key(part.name);
        write(part, value);
    }

  private:
    template <WholeNumber T>
    void write(const Part& part, T value) {
        if (part.null_means && std::cmp_equal(*part.null_means, value)) {
            writer_.null();
        } else {
            writer_.integer(value);
        }
    }
    void write(const Part&, bool value) { writer_.boolean(value); }
    template <WithParts T>
    void write(const Part&, const T& value) {
        writer_.begin_object();
        for_each_part(value, *this);
        writer_.end_object();
    }
    void write(const Part&, const Int128& value) { writer_.number(to_text(value)); }
    template <NamedEnum E>
    void write(const Part&, E value) {
        writer_.text(name(value));
    }
    template <class T>
    void write(const Part& part, const std::vector<T>& values) {
        writer_.begin_array();
        for (const T& value : values)
            write(part, value);
        writer_.end_array();
    }
    template <class... Certificates>
    void write(const Part&, const std::variant<Certificates...>& certificate) {
        std::visit([this](const auto& proof) { this->write_proof(proof); }, certificate);
    }
    void write_proof(std::monostate) { writer_.null(); }
    template <class Proof>
    void write_proof(const Proof& proof) {
        writer_.begin_object();
        writer_.key("kind").text(certificate_name<Proof>);
        for_each_part(proof, *this);
        writer_.end_object();
    }

    JsonWriter& writer_;
};

/// Reads members of one object; `scale` multiplies costs.
class PartReader {
  public:
    PartReader(MemberReader& reader, const JsonValue& object, std::int64_t scale)
        : reader_(reader), object_(object), scale_(scale) {}

    template <class T>
    void operator()(const Part& part, T& out) {
        known_.push_back(part.name);
        const auto found = part.required ? reader_.member(object_, part.name) : object_.find(part.name);
        if (found) read(part, *found, out);
    }

    /// A member that the caller has read itself.
    void know(std::string_view name) { known_.push_back(name); }

    /// Complains of every member that none of the parts has.
    void refuse_others() {
        for (const JsonValue member : object_) {
            if (std::ranges::count(known_, member.key()) > 0) continue;
            reader_.complain(member, {message::unknown_member, {excerpt(member.key())}});
        }
    }

  private:
    template <WholeNumber T>
    void read(const Part& part, const JsonValue& value, T& out) {
        if (part.null_means && value.is_null()) {
            out = static_cast<T>(*part.null_means);
            return;
        }
        std::int64_t number = 0;
        if (part.is_cost && (value.kind() == JsonKind::decimal || scale_ != 1)) {
            if (!read_cost(value, number)) return;
        } else {
            constexpr bool is_small = std::numeric_limits<T>::max() < std::numeric_limits<std::int64_t>::max();
            constexpr std::int64_t low = std::is_unsigned_v<T> ? 0 : std::numeric_limits<std::int64_t>::min();
            constexpr std::int64_t high = is_small ? static_cast<std::int64_t>(std::numeric_limits<T>::max())
                                                   : std::numeric_limits<std::int64_t>::max();
            reader_.integer(value, number, low, high);
        }
        // null alone may mean the number that it stands for
        if (part.null_means && part.is_cost && number == *part.null_means) {
            reader_.complain(value, {message::number_range, {excerpt(value.text())}});
        }
        out = static_cast<T>(number);
    }
    bool read_cost(const JsonValue& value, std::int64_t& out) {
        if (value.kind() != JsonKind::decimal && !reader_.is(value, JsonKind::integer)) return false;
        const ExactNumber number = exact_number(value.text(), scale_);
        if (number.fault == NumberFault::none) {
            out = number.value;
            return true;
        }
        const std::string shown = excerpt(value.text().substr(0, 400));
        if (number.fault != NumberFault::not_whole) {
            reader_.complain(value, {message::number_range, {shown}}, message::expect_whole_number);
        } else if (scale_ == 1) {
            reader_.complain(value, {message::problem_not_whole, {shown}}, message::expect_whole_number,
                             message::problem_scale);
        } else {
            reader_.complain(value, {message::problem_still_not_whole, {shown, to_text(scale_)}},
                             message::expect_whole_number, message::problem_scale);
        }
        return false;
    }
    void read(const Part& part, const JsonValue&, bool& out) { reader_.value(object_, part.name, out); }
    template <WithParts T>
    void read(const Part&, const JsonValue& value, T& out) {
        if (!reader_.is(value, JsonKind::object)) return;
        PartReader parts(reader_, value, scale_);
        for_each_part(out, parts);
        parts.refuse_others();
    }
    void read(const Part&, const JsonValue& value, Int128& out) { reader_.exact(value, out); }
    template <NamedEnum E>
    void read(const Part& part, const JsonValue&, E& out) {
        reader_.value(object_, part.name, out);
    }
    template <class T>
    void read(const Part& part, const JsonValue& value, std::vector<T>& out) {
        if (!reader_.is(value, JsonKind::array)) return;
        out.clear();
        out.reserve(value.size());
        for (const JsonValue element : value) {
            if (reader_.full()) return;
            read(part, element, out.emplace_back());
        }
    }
    template <class... Certificates>
    void read(const Part&, const JsonValue& value, std::variant<Certificates...>& out) {
        constexpr bool may_be_none = (std::same_as<Certificates, std::monostate> || ...);
        if (may_be_none && value.is_null()) return;
        if (!reader_.is(value, JsonKind::object)) return;
        const auto kind = reader_.member(value, "kind", JsonKind::text);
        if (!kind) return;
        const bool is_known = (read_proof<Certificates>(value, kind->text(), out) || ...);
        if (is_known) return;
        std::string expected;
        for (const std::string_view name : {certificate_name<Certificates>...}) {
            if (!name.empty()) expected += (expected.empty() ? "" : ", ") + std::string(name);
        }
        reader_.complain(*kind, {message::certificate_wrong_type, {excerpt(kind->text()), expected}});
    }
    template <class Proof, class Certificate>
    bool read_proof(const JsonValue& value, std::string_view kind, Certificate& out) {
        if constexpr (std::same_as<Proof, std::monostate>) {
            return false;
        } else {
            if (kind != certificate_name<Proof>) return false;
            Proof proof;
            PartReader parts(reader_, value, 1);
            parts.know("kind");
            for_each_part(proof, parts);
            parts.refuse_others();
            out = std::move(proof);
            return true;
        }
    }

    MemberReader& reader_;
    const JsonValue& object_;
    std::int64_t scale_;
    std::vector<std::string_view> known_;
};

}  // namespace countyplan::detail

// Bodies of io/archive.hpp.
#pragma once

#include <algorithm>

#include <countyplan/io/archive.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

static_assert(sizeof(std::size_t) == 8 && sizeof(int) == 4 && sizeof(double) == 8 &&
                  std::numeric_limits<double>::is_iec559,
              "snapshots need a 64-bit system with IEEE 754 doubles");

template <std::unsigned_integral U>
void SavingArchive::put(U value) {
    char out[sizeof(U)];
    for (std::size_t i = 0; i < sizeof(U); ++i) {
        out[i] = static_cast<char>(static_cast<unsigned char>((value >> (8 * i)) & 0xFFU));
    }
    bytes_.append(out, sizeof(U));
}

template <class T>
SavingArchive& SavingArchive::operator<<(const T& value) {
    static_assert(!std::is_pointer_v<T>, "snapshots hold values, not pointers");
    static_assert(!std::is_same_v<T, float> && !std::is_same_v<T, long double>, "use double");
    if constexpr (std::is_same_v<T, bool>) {
        put(static_cast<std::uint8_t>(value ? 1 : 0));
    } else if constexpr (std::is_enum_v<T>) {
        static_assert(NamedEnum<T> && enumerator_count<T> <= 256, "an enum needs its table of names beside it");
        put(static_cast<std::uint8_t>(value));
    } else if constexpr (std::is_same_v<T, double>) {
        put(std::bit_cast<std::uint64_t>(value));
    } else if constexpr (std::is_integral_v<T>) {
        put(static_cast<std::make_unsigned_t<T>>(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
        detail::expect_archivable(value, bytes_.size(), limits_);
        put(std::uint64_t{value.size()});
        bytes_ += value;
    } else if constexpr (detail::is_archive_id<T>) {
        put(value ? static_cast<std::uint32_t>(value.value()) : std::numeric_limits<std::uint32_t>::max());
    } else if constexpr (detail::is_archive_optional<T>) {
        put(static_cast<std::uint8_t>(value.has_value() ? 1 : 0));
        if (value) *this << *value;
    } else if constexpr (detail::is_archive_vector<T>) {
        put(std::uint64_t{value.size()});
        for (const typename T::value_type& element : value)
            *this << element;
    } else if constexpr (detail::is_archive_by_id<T>) {
        *this << value.rows();
    } else if constexpr (detail::is_archive_array<T>) {
        for (const auto& element : value)
            *this << element;
    } else if constexpr (detail::is_archive_pair<T>) {
        *this << value.first << value.second;
    } else if constexpr (requires {
                             value.const_value();
                             value.name();
                         }) {
        *this << value.const_value();  // a Boost named pair
    } else {
        // Boost's saving archives, too, call the one serialize function of both directions
        boost::serialization::serialize_adl(*this, const_cast<T&>(value), boost::serialization::version<T>::value);
    }
    return *this;
}

template <std::unsigned_integral U>
U LoadingArchive::get() {
    if (remaining() < sizeof(U)) detail::refuse_archive(message::archive_ends_early, at_, {});
    U value = 0;
    for (std::size_t i = 0; i < sizeof(U); ++i) {
        const auto byte = static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[at_ + i]));
        value = static_cast<U>(value | static_cast<U>(byte << (8 * i)));
    }
    at_ += sizeof(U);
    return value;
}

template <class Reference>
LoadingArchive& LoadingArchive::operator>>(Reference&& value) {
    using T = std::remove_cvref_t<Reference>;
    static_assert(!std::is_pointer_v<T>, "snapshots hold values, not pointers");
    if constexpr (std::is_same_v<T, bool>) {
        const auto byte = get<std::uint8_t>();
        if (byte > 1) refuse(to_text(unsigned{byte}));
        value = byte == 1;
    } else if constexpr (std::is_enum_v<T>) {
        static_assert(NamedEnum<T> && enumerator_count<T> <= 256, "an enum needs its table of names beside it");
        const auto byte = get<std::uint8_t>();
        if (byte >= enumerator_count<T>) refuse(to_text(unsigned{byte}));
        value = static_cast<T>(byte);
    } else if constexpr (std::is_same_v<T, double>) {
        value = std::bit_cast<double>(get<std::uint64_t>());
    } else if constexpr (std::is_integral_v<T>) {
        value = static_cast<T>(get<std::make_unsigned_t<T>>());
    } else if constexpr (std::is_same_v<T, std::string>) {
        const std::size_t size = get_count(1);
        detail::expect_archivable(bytes_.substr(at_, size), at_, limits_);
        value.assign(bytes_.substr(at_, size));
        at_ += size;
    } else if constexpr (detail::is_archive_id<T>) {
        const auto number = get<std::uint32_t>();
        value = number == std::numeric_limits<std::uint32_t>::max() ? T() : T(number);
    } else if constexpr (detail::is_archive_optional<T>) {
        bool present = false;
        *this >> present;
        value.reset();
        if (present) *this >> value.emplace();
    } else if constexpr (detail::is_archive_vector<T>) {
        using Element = typename T::value_type;
        const std::size_t count = get_count(detail::smallest_record<Element>());
        value.clear();
        // the count is not believed: what is kept ready is no larger than what is left, then it grows by doubling
        value.reserve(std::min(count, remaining() / sizeof(Element)));
        for (std::size_t i = 0; i < count; ++i) {
            if constexpr (std::is_same_v<Element, bool>) {
                bool element = false;
                *this >> element;
                value.push_back(element);
            } else {
                *this >> value.emplace_back();
            }
        }
    } else if constexpr (detail::is_archive_by_id<T>) {
        *this >> value.rows();
    } else if constexpr (detail::is_archive_array<T>) {
        for (auto& element : value)
            *this >> element;
    } else if constexpr (detail::is_archive_pair<T>) {
        *this >> value.first >> value.second;
    } else if constexpr (requires {
                             value.const_value();
                             value.name();
                         }) {
        *this >> value.value();  // a Boost named pair
    } else {
        boost::serialization::serialize_adl(*this, value, boost::serialization::version<T>::value);
    }
    return *this;
}

}  // namespace countyplan

// How does a value become a sealed snapshot, and come back only if every byte is as it was?
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/mpl/bool.hpp>
#include <boost/serialization/nvp.hpp>
#include <boost/serialization/serialization.hpp>
#include <boost/serialization/version.hpp>

#include <countyplan/io/flaw.hpp>
#include <countyplan/io/limits.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

/// What a snapshot holds. New kinds are added at the end; the number is in the file.
enum class SnapshotKind { draft, staffing, allocation, tracking };

template <>
struct Enumerators<SnapshotKind> {
    static constexpr MessageText words[] = {
        {"draft", "方案草稿", "draft plan"},
        {"staffing", "人员安排", "staffing"},
        {"allocation", "配置结果", "allocation result"},
        {"tracking", "进度结果", "tracking result"},
    };
};

/// The version of the payload's layout. Readers take the same major and no newer minor.
/// 1.1: drafts with an objective, quotas and decisions; 1.2: and distances; 1.3: and maximum lags;
/// 1.4: and couplings.
struct SnapshotVersion {
    std::uint16_t major = 1;
    std::uint16_t minor = 4;

    friend auto operator<=>(const SnapshotVersion&, const SnapshotVersion&) = default;
};

/// magic(8) | kind u16 | major u16 | minor u16 | flags u16 | payload size u64 | payload | CRC-32C u32,
/// all little-endian; the checksum covers every byte before it.
[[nodiscard]] std::string seal(SnapshotKind kind, std::string_view payload, SnapshotVersion version = {});

struct OpenedSnapshot {
    std::string_view payload;  ///< a view into the bytes that were opened
    SnapshotVersion version;
};

/// Opens what `seal` made. Throws `RefusedInput`: `empty_input`, `not_a_snapshot` (naming what it looks like),
/// `corrupt_archive`, `unsupported_version` (both named), `unsupported_flags`, `wrong_archive_kind`.
[[nodiscard]] OpenedSnapshot open_snapshot(SnapshotKind kind, std::string_view bytes);

/// CRC-32C (Castagnoli), the checksum of the envelope; against accident, not against intent.
[[nodiscard]] std::uint32_t crc_32c(std::string_view bytes, std::uint32_t so_far = 0);

namespace detail {

[[noreturn]] void refuse_archive(const MessageText& row, std::size_t offset, std::string value);
void expect_archivable(std::string_view text, std::size_t offset, const Limits& limits);

template <class T>
inline constexpr bool is_archive_optional = false;
template <class T>
inline constexpr bool is_archive_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_archive_vector = false;
template <class T>
inline constexpr bool is_archive_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_archive_array = false;
template <class T, std::size_t n>
inline constexpr bool is_archive_array<std::array<T, n>> = true;
template <class T>
inline constexpr bool is_archive_pair = false;
template <class A, class B>
inline constexpr bool is_archive_pair<std::pair<A, B>> = true;
template <class T>
inline constexpr bool is_archive_by_id = false;
template <class I, class T>
inline constexpr bool is_archive_by_id<ById<I, T>> = true;
template <class T>
inline constexpr bool is_archive_id = false;
template <class Tag>
inline constexpr bool is_archive_id<Id<Tag>> = true;
template <class T>
inline constexpr bool is_archive_nvp = false;
template <class T>
inline constexpr bool is_archive_nvp<boost::serialization::nvp<T>> = true;

/// The fewest bytes that any value of the type takes: what a count is held against.
template <class T>
[[nodiscard]] constexpr std::size_t smallest_record() {
    if constexpr (std::is_same_v<T, bool> || std::is_enum_v<T>) {
        return 1;
    } else if constexpr (std::is_arithmetic_v<T>) {
        return sizeof(T);
    } else if constexpr (is_archive_id<T>) {
        return 4;
    } else if constexpr (std::is_same_v<T, std::string> || is_archive_vector<T> || is_archive_by_id<T>) {
        return 8;
    } else {
        return 1;
    }
}

}  // namespace detail

/// Writes values for `seal`; models Boost.Serialization's saving archive, so that one `serialize`
/// function serves this and every Boost archive. No pointers, no polymorphism, no tracking.
/// Takes integers, double, bool, enums with a table of names, UTF-8 strings, optional, vector, array,
/// pair, `Id`, `ById`, named pairs, and every class with a `serialize` function.
class SavingArchive {
  public:
    using is_saving = boost::mpl::bool_<true>;
    using is_loading = boost::mpl::bool_<false>;

    explicit SavingArchive(const Limits& limits = {}) : limits_(limits) {}

    template <class T>
    SavingArchive& operator<<(const T& value);
    template <class T>
    SavingArchive& operator&(const T& value) {
        return *this << value;
    }

    template <class T>
    void register_type(const T* = nullptr) {}
    [[nodiscard]] unsigned library_version() const { return 0; }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

  private:
    template <std::unsigned_integral U>
    void put(U value);

    Limits limits_;
    std::string bytes_;
};

/// Reads what a `SavingArchive` wrote, from bytes that may be anything: every count is held against
/// the bytes that are left, storage grows only as values arrive, enums, bools and strings are checked.
/// Throws `RefusedInput` with `corrupt_archive`; whatever was being loaded is then unspecified.
class LoadingArchive {
  public:
    using is_saving = boost::mpl::bool_<false>;
    using is_loading = boost::mpl::bool_<true>;

    /// The bytes must outlive the archive.
    explicit LoadingArchive(std::string_view bytes, SnapshotVersion version = {}, const Limits& limits = {})
        : bytes_(bytes), version_(version), limits_(limits) {}

    template <class T>
    LoadingArchive& operator>>(T&& value);
    template <class T>
    LoadingArchive& operator&(T&& value) {
        return *this >> std::forward<T>(value);
    }

    template <class T>
    void register_type(const T* = nullptr) {}
    [[nodiscard]] unsigned library_version() const { return 0; }
    /// The version of the snapshot, for `serialize` functions that migrate older ones.
    [[nodiscard]] SnapshotVersion version() const { return version_; }
    [[nodiscard]] std::size_t remaining() const { return bytes_.size() - at_; }
    /// Refuses the value just read; for `serialize` functions that know more than its type.
    [[noreturn]] void refuse(std::string what) const;
    /// Throws unless every byte was read.
    void finish() const;

  private:
    template <std::unsigned_integral U>
    [[nodiscard]] U get();
    [[nodiscard]] std::size_t get_count(std::size_t smallest);

    std::string_view bytes_;
    std::size_t at_ = 0;
    SnapshotVersion version_;
    Limits limits_;
};

/// A whole snapshot of `value`.
template <class T>
[[nodiscard]] std::string save_snapshot(SnapshotKind kind, const T& value, const Limits& limits = {}) {
    SavingArchive archive(limits);
    archive << value;
    return seal(kind, archive.bytes());
}

/// The value in a snapshot; throws `RefusedInput`. What it says is not checked beyond its types: a
/// draft still goes through `check`.
template <class T>
[[nodiscard]] T load_snapshot(SnapshotKind kind, std::string_view bytes, const Limits& limits = {}) {
    const OpenedSnapshot opened = open_snapshot(kind, bytes);
    LoadingArchive archive(opened.payload, opened.version, limits);
    T value{};
    archive >> value;
    archive.finish();
    return value;
}

}  // namespace countyplan

#include <countyplan/io/impl/archive.hpp>  // IWYU pragma: keep

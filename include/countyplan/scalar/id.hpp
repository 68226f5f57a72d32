// Which school is meant, as a number that cannot be mistaken for an expert's?
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <ranges>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>

namespace countyplan {

/// The position of a `Tag` in its table: 0, 1, 2 …  Explicit, ordered, hashable, no arithmetic.
/// Default-constructed it is `none` and refers to nothing.
template <class Tag>
class Id {
  public:
    constexpr Id() = default;
    explicit constexpr Id(std::size_t value) : value_(static_cast<std::uint32_t>(value)) {
        COUNTYPLAN_EXPECT(value < none_value, "an id must be below 2^32 - 1");
    }

    [[nodiscard]] constexpr std::size_t value() const { return value_; }
    /// Whether the id refers to anything.
    [[nodiscard]] explicit constexpr operator bool() const { return value_ != none_value; }

    friend constexpr auto operator<=>(Id, Id) = default;

  private:
    static constexpr std::uint32_t none_value = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t value_ = none_value;
};

/// A dense table indexed by one kind of id and by nothing else. A regular value.
template <class I, class T>
class ById {
  public:
    using value_type = T;

    ById() = default;
    explicit ById(std::size_t size, const T& value = T()) : rows_(size, value) {}
    explicit ById(std::vector<T> rows) : rows_(std::move(rows)) {}

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    [[nodiscard]] bool contains(I id) const { return id.value() < rows_.size(); }

    /// Undefined unless `contains(id)`; `logic_error` where `COUNTYPLAN_CHECKED` is set.
    [[nodiscard]] decltype(auto) operator[](I id) {
        COUNTYPLAN_EXPECT(contains(id), "id out of range");
        return rows_[id.value()];
    }
    [[nodiscard]] decltype(auto) operator[](I id) const {
        COUNTYPLAN_EXPECT(contains(id), "id out of range");
        return rows_[id.value()];
    }

    /// Appends a row and returns its id.
    I push_back(T row) {
        rows_.push_back(std::move(row));
        return I(rows_.size() - 1);
    }
    void reserve(std::size_t size) { rows_.reserve(size); }
    void clear() { rows_.clear(); }

    /// All ids in order.
    [[nodiscard]] auto ids() const {
        return std::views::iota(std::size_t{0}, rows_.size()) |
               std::views::transform([](std::size_t value) { return I(value); });
    }
    /// The rows in id order, for algorithms that want a range. The id of a row is its position.
    [[nodiscard]] const std::vector<T>& rows() const { return rows_; }
    [[nodiscard]] std::vector<T>& rows() { return rows_; }

    [[nodiscard]] auto begin() { return rows_.begin(); }
    [[nodiscard]] auto end() { return rows_.end(); }
    [[nodiscard]] auto begin() const { return rows_.begin(); }
    [[nodiscard]] auto end() const { return rows_.end(); }

    friend bool operator==(const ById&, const ById&) = default;

  private:
    std::vector<T> rows_;
};

}  // namespace countyplan

template <class Tag>
struct std::hash<countyplan::Id<Tag>> {
    [[nodiscard]] std::size_t operator()(countyplan::Id<Tag> id) const noexcept {
        return std::hash<std::size_t>{}(id.value());
    }
};

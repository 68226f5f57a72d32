// The indices of earned value and earned schedule, and the forecasts that rest on them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include <countyplan/scalar/money.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/track/earned_value.hpp>

namespace countyplan {

namespace detail {

using MaybeValue = std::optional<double>;

inline MaybeValue value_ratio(MaybeValue top, MaybeValue bottom) {
    if (!top || !bottom || *bottom == 0.0) return std::nullopt;
    return *top / *bottom + 0.0;
}

inline MaybeValue value_product(MaybeValue a, MaybeValue b) {
    if (!a || !b) return std::nullopt;
    return *a * *b;
}

/// 0.8 a + 0.2 b.
inline MaybeValue value_blend(MaybeValue a, MaybeValue b) {
    if (!a || !b) return std::nullopt;
    return 0.8 * *a + 0.2 * *b;
}

/// The difference of two sums, exactly, then as a double.
inline double value_gap(std::int64_t a, std::int64_t b) { return static_cast<double>(int128{a} - b); }

/// SPI(t) alone.
inline MaybeValue time_index(const ValueSums& sums) {
    if (!sums.earned_schedule) return std::nullopt;
    return value_ratio(sums.earned_schedule->value(), static_cast<double>(sums.actual_time));
}

inline void forecast_cost(const ValueSums& sums, ValueIndices& out) {
    if (!sums.actual) return;
    const auto spent = static_cast<double>(*sums.actual);
    const auto by = [&](CostForecastBy how, MaybeValue index) {
        const MaybeValue rest = value_ratio(value_gap(sums.budget, sums.earned), index);
        if (!rest) return;
        CostForecast& forecast = out.cost[static_cast<std::size_t>(how)];
        forecast.to_complete = *rest;
        forecast.at_completion = spent + *rest;
        forecast.variance = static_cast<double>(sums.budget) - *forecast.at_completion;
    };
    by(CostForecastBy::plan, 1.0);
    by(CostForecastBy::cpi, out.cpi);
    by(CostForecastBy::spi, out.spi);
    by(CostForecastBy::spi_t, out.spi_t);
    by(CostForecastBy::sci, out.sci);
    by(CostForecastBy::sci_t, out.sci_t);
    by(CostForecastBy::cpi_spi, value_blend(out.cpi, out.spi));
    by(CostForecastBy::cpi_spi_t, value_blend(out.cpi, out.spi_t));
}

inline void forecast_duration(const ValueSums& sums, ValueIndices& out) {
    const auto now = static_cast<double>(sums.actual_time);
    const auto planned = static_cast<double>(sums.planned_duration);
    const auto set = [&](TimeForecastBy how, MaybeValue forecast) {
        out.duration[static_cast<std::size_t>(how)] = forecast;
    };
    const auto from_now = [&](MaybeValue rest) { return rest ? MaybeValue(now + *rest) : std::nullopt; };
    const MaybeValue lost = value_ratio(value_product(static_cast<double>(out.schedule_variance), planned),
                                        static_cast<double>(sums.budget));
    set(TimeForecastBy::planned_value, lost ? MaybeValue(planned - *lost) : std::nullopt);
    set(TimeForecastBy::planned_value_spi, value_ratio(planned, out.spi));
    set(TimeForecastBy::planned_value_sci, value_ratio(planned, out.sci));
    if (const MaybeValue done = value_product(now, out.spi)) {
        const double left = std::max(planned, now) - *done;
        set(TimeForecastBy::earned_duration, now + left);
        set(TimeForecastBy::earned_duration_spi, from_now(value_ratio(left, out.spi)));
        set(TimeForecastBy::earned_duration_sci, from_now(value_ratio(left, out.sci)));
    }
    if (sums.earned_schedule) {
        const double left = planned - sums.earned_schedule->value();
        set(TimeForecastBy::earned_schedule, now + left);
        set(TimeForecastBy::earned_schedule_spi_t, from_now(value_ratio(left, out.spi_t)));
        set(TimeForecastBy::earned_schedule_sci_t, from_now(value_ratio(left, out.sci_t)));
    }
}

}  // namespace detail

COUNTYPLAN_INLINE ValueIndices value_indices(const ValueSums& sums) {
    ValueIndices out;
    const auto earned = static_cast<double>(sums.earned);
    out.schedule_variance = sums.earned - sums.planned;
    out.spi = detail::value_ratio(earned, static_cast<double>(sums.planned));
    if (sums.actual) {
        out.cost_variance = (Money(sums.earned) - Money(*sums.actual)).fen();
        out.cpi = detail::value_ratio(earned, static_cast<double>(*sums.actual));
        out.tcpi = detail::value_ratio(detail::value_gap(sums.budget, sums.earned),
                                       detail::value_gap(sums.budget, *sums.actual));
    }
    out.sci = detail::value_product(out.spi, out.cpi);
    if (sums.earned_schedule) {
        const WorkTime& time = *sums.earned_schedule;
        const WorkTime ahead{time.days - sums.actual_time, time.part, time.of};
        const WorkTime done{time.days - sums.planned_duration, time.part, time.of};
        out.time_variance = ahead.value();
        out.spi_t = detail::time_index(sums);
        out.tspi_t = detail::value_ratio(-done.value(), static_cast<double>(sums.planned_duration - sums.actual_time));
    }
    out.sci_t = detail::value_product(out.spi_t, out.cpi);
    detail::forecast_cost(sums, out);
    detail::forecast_duration(sums, out);
    return out;
}

}  // namespace countyplan

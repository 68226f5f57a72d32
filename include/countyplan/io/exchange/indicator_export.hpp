// How are a plan's indicators given to IATI and to DHIS2?
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/track/ledger.hpp>

namespace countyplan {

enum class IndicatorFormat { iati, dhis2 };

template <>
struct Enumerators<IndicatorFormat> {
    static constexpr MessageText words[] = {{"iati", "IATI 2.03 成果", "IATI 2.03 results"},
                                            {"dhis2", "DHIS2 数据值", "DHIS2 data values"}};
};

/// By the end of the name: `.iati.xml`, `.dhis2.json`; nothing for another.
[[nodiscard]] std::optional<IndicatorFormat> indicator_format_of(std::string_view path);

struct IndicatorExportOptions {
    AsOf as_of{*Day::parse("9999-12-31"), *Day::parse("9999-12-31")};  ///< whatever the ledger holds
    std::string publisher{};  ///< IATI: the reporting organisation's identifier, such as `XM-DAC-730`; needed

    friend bool operator==(const IndicatorExportOptions&, const IndicatorExportOptions&) = default;
};

/// The bytes, and, as warnings, which indicators the format has no place for.
struct IndicatorWriting {
    std::string bytes{};
    Findings findings{};
};

/// IATI activity standard 2.03: one activity per county, one result per goal with indicators; of each its
/// measure, direction, baseline, target and the latest value as of a day; values of a school carry the
/// dimension `school`. Left out and listed: a baseline without a date (the standard wants its year).
[[nodiscard]] IndicatorWriting iati_results(const Plan& plan, const IndicatorExportOptions& options);

/// A DHIS2 `dataValueSets` payload: per indicator and month the last value as of a day. Data elements are
/// named by the indicator's id, organisation units by the school's id or the county's code, so it is
/// imported with `idScheme=CODE`.
[[nodiscard]] IndicatorWriting dhis2_data_values(const Plan& plan, const IndicatorExportOptions& options = {});

}  // namespace countyplan

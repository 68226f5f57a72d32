// Facts of a generated programme while they are being made.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/experiment/impl/frame.hpp>

namespace countyplan::detail {

/// The last day on which a generated fact may hold or be recorded.
inline constexpr std::int32_t facts_until = 20260228;

/// One thing that is reported, before it has an id.
struct Report {
    Day recorded{};
    bool proved = false;    ///< whether a document is named as evidence
    std::size_t order = 0;  ///< ties: as they were made
    Fact fact{};
    std::size_t corrects = SIZE_MAX;  ///< `order` of the report that this one retracts
};

/// Facts in the making; `write` numbers them in the order in which they became known.
class Reporter {
  public:
    void add(Day valid, std::int64_t delay, Reference subject, std::string_view field, std::string value,
             std::string_view source, bool proved, std::size_t corrects = SIZE_MAX) {
        Report report;
        report.recorded = std::min(valid + std::chrono::days(delay), day_of(facts_until));
        if (corrects != SIZE_MAX) {
            report.recorded = std::max(report.recorded, reports_[corrects].recorded);
            report.corrects = corrects;
        }
        report.order = reports_.size();
        report.proved = proved;
        report.fact.recorded_at = report.recorded;
        report.fact.valid_at = valid;
        report.fact.subject = std::move(subject);
        report.fact.field = field;
        report.fact.value = std::move(value);
        report.fact.source = source;
        reports_.push_back(std::move(report));
    }
    [[nodiscard]] std::size_t last() const { return reports_.size() - 1; }

    void write(Draft& draft) {
        std::vector<std::string> id_of(reports_.size());
        std::vector<std::size_t> order(reports_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, {}, [&](std::size_t at) { return reports_[at].recorded; });
        for (std::size_t k = 0; k < order.size(); ++k) {
            Report& report = reports_[order[k]];
            id_of[report.order] = "F" + padded(k + 1, 6);
            report.fact.id = id_of[report.order];
            if (report.corrects != SIZE_MAX) report.fact.retracts = id_of[report.corrects];
            if (report.proved) report.fact.evidence = "EX-" + report.fact.id;
            draft.ledger.push_back(std::move(report.fact));
        }
    }

  private:
    std::vector<Report> reports_;
};

}  // namespace countyplan::detail

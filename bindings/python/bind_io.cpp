#include <pybind11/stl.h>

#include <optional>
#include <string>
#include <utility>

#include <countyplan/io/exchange/indicator_export.hpp>
#include <countyplan/io/file.hpp>
#include <countyplan/io/html.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/report/portfolio.hpp>

#include "binders.hpp"
#include "convert.hpp"
#include "encoding.hpp"
#include "tracked.hpp"

namespace countyplan {

namespace {

ReadOptions read_options(const std::string& encoding, bool salvage) {
    return {.encoding = encoding_from(encoding), .damaged_log = salvage ? DamagedLog::salvaged : DamagedLog::refused};
}

py::list check_path(const std::string& path, const std::string& encoding, bool salvage) {
    Findings findings;
    {
        const py::gil_scoped_release released;
        findings = read_draft(path, read_options(encoding, salvage)).findings;
    }
    return finding_list(findings);
}

Plan read_plan_at(const std::string& path, const std::string& encoding, bool salvage) {
    const py::gil_scoped_release released;
    return read_plan(path, read_options(encoding, salvage));
}

/// The plan in a JSON document that the package made of columns.
Plan read_plan_text(const std::string& document) {
    const py::gil_scoped_release released;
    PlanReading reading = read_checked_json(document, "");
    if (!reading.plan) throw InvalidPlan(std::move(reading.findings));
    return *std::move(reading.plan);
}

void write_plan_at(const Plan& plan, const std::string& path, bool replace) {
    const py::gil_scoped_release released;
    write_plan(plan.rows(), path, replace ? Existing::replace : Existing::refuse);
}

/// The answer, and what is wrong with its form.
std::pair<AllocationReading, py::list> read_allocation_at(const std::string& path) {
    AllocationReading reading;
    {
        const py::gil_scoped_release released;
        reading = read_allocation(path);
    }
    py::list findings = finding_list(reading.findings);
    return {std::move(reading), std::move(findings)};
}

void write_allocation_at(const Plan& plan, const AllocationReading& answer, const std::string& path, bool replace,
                         Language language) {
    const py::gil_scoped_release released;
    save_directory(path, allocation_files(plan, answer.allocation, language),
                   replace ? Existing::replace : Existing::refuse, real_files(), allocation_file_names());
}

py::list write_indicators_at(const Plan& plan, const std::string& path, const std::string& format,
                             const py::object& valid, const py::object& recorded, const std::string& publisher,
                             bool replace) {
    IndicatorExportOptions options{.publisher = publisher};
    if (!valid.is_none()) options.as_of = {day_from(valid).value(), day_from(recorded).value()};
    IndicatorWriting writing;
    {
        const IndicatorFormat how = enumerator_from<IndicatorFormat>(format);
        const py::gil_scoped_release released;
        writing = how == IndicatorFormat::iati ? iati_results(plan, options) : dhis2_data_values(plan, options);
        save_file(path, writing.bytes, replace ? Existing::replace : Existing::refuse);
    }
    return finding_list(writing.findings);
}

py::object report_html(const Plan& plan, const AllocationReading* answer, const Tracked* tracked, Language language) {
    std::string page;
    {
        const py::gil_scoped_release released;
        page = html_page(portfolio(plan, answer == nullptr ? nullptr : &answer->allocation,
                                   tracked == nullptr ? nullptr : &tracked->tracking, plan.warnings()),
                         language);
    }
    return to_python(page);
}

}  // namespace

void bind_io(py::module_& module) {
    module.def("check_path", &check_path);
    module.def("read_plan", &read_plan_at);
    module.def("read_plan_text", &read_plan_text);
    module.def("write_plan", &write_plan_at);
    module.def("indicator_format_of", [](const std::string& path) -> std::optional<std::string> {
        const auto format = indicator_format_of(path);
        if (!format) return std::nullopt;
        return std::string(name(*format));
    });
    module.def("write_indicators", &write_indicators_at);
    module.def("read_allocation", &read_allocation_at);
    module.def("write_allocation", [](const Plan& plan, const AllocationReading& answer, const std::string& path,
                                      bool replace, const std::string& language) {
        write_allocation_at(plan, answer, path, replace, language_from(language));
    });
    module.def("report",
               [](const Plan& plan, const AllocationReading* answer, const Tracked* tracked,
                  const std::string& language) { return report_html(plan, answer, tracked, language_from(language)); });
    module.def("plan_schema", [] { return to_python(plan_schema()); });
}

}  // namespace countyplan

// The same stranger, using the compiled components: an empty plan becomes JSON, an empty report a page, and a
// schedule from Project is read through the XML parser that io brings along.
#include <countyplan/io/exchange/read_schedule.hpp>
#include <countyplan/io/html.hpp>
#include <countyplan/io/write.hpp>

#include <string>

bool has_compiled_components() {
    const std::string page = countyplan::html_page(countyplan::Report{}, countyplan::Language::zh);
    const auto reading =
        countyplan::read_schedule_text("<Project><StartDate>2026-03-02</StartDate></Project>", "p.xml");
    return !countyplan::plan_json(countyplan::Draft{}).empty() && page.find("<html") != std::string::npos &&
           reading.file.projects.size() == 1;
}

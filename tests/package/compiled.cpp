// The same stranger, using the compiled components: an empty plan becomes JSON, an empty report a page.
#include <countyplan/io/html.hpp>
#include <countyplan/io/write.hpp>

#include <string>

bool has_compiled_components() {
    const std::string page = countyplan::html_page(countyplan::Report{}, countyplan::Language::zh);
    return !countyplan::plan_json(countyplan::Draft{}).empty() && page.find("<html") != std::string::npos;
}

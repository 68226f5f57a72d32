// A stranger's program: the province of a county, and the version it was built with.
#include <countyplan/countyplan.hpp>

#include <iostream>

#ifdef STRANGER_USES_IO
bool has_compiled_components();
#endif

int main() {
    const auto county = countyplan::Code::parse("450123");
    if (!county || county->province() != countyplan::Code::parse("450000")) return 1;
#ifdef STRANGER_USES_IO
    if (!has_compiled_components()) return 2;
#endif
    std::cout << "countyplan " << countyplan::version << '\n';
    return 0;
}

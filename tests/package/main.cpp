// A stranger's program: which province does a county's code belong to?
#include <countyplan/countyplan.hpp>

#include <iostream>

int main() {
    const auto county = countyplan::Code::parse("450123");
    if (!county) return 1;
    std::cout << "countyplan " << countyplan::version << '\n';
    return county == countyplan::Code::parse("450123") ? 0 : 1;
}

// Money times money means nothing.
#include <countyplan/scalar/money.hpp>

int main() {
    const countyplan::Money budget{};
#ifdef COUNTYPLAN_REFUSED
    return budget * budget == budget ? 1 : 0;
#else
    return budget == countyplan::Money{} ? 0 : 1;
#endif
}

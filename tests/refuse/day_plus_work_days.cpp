// Only a calendar may add working days to a day.
#include <countyplan/scalar/day.hpp>

int main() {
    const countyplan::Day day{};
    const countyplan::WorkDays lag{3};
#ifdef COUNTYPLAN_REFUSED
    return day + lag == day ? 1 : 0;
#else
    return day == countyplan::Day{} && lag == countyplan::WorkDays{3} ? 0 : 1;
#endif
}

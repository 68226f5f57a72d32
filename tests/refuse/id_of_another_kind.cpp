// The id of an expert is not the id of a school.
#include <countyplan/scalar/id.hpp>

struct School {};
struct Expert {};

int main() {
    const countyplan::Id<Expert> expert(3);
    const countyplan::ById<countyplan::Id<School>, int> enrolment(5, 100);
#ifdef COUNTYPLAN_REFUSED
    return enrolment[expert];
#else
    return enrolment[countyplan::Id<School>(expert.value())];
#endif
}

// Whatever a back end says is checked: prints what is proved and what rests on its word.
#include "branch_and_bound.hpp"

#include <iostream>

int main() {
    using namespace countyplan;
    // two kinds of team, three and five experts strong, from seventeen experts and four cars
    MixedIntegerProgram teams{.linear = {.cost = {4, 7},
                                         .lower = {0, 0},
                                         .upper = {LinearProgram::infinity, LinearProgram::infinity},
                                         .row_lower = {-LinearProgram::infinity, -LinearProgram::infinity},
                                         .row_upper = {17, 4},
                                         .first = {0, 2, 4},
                                         .row = {0, 1, 0, 1},
                                         .value = {3, 1, 5, 1}},
                              .is_integer = {1, 1},
                              .sense = Sense::maximise};
    const MixedIntegerResult result = solve(teams, {"branch_and_bound", branch_and_bound});
    std::cout << name(result.termination) << ": " << result.x.at(0) << " small, " << result.x.at(1) << " large, worth "
              << *result.objective << "\nno plan is worth more than " << *result.bound << " (" << name(result.claim)
              << (result.claim == Claim::claimed_by_backend ? ": " + result.backend : "")
              << "); proved: " << *result.root_bound << '\n';
    return verify(teams, result) ? 0 : 1;
}

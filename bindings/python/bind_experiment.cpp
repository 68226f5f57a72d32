#include <pybind11/stl.h>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/experiment/sweep.hpp>
#include <countyplan/plan/plan.hpp>

#include "binders.hpp"
#include "enumeration.hpp"

namespace countyplan {

void bind_experiment(py::module_& module) {
    bind_enumeration<GenerateBase>(module, "GenerateBase");
    module.def("generate", [](const std::string& base, std::uint64_t seed, std::int64_t counties,
                              std::optional<std::int64_t> schools, std::optional<std::int64_t> posts,
                              std::optional<std::int64_t> experts, std::int64_t second_ring_schools,
                              std::int64_t local_teachers, std::optional<bool> policy) {
        const GenerateOptions options{.base = enumerator_from<GenerateBase>(base),
                                      .seed = seed,
                                      .counties = counties,
                                      .schools = schools,
                                      .posts = posts,
                                      .experts = experts,
                                      .second_ring_schools = second_ring_schools,
                                      .local_teachers = local_teachers,
                                      .policy = policy};
        const py::gil_scoped_release released;
        return Plan(generate(options));
    });
    module.def("in_scenario", [](const Plan& plan, const NamedValues& parameters, std::uint64_t seed) {
        const py::gil_scoped_release released;
        return in_scenario(plan, scenario_of(parameters), seed);
    });
}

}  // namespace countyplan

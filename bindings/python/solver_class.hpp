// How does one solver become two classes, a function that solves and one that checks?
#pragma once

#include <string>
#include <type_traits>

#include <countyplan/solve/proof/verdict.hpp>

#include "run.hpp"
#include "shown_fields.hpp"

namespace countyplan {

/// Overloads of `solve_problem(problem, word, run)` and `examine_problem(problem, result)`. `options(word)` makes the
/// options; the word is a method, a side, or empty.
template <class Problem, class Result, class MakeOptions>
void bind_solver(py::module_& module, MakeOptions options) {
    module.def("solve_problem", [options](const Problem& problem, const std::string& word, const RunOptions& how) {
        const auto chosen = options(word);
        Result result;
        run(how, [&](const Stop& stop, const Progress& progress) { result = solve(problem, chosen, stop, progress); });
        return result;
    });
    module.def("examine_problem", [](const Problem& problem, const Result& result) {
        Verdict verdict;
        {
            const py::gil_scoped_release released;
            verdict = examine(problem);
            if (verdict.accepted) verdict = examine(problem, result);
        }
        if (verdict.accepted) return value_class("Verdict")(true);
        return value_class("Verdict")(false, "result", to_python(verdict.place), to_python(verdict.why));
    });
}

/// The method of that name, or the default one for an empty name.
template <class Options>
[[nodiscard]] Options with_method(const std::string& word) {
    Options options;
    if (!word.empty()) options.method = enumerator_from<decltype(options.method)>(word);
    return options;
}

template <class Options>
[[nodiscard]] Options without_choice(const std::string&) {
    return {};
}

}  // namespace countyplan

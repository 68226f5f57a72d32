// How is a linear or mixed-integer program given to other solvers?
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/proof/mixed_integer.hpp>

namespace countyplan {

/// Written only.
enum class ProgramFormat { lp, mps };

template <>
struct Enumerators<ProgramFormat> {
    static constexpr MessageText words[] = {{"lp", "LP 文件", "LP file"}, {"mps", "MPS 文件", "MPS file"}};
};

/// By the end of the name: `.lp`, `.mps`; nothing for another.
[[nodiscard]] std::optional<ProgramFormat> program_format_of(std::string_view path);

/// The whole program: columns are `x0`, `x1`, …, rows `r0`, `r1`, …, numbers are the shortest decimals that read back
/// as the same doubles. Same program, same bytes. What the formats cannot say is said in another way:
/// - rows without any bound are left out; a program without columns gets `x0`, fixed at 0
/// - LP: a row with two different bounds is written as two, `r3_low` and `r3`
/// - MPS (free format): such a row is written so where its range would have to be rounded; the objective is always
///   minimised, its costs are negated where the program maximises
/// The program must be one that `examine` accepts; throws `InvalidProblem` otherwise.
[[nodiscard]] std::string program_text(const MixedIntegerProgram& problem, ProgramFormat format);

}  // namespace countyplan

// What does the program's exit code mean?
#pragma once

namespace countyplan {

enum class ExitCode {
    ok = 0,
    bad_input = 2,
    answer_is_no = 3,   ///< explained on the way out
    stopped_early = 4,  ///< the best so far is written
    io = 5,
    usage = 64,
    internal = 70
};

}  // namespace countyplan

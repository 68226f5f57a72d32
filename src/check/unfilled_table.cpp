#include "statements.hpp"

#include <algorithm>

#include "messages.hpp"

namespace countyplan {

Objected examine_unfilled_table(const Plan& plan, const Allocation& stated, const std::string& bytes) {
    std::size_t line = 0;
    for (const Language language : {Language::zh, Language::en}) {
        for (const NamedBytes& file : allocation_files(plan, stated, language)) {
            if (file.name != unfilled_file) continue;
            const auto [found, wanted] = std::ranges::mismatch(bytes, file.bytes);
            if (found == bytes.end() && wanted == file.bytes.end()) return std::nullopt;
            // the language that goes further is the one it is in
            line = std::max(line, 1 + static_cast<std::size_t>(std::count(bytes.begin(), found, '\n')));
        }
    }
    return Objection{unfilled_file, "line " + std::to_string(line), message::fault_unfilled_table};
}

}  // namespace countyplan

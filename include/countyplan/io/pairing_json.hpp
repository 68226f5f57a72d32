// How is a pairing of senders and counties written, for machines and as a table of the plan?
#pragma once

#include <string>

#include <countyplan/allocate/pairing.hpp>

namespace countyplan {

/// One JSON object: the members of the result and of its problem, with `loads`, `covers` and `changes`. `pairings` are
/// the ties that serve something; `certificate_valid` is what `examine` said, with `place` and `why` where it is not.
[[nodiscard]] std::string pairing_json(const Plan& plan, const PairingProblem& problem, const PairingResult& result,
                                       const Verdict& verdict);

/// The canonical `pairings.csv`.
[[nodiscard]] std::string pairings_csv(const ById<Id<Pairing>, Pairing>& pairings);

}  // namespace countyplan

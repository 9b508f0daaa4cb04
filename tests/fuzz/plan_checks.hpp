// What must hold for every plan that was accepted.
#pragma once

#include <string>

#include "sweep/study/plan.hpp"

namespace truce::fuzz {

/// Its canonical text means the same study, its marginals read back as themselves, and its first, middle and last
/// points lie within the limits of the inputs.
void check_plan(const Plan& plan);

/// A marginal that was accepted for `input`: its text means itself and its quantiles rise within its support.
void check_marginal(const Input& input, const Marginal& marginal);

/// Every line of a refusal of `shown` names a line, an option, or the file that is meant.
void check_places(const std::string& refusal, const std::string& shown);

}  // namespace truce::fuzz

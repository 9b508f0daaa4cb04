// The words of `status`: for people, and as JSON for scripts.
#pragma once

#include <string>
#include <vector>

#include "sweep/run/open_result.hpp"
#include "sweep/run/study_state.hpp"

namespace truce {

using Lines = std::vector<std::string>;

/// Of a study that is not sealed.
Lines state_lines(const Plan& plan, const StudyState& state);
/// One line; the keys stand in sweep/README.md.
Lines state_json(const Plan& plan, const StudyState& state);
/// Of a sealed file.
Lines sealed_lines(const OpenResult& opened, const Failures& failures);
Lines sealed_json(const OpenResult& opened, const Failures& failures);

}  // namespace truce

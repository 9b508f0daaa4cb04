// Verbs that all processes of a crew do together: errors told once, by rank 0, and nobody left waiting.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sweep/crew/crew.hpp"
#include "sweep/run/session.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

/// Catches signals, makes the crew and acts.
Exit with_crew(const std::function<Exit(Crew&)>& act);

/// The options that every verb has which runs a study, and what they say.
const std::vector<std::string>& run_flags();
const std::vector<std::string>& run_options();
RunOptions read_run_options(const Parsed& parsed);

}  // namespace truce

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

/// Throws Error(usage) if a launcher started more than one process: each would do what `verb` does, against the others.
void require_one_process(const std::string& verb);

/// The options that every verb has which runs a study, and what they say.
const std::vector<std::string>& run_flags();
const std::vector<std::string>& run_options();
RunOptions read_run_options(const Crew& crew, const Parsed& parsed);

}  // namespace truce

// The codebook beside every result file: each variable with its dimensions, unit and meaning.
#pragma once

#include <string>

#include "sweep/store/layout.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Markdown text of the data dictionary.
std::string codebook_of(const Plan& plan, const Layout& layout);

}  // namespace truce

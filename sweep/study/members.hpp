// Members: what the rows of one base point are called, and what moves between them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sweep/study/plan.hpp"

namespace truce {

/// The members of a base point in row order, such that CF's flag_meanings can list them: A, AB_<factor>..., B of
/// saltelli; base, <factor>... of morris; from, to of paired; none of the other methods.
std::vector<std::string> member_names(const Plan& plan);

/// The group that an input moves with, "" if it moves alone.
std::string group_of(const Plan& plan, std::size_t input);

/// The lines of [pair] as canonical texts have them, e.g. {"mechanism", "guarantees: off -> on"}.
std::vector<std::pair<std::string, std::string>> pair_lines(const Plan& plan);

}  // namespace truce

// What the members of a saltelli or morris design move: inputs, or groups of them.
#pragma once

#include "analysis/parts.hpp"

namespace truce::analysis {

/// An entry an input or group, named as it is; in the order of the members.
Axis factor_axis(const Dataset& data);

/// Place in a table over outcomes, policies, `inner` further places: that of outcome number `outcome` of the settings.
struct Places {
  std::size_t policies = 1, inner = 1;
  std::size_t at(std::size_t outcome, std::size_t policy, std::size_t place = 0) const {
    return (outcome * policies + policy) * inner + place;
  }
};

}  // namespace truce::analysis

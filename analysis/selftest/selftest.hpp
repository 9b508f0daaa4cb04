// Known answers through the whole path: studies of the test functions are planned, run, sealed, analysed and compared.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analysis/analyze.hpp"
#include "analysis/selftest/known_answers.hpp"
#include "sweep/crew/crew.hpp"

namespace truce::analysis {

/// `inside`: the interval holds what is expected. `near`: twice the interval does, some four standard errors, as chance
/// has it now and then. `outside`: it does not, or there is no number.
enum class Nearness { inside, near, outside };

/// One quantity beside what it must be.
struct ComparedAnswer {
  std::string quantity;  ///< "ST y inert mean_response"
  double expected = 0, got = 0, low = 0, high = 0;
  Nearness nearness = Nearness::outside;
};

/// What a study gave, beside what it must give.
struct Answered {
  std::string study, content, expected_content;
  std::vector<ComparedAnswer> compared;
};

/// The number of `known` in `tables`, with its interval.
ComparedAnswer compare(const std::vector<AnswerTable>& tables, const Known& known);

/// Collective: one study in `folder`, which all ranks see. Results on rank 0.
Answered answer_study(Crew& crew, const KnownStudy& study, const std::filesystem::path& folder,
                      const std::string& instruction_set);

/// Whether all is as it must be: contents are equal, nothing is outside, and at most one in five is only near.
bool all_hold(const std::vector<Answered>& answered);

}  // namespace truce::analysis

// `truce analyze`: all parts that apply to a result, into one analysis file and CSV tables.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "analysis/parts.hpp"

namespace truce::analysis {

struct AnalyzeRequest {
  std::vector<std::string> outcomes;  ///< names of series; empty: all, `failed` only if a run failed
  std::vector<std::string> parts;     ///< names of parts; empty: all that apply
  std::int64_t resamples = 1000;
  std::vector<std::string> thresholds;  ///< "war_months=60"
  std::filesystem::path out;            ///< empty: first.h5 -> first.analysis.h5
};

/// The tables of an analysis and where they were written.
struct Analysis {
  std::filesystem::path file;
  std::vector<AnswerTable> tables;
  std::vector<std::string> left_out;  ///< "morris: needs method = morris", of parts that do not apply
};

/// Collective: answers and, on rank 0, writes. Returns the tables on rank 0. Throws Error(usage) for an unknown outcome
/// or part, or a part asked for that does not apply.
Analysis analyze(Crew& crew, const Dataset& data, const AnalyzeRequest& request);

/// first.h5 -> first.analysis.h5
std::filesystem::path analysis_path(const std::filesystem::path& result);

}  // namespace truce::analysis

// Answers of analysis: named numbers over named axes, for HDF5 and for tidy CSV alike.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sweep/store/layout.hpp"

namespace truce::analysis {

/// A labelled dimension, e.g. "outcome" with the names of the series.
struct Axis {
  std::string name;
  std::vector<std::string> labels;  ///< without blanks, as they become flag_meanings
  std::string long_name;
  bool operator==(const Axis&) const = default;
};

/// Numbers over all axes of their table, row-major; NaN where there is no answer.
struct Answer {
  std::string name;  ///< unique in an analysis file
  std::string units;
  std::string long_name;
  std::vector<double> values;
};

/// One table of answers; in CSV a line per combination of labels, without the lines that hold no number.
struct AnswerTable {
  std::string name;     ///< "sobol": the CSV file is <stem>.analysis.sobol.csv
  std::string summary;  ///< one sentence: what it answers and by which method (source)
  std::vector<Axis> axes;
  std::vector<Answer> answers;

  /// Product of the axes' lengths.
  std::size_t size() const;
  /// Appends an answer of NaNs and returns its values; they move when the next one is added.
  std::vector<double>& add(std::string answer, std::string units, std::string long_name);
};

/// Throws Error(usage) if `file` is there and is not of this kind (analysis, calibration or ledger), or is to be a CSV.
void require_may_replace(const std::filesystem::path& file, const std::string& kind);

/// Writes all tables into one HDF5 file (axes as dimensions with flag_values and flag_meanings), replacing one of
/// before. `attributes` are root attributes, among them `content`: analysis, calibration or claims. Tables that use one
/// axis name must give it the same labels. Throws Error(io), and Error(usage) as require_may_replace does.
void write_answers(const std::filesystem::path& file, const std::vector<AnswerTable>& tables,
                   std::vector<Attribute> attributes);

/// Tidy CSV: a column per axis and answer, empty cells where there is no answer.
std::string csv_of(const AnswerTable& table);

/// The CSV beside an analysis file: first.analysis.h5 -> first.analysis.sobol.csv.
std::filesystem::path csv_path(const std::filesystem::path& analysis_file, const AnswerTable& table);

}  // namespace truce::analysis

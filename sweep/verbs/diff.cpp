// `diff`: whether two result files hold the same study and the same numbers, else what differs.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <iostream>

#include "sweep/run/seal_study.hpp"
#include "sweep/store/result.hpp"
#include "sweep/study/identity.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/verbs.hpp"
#include "sweep/verbs/words.hpp"

namespace truce {

namespace {

struct Difference {
  std::int64_t rows = 0, first = -1;  ///< rows that differ, and the first of them
  double largest = 0;                 ///< of values that both have
};

void compare_piece(Difference& difference, std::size_t width, std::int64_t at, const std::vector<double>& a,
                   const std::vector<double>& b) {
  const std::size_t rows = a.size() / width;
  for (std::size_t row = 0; row < rows; ++row) {
    if (std::memcmp(&a[row * width], &b[row * width], width * sizeof(double)) == 0) continue;
    if (difference.rows++ == 0) difference.first = at + static_cast<std::int64_t>(row);
    for (std::size_t i = row * width; i < (row + 1) * width; ++i)
      if (!std::isnan(a[i]) && !std::isnan(b[i]))
        difference.largest = std::max(difference.largest, std::abs(a[i] - b[i]));
  }
}

Difference compare(Result& a, Result& b, std::size_t in_a, std::size_t in_b) {
  const Variable& form = a.variables()[in_a];
  Difference difference;
  std::vector<double> of_a, of_b;
  for (std::int64_t at = 0; at < form.rows(); at += form.step_rows()) {
    const std::int64_t count = std::min(form.step_rows(), form.rows() - at);
    of_a.resize(static_cast<std::size_t>(count) * form.width());
    of_b.resize(of_a.size());
    a.read(in_a, at, count, of_a);
    b.read(in_b, at, count, of_b);
    compare_piece(difference, form.width(), at, of_a, of_b);
  }
  return difference;
}

/// Prints what differs between the columns; their number.
int compare_columns(Result& a, Result& b) {
  int different = 0;
  for (std::size_t v = 0; v < a.variables().size(); ++v) {
    const Variable& form = a.variables()[v];
    const auto other = b.find(form.name);
    if (!other || b.variables()[*other].sizes != form.sizes || b.variables()[*other].type != form.type) {
      ++different;
      std::cout << form.name << ": " << (other ? "of another shape or type in " : "not in ") << b.path().string()
                << "\n";
      continue;
    }
    const Difference difference = compare(a, b, v, *other);
    if (difference.rows == 0) continue;
    ++different;
    std::cout << form.name << ": " << counted(difference.rows, "row differs", "rows differ") << ", first row "
              << difference.first << ", largest difference " << spell(difference.largest) << "\n";
  }
  for (const Variable& form : b.variables()) {
    if (a.find(form.name)) continue;
    ++different;
    std::cout << form.name << ": not in " << a.path().string() << "\n";
  }
  return different;
}

}  // namespace

Exit diff(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {}, false);
  if (parsed.positional().size() != 2)
    throw Error(Exit::usage, std::to_string(parsed.positional().size()) +
                                 " result files given (two are compared); write truce diff A B");
  for (const std::string& file : parsed.positional()) require_existing(file, "result file");
  for (const std::string& file : parsed.positional()) require_no_study(file);
  for (const std::string& file : parsed.positional()) require_stated_bytes(file, Phases(nullptr, &std::cerr));
  Result a(parsed.positional()[0]), b(parsed.positional()[1]);
  const std::string study = identity_difference(a.text("study"), b.text("study"));
  const bool same_study = a.text("study_id") == b.text("study_id");
  if (!same_study)
    std::cout << "the studies differ"
              << (study.empty() ? " in the numeric fingerprint of the programs alone" : ":\n" + study) << "\n";
  const int different = compare_columns(a, b);
  if (different == 0) std::cout << "all numbers are the same" << (same_study ? ", of the same study" : "") << "\n";
  if (!same_study) return Exit::usage;
  return different == 0 ? Exit::done : Exit::conflict;
}

}  // namespace truce

// From a result file back to its plan; the study id proves that both mean the same.
#include "sweep/run/open_result.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iostream>

#include "sweep/study/identity.hpp"
#include "sweep/study/values.hpp"

namespace truce {

namespace {

Plan plan_of(Result& result) {
  require_truce_result(result);
  const ListReader list = [&](const std::vector<std::string>& columns) {
    std::vector<double> values;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const auto column = result.all(columns[c]);
      values.resize(std::max(values.size(), column.size() * columns.size()));
      for (std::size_t p = 0; p < column.size(); ++p) values[p * columns.size() + c] = column[p];
    }
    return values;
  };
  Plan plan = plan_from_canonical(result.text("study"), kernels(), list);
  plan.title = result.has("title") ? result.text("title") : "";
  plan.file = result.path().string();
  if (plan.study_id != result.text("study_id"))
    throw Error(Exit::usage, plan.file +
                                 ": this build would compute other numbers (its study id for the same study is " +
                                 plan.study_id + ", the file's is " + result.text("study_id") +
                                 "); use the truce version " + result.text("truce_version") + " that wrote it");
  return plan;
}

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

}  // namespace

void require_truce_result(const Result& result) {
  if (!result.has("file_type") || result.text("file_type") != "truce result")
    throw Error(Exit::corrupt, result.path().string() +
                                   " is an HDF5 file but no result of truce (it has no attribute "
                                   "file_type = \"truce result\"); name a file that `truce run` wrote");
  const double format = result.number("format_version");
  if (!(format >= 1 && format <= format_version))
    throw Error(Exit::corrupt, result.path().string() + " has format version " + spell(format) +
                                   " (this build reads 1.." + std::to_string(format_version) + "); use a newer truce");
}

OpenResult::OpenResult(const std::filesystem::path& file) : result_(file), plan_(plan_of(result_)) {}

Exit OpenResult::compare_run(std::int64_t point, std::int64_t policy, std::int64_t replicate,
                             std::span<const double> outcomes, bool failed) const {
  const Kernel& kernel = *plan_.kernel;
  const bool runs = plan_.rows == Rows::run;
  if (!runs && plan_.replicates > 1) {
    std::cerr << "the file stores means over " << plan_.replicates
              << " replicates, so there is no stored run to compare\n";
    return Exit::done;
  }
  const std::int64_t policies = plan_.policies();
  const std::int64_t base = point / plan_.members, member = point % plan_.members;
  const std::int64_t row =
      runs ? ((base * plan_.replicates + replicate) * plan_.members + member) * policies + policy : point;
  std::size_t compared = 0;
  for (std::size_t o = 0; o < outcomes.size(); ++o) {
    const auto variable = result_.find(kernel.outcomes[o].name);
    if (!variable) continue;  // a flag with one share per meaning
    const std::size_t width = result_.variables()[*variable].width();
    std::vector<double> stored(width);
    result_.read(*variable, row, 1, stored);
    const double value = failed ? std::nan("") : outcomes[o];
    const double theirs = stored[runs ? 0 : static_cast<std::size_t>(policy)];
    if (!same(value, theirs)) {
      std::cerr << kernel.outcomes[o].name << ": the file has " << spell(theirs) << ", recomputed " << spell(value)
                << "\n";
      return Exit::corrupt;
    }
    ++compared;
  }
  std::cerr << compared << " stored outcomes agree bit for bit\n";
  return Exit::done;
}

}  // namespace truce

// From a result file back to its plan; the study id proves that both mean the same.
#include "sweep/run/open_result.hpp"

#include <algorithm>

#include "sweep/study/identity.hpp"
#include "sweep/study/values.hpp"

namespace truce {

Plan plan_of_result(Result& result) {
  require_truce_result(result);
  const std::size_t members = result.find("member") ? 2 : 1;  // a list has them in pairs alone
  const ListReader list = [&](const std::vector<std::string>& columns, int member) {
    std::vector<double> values;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const auto column = result.all(columns[c]);
      const std::size_t points = column.size() / members;
      values.resize(std::max(values.size(), points * columns.size()));
      for (std::size_t p = 0; p < points; ++p)
        values[p * columns.size() + c] = column[p * members + static_cast<std::size_t>(member)];
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

OpenResult::OpenResult(const std::filesystem::path& file) : result_(file), plan_(plan_of_result(result_)) {}

}  // namespace truce

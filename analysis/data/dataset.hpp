// What a result file holds, as analysis sees it: base points with members and policies, inputs, series.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sweep/run/open_result.hpp"

namespace truce::analysis {

/// An input that varies over the points.
struct VariedInput {
  std::string name, unit;
  std::size_t input = 0;   ///< index into Kernel::inputs
  std::size_t column = 0;  ///< variable of the file
};

/// What has moments over replicates at every point and policy: an outcome, a share of a flag, or the share of runs that
/// failed.
struct StoredSeries {
  std::string name, unit, meaning;
  bool is_share = false;    ///< values in [0, 1]: of a flag, or of failed runs
  std::size_t outcome = 0;  ///< index into Kernel::outcomes; their number for `failed`
  int code = -1;            ///< of the flag, see Series
  /// Variables of the file; with rows = run `mean` is the outcome of each run and the others are not there.
  std::optional<std::size_t> mean, var, n, diff, diff_var, diff_n;
};

/// Name of the last series: 0 for a run that ended, 1 for one that failed.
inline constexpr std::string_view failed_series = "failed";

/// An open result file with its plan. Rows of `point` are base * members + member; the values of a series there lie
/// over the policies. Errors as of OpenResult.
class Dataset {
 public:
  explicit Dataset(const std::filesystem::path& file);

  const Plan& plan() const { return opened_.plan(); }
  Result& result() const { return opened_.result(); }
  std::string path() const { return result().path().string(); }
  std::int64_t bases() const { return plan().points; }
  int members() const { return plan().members; }
  std::size_t policies() const { return static_cast<std::size_t>(plan().policies()); }

  const std::vector<VariedInput>& inputs() const { return inputs_; }
  const std::vector<StoredSeries>& series() const { return series_; }
  /// Index of a series; Error(usage) with the nearest name if there is none of that name.
  std::size_t find_series(const std::string& name) const;
  std::vector<std::string> input_names() const;
  std::vector<std::string> series_names() const;
  /// "guarantee_a=0.3 guarantee_d=0" for each policy; "all" for the only one of a study without levers.
  const std::vector<std::string>& policy_names() const { return policy_names_; }

 private:
  void add_series();

  OpenResult opened_;
  std::vector<VariedInput> inputs_;
  std::vector<StoredSeries> series_;
  std::vector<std::string> policy_names_;
};

}  // namespace truce::analysis

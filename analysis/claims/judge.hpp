// One claim in one kernel: in what shares of the space it holds, how large the effect is, and where it fails.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "analysis/claims/verdict.hpp"
#include "analysis/data/dataset.hpp"
#include "analysis/discovery/find_boxes.hpp"
#include "analysis/fold/bootstrap.hpp"
#include "sweep/crew/crew.hpp"

namespace truce::analysis {

/// A box in which a verdict is more frequent than elsewhere.
struct VerdictBox {
  FoundBox found;
  std::vector<std::string> lines;  ///< of [inputs], see box_lines
};

struct Judged {
  Claim claim;
  std::string title, kernel, unit;
  std::string move, under;           ///< as they stand in a study; "" if there is none
  std::string file;                  ///< name of the result, without its folder
  std::array<Estimate, 4> shares{};  ///< of the base points, by verdict; they add up to 1
  double undefined = 0;  ///< share with too few replicates in which the outcome is defined: part of the undecided
  Estimate effect{};     ///< mean over all replicates (of pairs: in which both members have the outcome), in `unit`
  Estimate balance{};    ///< share where it holds less share where it fails
  double points = 0;
  double effective =
      0;  ///< (sum of n)^2 / sum of n^2 over the points: how many equal ones `effect` is worth (Kish 1965)
  Verdict verdict = Verdict::undecided;  ///< of the kernel: the sign of `balance` beyond its interval
  std::optional<VerdictBox> holds_box, fails_box;
};

struct JudgeRequest {
  std::int64_t resamples = 1000;  ///< of the bootstrap over groups of base points
  double level = 0.95;            ///< of all intervals
  bool boxes = true;
};

/// Collective; the result is whole on rank 0. Errors as of ClaimReader.
Judged judge(Crew& crew, const Dataset& data, const JudgeRequest& request);

/// Verdict of a kernel from the balance and the shares: no_effect if all points have it.
Verdict overall_verdict(const Estimate& balance, const std::array<Estimate, 4>& shares);

}  // namespace truce::analysis

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

/// A box in which a verdict is more frequent than elsewhere, as far as the search saw.
struct VerdictBox {
  FoundBox found;
  std::vector<std::string> lines;  ///< of [inputs], see box_lines

  bool is_told() const { return told_from_chance(found.p_new); }
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
  /// Points whose mean has the expected sign, and the other one, from a single replicate on: where the form of a model
  /// allows no other sign, not even one history has it.
  double along = 0, against = 0;
  /// Share of the pairs whose difference has the other sign; exact where differences are -1, 0 or 1, else NaN.
  double pairs_against = 0;
  Verdict verdict = Verdict::undecided;  ///< of the kernel, see overall_verdict
  std::optional<VerdictBox> holds_box, fails_box;

  /// Decided, and no point's mean has the other sign than the verdict's.
  bool one_sided() const;
};

struct JudgeRequest {
  std::int64_t resamples = 1000;  ///< of the bootstrap over groups of base points
  double level = 0.95;            ///< of all intervals
  bool boxes = true;
};

/// Collective; the result is whole on rank 0. Errors as of ClaimReader.
Judged judge(Crew& crew, const Dataset& data, const JudgeRequest& request);

/// Verdict of a kernel from `shares`, `balance` and `effect`. no_effect: all points have it. holds (fails): the
/// intervals of the balance and of the effect both lie beyond 0, on the side that is (is not) expected, so that neither
/// many points of small effects nor a few of large ones decide alone. Else undecided.
Verdict overall_verdict(const Judged& judged);

}  // namespace truce::analysis

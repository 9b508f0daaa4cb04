// The plan: a study after validation. Immutable, passed by const reference.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "kernels/contract.hpp"
#include "sweep/base/units.hpp"
#include "sweep/study/claim.hpp"
#include "sweep/study/list_file.hpp"
#include "sweep/study/marginal.hpp"

namespace truce {

enum class Method { grid, monte_carlo, latin_hypercube, sobol, list, saltelli, morris, paired };
enum class Rows { point, run };

/// How one input of the kernel gets its value; one per declared input, in declaration order. `moved`: by a line of
/// [pair], which gives each member its value.
struct PlannedInput {
  enum class Role { constant, varied, lever, moved };
  Role role = Role::constant;
  double value = 0;        ///< constant; moved: of the first member
  Marginal marginal;       ///< varied
  std::size_t column = 0;  ///< varied by method = list: its column of `list_values`
  /// Its number among the inputs that the kernels of the study declare; in a grid among those that they vary, an index
  /// of Plan::grid. Of a study of one kernel: the index of the input, or its rank among the varied.
  std::size_t dimension = 0;
};

/// One lever: the policies are the full cross of the levers' values, the last lever fastest.
struct Lever {
  std::size_t input = 0;
  std::vector<double> values;
};

/// What one member of a saltelli or morris design takes from B: an input, or the inputs of a group.
struct Factor {
  std::string name;                 ///< of the input or the group
  std::vector<std::size_t> inputs;  ///< in declaration order, at least one
};

/// An input that a pair moves: its value in each member, nothing where it is the one that the study gives it.
struct Move {
  std::size_t input = 0;
  std::array<std::optional<double>, 2> values;
};

/// What differs between the members `from` and `to` of method = paired.
struct Pair {
  std::string mechanism;    ///< that is switched, "" if none is
  std::size_t on = 0;       ///< the member in which it is on: its inputs are as the study gives them
  std::vector<Move> moves;  ///< in declaration order
  const Move* move_of(std::size_t input) const;  ///< nullptr if the input is not moved
};

/// Replicates on demand: a base point is run in stages that double from Plan::replicates, until every sibling has a
/// 95 % half-width of at most `half_width`, or `replicates_max` are run.
struct Precision {
  std::string of;                    ///< the outcome or series as the study names it
  std::vector<std::size_t> series;   ///< indices into series_of(kernel) that must all be precise enough
  double half_width = 0;             ///< above 0, in the outcome's unit
  std::uint32_t replicates_max = 0;  ///< at least Plan::replicates
};

struct Plan {
  std::string title;
  const Kernel* kernel = nullptr;
  std::uint64_t seed = 0;
  std::uint32_t replicates = 1;        ///< with `precision`: of the first stage, at least 2
  std::optional<Precision> precision;  ///< empty: every point has `replicates`
  bool common_random_numbers = false;
  Arithmetic arithmetic = Arithmetic::in_double;
  Method method = Method::monte_carlo;
  Method placement =
      Method::monte_carlo;      ///< of the base points: `method`, of saltelli and morris sobol, of paired any
  std::int64_t points = 1;      ///< base points
  int members = 1;              ///< rows of `point` per base point
  std::vector<Factor> factors;  ///< saltelli, morris: of the members after the first, in declaration order
  std::optional<Pair> pair;     ///< method = paired
  std::optional<Claim> claim;   ///< what the study is to judge
  std::size_t declared =
      0;  ///< inputs that the kernels of the study declare, each name once; B's dimensions follow them
  std::vector<PlannedInput> inputs;
  std::vector<Lever> levers;
  std::vector<std::int64_t> grid;   ///< method = grid: levels of each dimension, also of inputs of other kernels
  std::vector<double> list_values;  ///< method = list: [point][column], row-major
  std::size_t list_columns = 0;
  Rows rows = Rows::point;
  bool quantiles = false;             ///< of every real outcome; only with rows = point
  std::string file;                   ///< result file
  std::optional<std::int64_t> block;  ///< units a block; empty: auto
  std::string canonical;              ///< canonical study text: every key that decides bytes, one a line
  std::string row_canonical;          ///< the same without what says how many points and replicates
  std::string study_id, row_id;       ///< SHA-256 (hex) of canonical / row_canonical with the numeric fingerprint
  std::vector<std::string> notes;     ///< what `check` says, e.g. truncated marginals

  std::int64_t policies() const;  ///< product of the levers' list lengths, at least 1
  std::int64_t rows_of_point() const { return points * members; }
  std::uint32_t most_replicates() const { return precision ? precision->replicates_max : replicates; }
  /// Units of a base point: chunks of 1,024 replicates; with `precision`, which must see a whole point, 1.
  std::int64_t chunks() const { return precision ? 1 : chunks_of(replicates); }
  std::int64_t units() const { return points * chunks(); }
  /// Of the whole study; with `precision` the most that it can take.
  std::int64_t runs() const { return rows_of_point() * policies() * most_replicates(); }
  std::int64_t fewest_runs() const { return rows_of_point() * policies() * replicates; }
};

/// Reads and validates a study: a plan for each kernel that it names, in this order; of a study with claims a plan for
/// each claim, ranges and kernel. `options` are words of the command
/// line such as "--design.points=64", which replace the file's keys. Throws Error(usage) with every problem, one a
/// line: "file:line: section.key: problem (reason); remedy" or "option --section.key: ...". The plans point into
/// `kernels`, which must outlive them.
std::vector<Plan> load_plans(const std::filesystem::path& study, const std::vector<std::string>& options,
                             std::span<const Kernel> kernels);

/// What the number of replicates rules out before anything is run (a verdict on a claim, indices without chance); "" if
/// nothing. It is among the notes of a plan that was loaded.
std::string replicates_note(const Plan& plan);

/// load_plans of a study that must name one kernel.
Plan load_plan(const std::filesystem::path& study, const std::vector<std::string>& options,
               std::span<const Kernel> kernels);

/// The plan that `canonical` (as stored in a result file) was written from, with the same study_id if the kernel
/// and the arithmetic are the same. Not in it, and left at defaults: title, file, block. `list` gives the points of
/// method = list, [point][column]. Throws Error(usage).
Plan plan_from_canonical(const std::string& canonical, std::span<const Kernel> kernels, const ListReader& list = {});

/// (key, meaning) of every study key, in order, for --help.
std::vector<std::pair<std::string, std::string>> study_key_help();

}  // namespace truce

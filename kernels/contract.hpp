// What a kernel declares once; keys, help, file columns, contract tests and docs derive from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace truce {

enum class InputKind { real, integer, choice };

/// One input of a kernel. All numbers are in `unit`; `range` is what is plausible (used by
/// `all = range`), `limits` what the formulas accept (used by errors), both inclusive.
struct Input {
  std::string_view name;
  std::string_view unit;  ///< "1" for a pure number
  InputKind kind = InputKind::real;
  double standard = 0;  ///< the default
  double range_lo = 0, range_hi = 0;
  double limit_lo = 0, limit_hi = 0;
  std::string_view meaning;
  std::string_view memo;    ///< section of the memo that it formalises, "" if none
  std::string_view source;  ///< of the range; "" means this project's judgement
  /// integer: the plausible values if not every integer of the range; choice: codes 0..n-1 of `names`
  std::span<const double> values{};
  std::span<const std::string_view> names{};
  std::string_view expected{};  ///< what the memo expects when the input rises, "" if nothing
};

enum class OutcomeKind { real, flag };

/// When an outcome is defined. Elsewhere it is NaN, which is missing and not a failure.
struct Defined {
  std::string_view when{};     ///< plain language; "" means always
  std::string_view outcome{};  ///< if named: defined exactly where this outcome equals `value`
  double value = 0;
};

/// One outcome of a run. A flag takes the codes 0..n-1 of `meanings`; with one meaning or none
/// (codes 0 and 1: no, yes) its mean is a share.
struct Outcome {
  std::string_view name;
  std::string_view unit;
  OutcomeKind kind = OutcomeKind::real;
  std::string_view meaning;
  double lo = 0, hi = 1;  ///< value range, for histogram edges (values outside are allowed)
  std::span<const std::string_view> meanings{};
  Defined defined{};
};

/// Survival of an event time over a point's replicates (Kaplan & Meier 1958), on a grid of half
/// months: `time` and `event` are outcomes; where `event` is not in `event_codes` it is censored.
struct Curve {
  std::string_view name;       ///< column, e.g. "peace_survival"
  std::string_view dimension;  ///< e.g. "peace_month"
  std::string_view meaning;
  std::string_view time;
  std::string_view event;
  std::span<const double> event_codes;
  std::span<const double> months;  ///< rising multiples of 1/2
};

/// A named mechanism and the input values that switch it off.
struct Mechanism {
  struct Off {
    std::string_view input;
    double value;
  };
  std::string_view name;
  std::span<const Off> off;
  std::string_view meaning;
  std::string_view memo;
};

/// One set of inputs, ready to run; `prepare` turns inputs into it once per point.
struct Task {
  const double* params = nullptr;  ///< `Code::params` numbers
  std::uint64_t stream = 0;        ///< s of the random counter: the row of `point`, or 0
  std::uint32_t first_replicate = 0;
  std::uint32_t replicates = 0;
  double* outcomes = nullptr;      ///< [replicate][outcome], NaN where missing
  std::uint8_t* failed = nullptr;  ///< [replicate], 1 if the run failed
};

/// What a run's numbers are: IEEE double, the default of every study, or float. Points are prepared in double always.
enum class Arithmetic { in_double, in_float };

/// The compiled model for one instruction set. Plain function pointers: no vector type crosses.
struct Code {
  std::string_view instruction_set;
  Arithmetic arithmetic = Arithmetic::in_double;
  std::size_t params = 0;                    ///< numbers that prepare writes
  std::size_t state = 0;                     ///< numbers of one run's state
  std::size_t outcomes = 0;                  ///< numbers of one run's outcomes
  std::size_t workspace = 0, alignment = 0;  ///< bytes of the engine's memory
  int lanes = 1;
  /// inputs -> params; scalar double. May throw: then every run of the point failed.
  void (*prepare)(const double* inputs, double* params) = nullptr;
  /// Starts the tasks in `workspace`; they, and what they point to, must outlive the run.
  void (*begin)(void* workspace, std::uint64_t seed, std::span<const Task> tasks) = nullptr;
  /// As begin, but what a run's start or finish throws is thrown by `begin_throwing` and `advance`, for whoever wants
  /// to know why a run failed.
  void (*begin_throwing)(void* workspace, std::uint64_t seed, std::span<const Task> tasks) = nullptr;
  /// Works for about `steps` steps; true when every run of every task has ended. Throws what a step throws: which run
  /// it was is not known then, and all tasks must be begun anew.
  bool (*advance)(void* workspace, std::uint64_t steps) = nullptr;
  /// Steps made since `begin`.
  std::uint64_t (*steps)(const void* workspace) = nullptr;
  /// The state of lane 0 as `state` numbers, for replay.
  void (*state_of)(const void* workspace, double* into) = nullptr;
};

/// One month of a replayed run.
struct TraceColumn {
  std::string_view name;
  std::string_view unit;
  std::size_t offset;  ///< index into the state's numbers
};

/// A kernel is a value.
struct Kernel {
  std::string_view name;
  int version = 1;  ///< rises when results change
  std::string_view summary;
  std::string_view source;
  std::string notes;  ///< what `describe` adds, e.g. where a mechanism is inert
  std::vector<Input> inputs;
  std::vector<Outcome> outcomes;
  std::vector<Curve> curves;
  std::vector<Mechanism> mechanisms;
  std::vector<TraceColumn> trace;
  std::uint64_t step_limit = 0;  ///< a run that is not over by then has failed
  /// What this processor can run, of each arithmetic the fastest first and the plain one, in one lane, last. All codes
  /// of one arithmetic give the same bits.
  std::vector<Code> codes;
};

const Code& fastest_code(const Kernel& kernel, Arithmetic arithmetic = Arithmetic::in_double);
/// The plain one, in one lane.
const Code& reference_code(const Kernel& kernel, Arithmetic arithmetic = Arithmetic::in_double);
/// nullptr if this processor or this build has no such code.
const Code* find_code(const Kernel& kernel, Arithmetic arithmetic, std::string_view instruction_set);

/// All kernels, in the order of kernels/CMakeLists.txt (generated catalogue).
std::span<const Kernel> kernels();
/// nullptr if there is none of that name.
const Kernel* find_kernel(std::string_view name);

}  // namespace truce

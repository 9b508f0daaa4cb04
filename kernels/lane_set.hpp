// Runs side by side in the lanes of one set of numbers, stepped together.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "kernels/contract.hpp"
#include "kernels/draws.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// Numbers in a struct that holds nothing but numbers.
template <class Struct, class Real>
inline constexpr std::size_t numbers = sizeof(Struct) / sizeof(Real);

/// A run between two steps, outside any lane.
template <class Model, class Scalar>
struct Run {
  const Task* task = nullptr;
  std::uint32_t number = 0;  ///< of the task's
  Stream stream;
  std::uint64_t age = 0;  ///< steps made
  std::array<Scalar, numbers<typename Model::template State<Scalar>, Scalar>> state;
};

/// Step t draws from Philox block t / steps_per_block of its run. Lanes walk through their blocks in step, so a lane
/// whose run ends inside a block gets its next run only after it; that run's block 0 begins with a step that is not
/// made (steps count from 1).
template <class Model, class Real>
class LaneSet {
  using Number = Scalar<Real>;
  using Params = typename Model::template Params<Real>;
  using State = typename Model::template State<Real>;
  using StepDraws = Draws<Real, Model::normals_per_step, Model::uniforms_per_step>;
  static constexpr int lanes = Lanes<Real>::count;
  static constexpr std::uint64_t never = ~std::uint64_t{0};
  static_assert(StepDraws::words >= 1 && StepDraws::words <= 4, "a step draws from one Philox block");
  static_assert(Model::step_limit < (std::uint64_t{1} << 32), "steps are counted in 32 bits");
  static_assert(lanes <= 64, "a mask of lanes has 64 bits");

 public:
  static constexpr std::size_t steps_per_block = 4 / StepDraws::words;
  static constexpr std::uint64_t all = never >> (64 - lanes);

  /// Lanes that never get a run work on zeros.
  void begin(std::uint64_t seed) {
    *this = LaneSet{};
    key_ = KeySchedule(Stream{seed, 0, 0}.key());
  }

  std::uint64_t live() const { return live_; }
  /// Lanes that can take a run now.
  std::uint64_t vacant() const { return place_ == 0 ? all & ~live_ : 0; }

  void load(int lane, const Run<Model, Number>& run) {
    if (loaded_[lane] != run.task->params) write(params_, lane, run.task->params);
    loaded_[lane] = run.task->params;
    write(state_, lane, run.state.data());
    task_[lane] = run.task;
    number_[lane] = run.number;
    stream_[lane] = run.stream;
    const bool fresh = steps_per_block > 1 && run.age == 0;
    const Words counter = run.stream.counter(month_stream, static_cast<std::uint32_t>((run.age + 1) / steps_per_block));
    for (std::size_t i = 0; i < 4; ++i) counters_.word[i][lane] = counter[i];
    if (fresh) set_lane(fresh_, lane, Number(1));
    live_ |= std::uint64_t{1} << lane;
    fresh_lanes_ |= std::uint64_t{fresh} << lane;
    born_[lane] = steps_ - run.age + fresh;  // wraps below 0 and back
    deadline_ = std::min(deadline_, born_[lane] + Model::step_limit);
  }

  Run<Model, Number> run(int lane) const {
    Run<Model, Number> out{task_[lane], number_[lane], stream_[lane], steps_ - born_[lane], {}};
    const auto* from = reinterpret_cast<const Real*>(&state_);
    for (std::size_t i = 0; i < out.state.size(); ++i) out.state[i] = lane_of(from[i], lane);
    return out;
  }

  /// Empties lanes.
  void release(std::uint64_t which) {
    live_ &= ~which;
    if (live_ == 0) place_ = 0;
  }

  /// Steps of all lanes, at most `most` and at most to the end of their blocks; `ended` is called with the live lanes
  /// whose run a step ends, and releases them. The steps made.
  /// All that a step calls is inlined: numbers of many lanes are passed in memory otherwise.
  template <class Ended>
  [[gnu::flatten]] std::uint64_t advance(std::uint64_t most, const Ended& ended) {
    if (place_ == 0) next_blocks();
    if constexpr (steps_per_block == 1) {
      ++steps_;
      if (const std::uint64_t which = Lanes<Real>::bits(Model::step(params_, state_, draws())) & live_; which != 0)
        ended(which);
      return 1;
    } else {
      return through_block(most, ended);
    }
  }

  /// Live lanes whose run has reached the step limit.
  std::uint64_t late() {
    if (steps_ < deadline_) return 0;
    std::uint64_t which = 0;
    deadline_ = never;
    for (std::uint64_t left = live_; left != 0; left &= left - 1) {
      const int lane = std::countr_zero(left);
      const std::uint64_t age = steps_ - born_[lane];
      if (age >= Model::step_limit)
        which |= left & -left;
      else
        deadline_ = std::min(deadline_, born_[lane] + Model::step_limit);
    }
    return which;
  }

  /// Live lanes whose run is in the model's later phase.
  std::uint64_t in_later_phase() const { return Lanes<Real>::bits(Model::in_later_phase(state_)) & live_; }

 private:
  void next_blocks() {
    uniforms_ = Uniforms<Real>::draw(counters_, 0, key_);
    for (std::uint64_t& block : counters_.word[0]) ++block;
    if (steps_per_block == 1 || fresh_lanes_ != live_) return;
    place_ = 1;  // all begin: the step that is not made is not counted either
    ++steps_;
    forget_fresh();
  }

  void forget_fresh() {
    fresh_ = Real(0.0);
    fresh_lanes_ = 0;
  }

  StepDraws draws() const {
    StepDraws draws;
    std::copy_n(&uniforms_[place_ * StepDraws::words], StepDraws::words, draws.u.begin());
    draws.streams = stream_;
    return draws;
  }

  /// The state stays in registers between the steps of a block.
  template <class Ended>
  std::uint64_t through_block(std::uint64_t most, const Ended& ended) {
    State state = state_;
    std::uint64_t made = 0;
    // No run goes on past its limit unseen. (A deadline that is over was that of a run that has ended.)
    if (steps_ < deadline_)
      most = std::min(most, deadline_ - steps_);
    else
      most = 1;
    while (made < most) {
      std::uint64_t which = Lanes<Real>::bits(Model::step(params_, state, draws())) & live_;
      if (fresh_lanes_ != 0) {  // only at place 0
        which &= ~fresh_lanes_;
        keep_fresh(state);
      }
      ++made;
      ++steps_;
      place_ = (place_ + 1) % steps_per_block;
      if (which != 0) {
        state_ = state;
        ended(which);
      }
      if (place_ == 0 || live_ == 0) break;
    }
    state_ = state;
    return made;
  }

  /// Undoes the step in the lanes where a run is at its block's first place, which it does not use.
  void keep_fresh(State& state) {
    const auto fresh = Real(0.5) < fresh_;
    auto* after = reinterpret_cast<Real*>(&state);
    const auto* before = reinterpret_cast<const Real*>(&state_);
    for (std::size_t i = 0; i < numbers<State, Real>; ++i) after[i] = select(fresh, before[i], after[i]);
    forget_fresh();
  }

  template <class Wide, class From>
  static void write(Wide& wide, int lane, const From* values) {
    auto* into = reinterpret_cast<Real*>(&wide);
    for (std::size_t i = 0; i < numbers<Wide, Real>; ++i) set_lane(into[i], lane, static_cast<Number>(values[i]));
  }

  Params params_{};
  State state_{};
  Counters<lanes> counters_{};
  std::array<Real, 4> uniforms_{};  ///< of the lanes' current blocks
  Real fresh_ = Real(0.0);          ///< 1 in the lanes of `fresh_lanes_`, whose run has not begun
  KeySchedule key_;
  std::uint64_t steps_ = 0, deadline_ = never, live_ = 0, fresh_lanes_ = 0;
  std::size_t place_ = 0;  ///< of the next step in its block
  const double* loaded_[lanes] = {};
  const Task* task_[lanes] = {};
  std::uint32_t number_[lanes] = {};
  Stream stream_[lanes] = {};
  std::uint64_t born_[lanes] = {};
};

}  // namespace TRUCE_ISA
}  // namespace truce

// The engine: runs the replicates of many tasks through a model, lane by lane, refilling lanes that end.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "kernels/lane_set.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// A model whose runs go through two phases that cost differently says in which lanes the later one holds:
/// `static Mask<Real> in_later_phase(const State<Real>&)`. Each phase then has lanes of its own, so that none waits for
/// the other's work.
template <class Model, class Real>
concept HasPhases = requires(const typename Model::template State<Real>& state) {
  Model::in_later_phase(state);
};

/// A model's runs in `Lanes<Real>::count` lanes. Model: see kernels/gamblers_ruin.hpp for the smallest one.
template <class Model, class Real>
class Engine {
  using Number = Scalar<Real>;
  using OneRun = Run<Model, Number>;
  using Params = typename Model::template Params<double>;
  using State = typename Model::template State<double>;
  using Outcomes = typename Model::template Outcomes<double>;
  static constexpr int lanes = Lanes<Real>::count;
  static constexpr std::size_t sets = HasPhases<Model, Real> && lanes > 1 ? 2 : 1;
  static_assert(sets == 1 || LaneSet<Model, Real>::steps_per_block == 1, "runs can change sets after every step");

 public:
  static constexpr std::size_t outcome_count = numbers<Outcomes, double>;

  Engine() = default;
  /// With `lets_out`, what start and finish throw leaves `begin` and `advance` instead of failing the run.
  explicit Engine(bool lets_out) : lets_out_(lets_out) {}

  void begin(std::uint64_t seed, std::span<const Task> tasks) {
    seed_ = seed;
    tasks_ = tasks;
    for (auto& set : sets_) set.begin(seed);
    refill(0);
  }

  /// True when all runs have ended. What a step throws leaves it: the tasks must then be begun anew.
  bool advance(std::uint64_t steps) {
    for (const std::uint64_t end = steps_ + steps; steps_ < end;) {
      const std::size_t set = fullest();
      if (sets_[set].live() == 0) return true;
      visit(set, end - steps_);
    }
    return sets_[fullest()].live() == 0;
  }

  std::uint64_t steps() const { return steps_; }

  /// The state of lane 0 as numbers, for replay.
  std::array<double, numbers<State, double>> state() const {
    return std::bit_cast<std::array<double, numbers<State, double>>>(state_of(sets_[0].run(0)));
  }

 private:
  static State state_of(const OneRun& run) {
    std::array<double, numbers<State, double>> values;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(run.state[i]);
    return std::bit_cast<State>(values);
  }
  static Params params_of(const Task& task) {
    Params params;
    std::memcpy(&params, task.params, sizeof params);
    return params;
  }

  /// The set with most live lanes, the later phase's if equal: so few runs wait between sets.
  std::size_t fullest() const {
    if constexpr (sets == 1) return 0;
    return std::popcount(sets_[1].live()) >= std::popcount(sets_[0].live()) ? 1 : 0;
  }

  /// Some steps of a set.
  void visit(std::size_t number, std::uint64_t most) {
    auto& set = sets_[number];
    steps_ += set.advance(most, [&](std::uint64_t ended) { end(set, ended, false); });
    if (const std::uint64_t late = set.late(); late != 0) end(set, late, true);
    if constexpr (sets == 2) {
      const std::uint64_t later = set.in_later_phase();
      move(set, number == 0 ? later : set.live() & ~later, 1 - number);
    }
    for (std::size_t i = 0; i < sets; ++i) refill(i);
  }

  /// Takes runs out of their lanes to wait for one of another set.
  void move(LaneSet<Model, Real>& from, std::uint64_t which, std::size_t to) {
    from.release(which);
    for (; which != 0; which &= which - 1) waiting_[to][waiting_count_[to]++] = from.run(std::countr_zero(which));
  }

  [[gnu::noinline]] void end(LaneSet<Model, Real>& set, std::uint64_t which, bool failed) {
    set.release(which);
    for (; which != 0; which &= which - 1) {
      const OneRun run = set.run(std::countr_zero(which));
      const bool finished = holds([&] {
        const Outcomes outcomes = Model::finish(params_of(*run.task), state_of(run));
        std::memcpy(run.task->outcomes + run.number * outcome_count, &outcomes, sizeof outcomes);
      });
      run.task->failed[run.number] = failed || !finished;
    }
  }

  /// Gives vacant lanes the runs that wait, then new ones (which begin in the first phase), as long as there are any.
  void refill(std::size_t number) {
    auto& set = sets_[number];
    for (std::uint64_t vacant = set.vacant(); vacant != 0; vacant &= vacant - 1) {
      const int lane = std::countr_zero(vacant);
      if (sets == 2 && waiting_count_[number] > 0)
        set.load(lane, waiting_[number][--waiting_count_[number]]);
      else if (number != 0 || !start_next())
        return;
      else
        set.load(lane, next_);
    }
  }

  /// Sets the next run up; one whose start throws has failed. False if none is left.
  bool start_next() {
    for (;; ++replicate_) {
      while (task_ < tasks_.size() && replicate_ >= tasks_[task_].replicates) {
        ++task_;
        replicate_ = 0;
      }
      if (task_ == tasks_.size()) return false;
      if (start(tasks_[task_])) break;
      tasks_[task_].failed[replicate_] = 1;
    }
    ++replicate_;
    return true;
  }

  bool start(const Task& task) {
    next_.task = &task;
    next_.number = replicate_;
    next_.stream = Stream{seed_, task.stream, task.first_replicate + replicate_};
    next_.age = 0;
    Draws<double, Model::normals_per_step, Model::uniforms_per_step> draws{};
    draws.streams = &next_.stream;
    return holds([&] {
      const State state = Model::start(params_of(task), draws);
      const auto* values = reinterpret_cast<const double*>(&state);
      for (std::size_t i = 0; i < next_.state.size(); ++i) next_.state[i] = static_cast<Number>(values[i]);
    });
  }

  /// False if `act` throws, unless that is to be let out. No handler throws: clang would need a symbol outside this
  /// namespace for that.
  template <typename Act>
  bool holds(const Act& act) const {
    if (lets_out_) {
      act();
      return true;
    }
    try {
      act();
      return true;
    } catch (...) {
      return false;
    }
  }

  // Built-in arrays: the constructors of std::array would be symbols outside this namespace.
  LaneSet<Model, Real> sets_[sets];
  /// Runs between sets. A set is stepped only while the other has no more live lanes, so that none waits for it.
  OneRun waiting_[sets][sets == 2 ? 3 * lanes : 1];
  std::array<std::size_t, sets> waiting_count_{};
  OneRun next_;
  std::uint64_t seed_ = 0, steps_ = 0;
  std::span<const Task> tasks_;
  std::size_t task_ = 0;
  std::uint32_t replicate_ = 0;
  bool lets_out_ = false;
};

}  // namespace TRUCE_ISA
}  // namespace truce

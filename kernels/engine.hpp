// The engine: runs the replicates of many tasks through a model, lane by lane, refilling lanes that end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>

#include "kernels/contract.hpp"
#include "kernels/math.hpp"
#include "kernels/philox.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// The random numbers of one step. Words are shared out in order: first the normals, then the uniforms.
template <class Real, int normals, int uniforms>
struct Draws {
  std::array<Real, normals + uniforms> u;
  const Stream* streams = nullptr;  ///< [lane]
  Real normal(int i) const { return normal_quantile(u[static_cast<std::size_t>(i)]); }
  Real uniform(int i) const { return u[static_cast<std::size_t>(normals) + static_cast<std::size_t>(i)]; }
  /// Standard normal from word 0 of set-up block `block`, in the lanes of `where` (0 elsewhere).
  Real set_up_normal(const Mask<Real>& where, const Real& block) const {
    Real word = Real(0.5);
    for (int lane = 0; lane < Lanes<Real>::count; ++lane)
      if (Lanes<Real>::get(where, lane)) {
        const auto number = static_cast<std::uint32_t>(Lanes<Real>::get(block, lane));
        Lanes<Real>::set(word, lane, truce::uniform(streams[lane].block(set_up_stream, number)[0]));
      }
    return normal_quantile(word);
  }
};

/// Numbers in a struct that holds nothing but numbers.
template <class Struct, class Real>
inline constexpr std::size_t numbers = sizeof(Struct) / sizeof(Real);

/// A model's run in `Lanes<Real>::count` lanes. Model: see kernels/gamblers_ruin.hpp for the smallest one.
template <class Model, class Real>
class Engine {
  using Params = typename Model::template Params<Real>;
  using State = typename Model::template State<Real>;
  using ScalarParams = typename Model::template Params<double>;
  using ScalarState = typename Model::template State<double>;
  using ScalarOutcomes = typename Model::template Outcomes<double>;
  using L = Lanes<Real>;
  static constexpr int words = Model::normals_per_step + Model::uniforms_per_step;
  static_assert(words >= 1 && words <= 4, "a step draws from one Philox block");
  static_assert(Model::step_limit < (std::uint64_t{1} << 32), "steps are counted in 32 bits");
  static constexpr unsigned steps_per_block = 4U / words;

 public:
  static constexpr std::size_t outcome_count = numbers<ScalarOutcomes, double>;

  void begin(std::uint64_t seed, std::span<const Task> tasks) {
    seed_ = seed;
    tasks_ = tasks;
    task_ = 0;
    replicate_ = 0;
    active_ = 0;
    steps_ = 0;
    params_ = Params{};  // lanes that never get a run work on zeros
    state_ = State{};
    for (int lane = 0; lane < L::count; ++lane) {
      loaded_[lane] = nullptr;
      live_[lane] = false;
      refill(lane);
    }
  }

  /// True when all runs have ended.
  bool advance(std::uint64_t steps) {
    for (std::uint64_t i = 0; i < steps && active_ > 0; ++i) {
      const auto ended = Model::step(params_, state_, draw());
      ++steps_;
      for (int lane = 0; lane < L::count; ++lane) {
        ++age_[lane];
        if (!live_[lane]) continue;
        const bool over = L::get(ended, lane);
        if (over || age_[lane] >= Model::step_limit) end(lane, !over);
      }
    }
    return active_ == 0;
  }

  std::uint64_t steps() const { return steps_; }

  /// The state of a lane as numbers, for replay.
  std::array<double, numbers<ScalarState, double>> state(int lane) const { return lane_of<ScalarState>(state_, lane); }

 private:
  template <class Scalar, class Wide>
  static std::array<double, numbers<Scalar, double>> lane_of(const Wide& wide, int lane) {
    std::array<double, numbers<Scalar, double>> out;
    const auto* from = reinterpret_cast<const Real*>(&wide);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<double>(L::get(from[i], lane));
    return out;
  }
  template <class Wide>
  static void set_lane(Wide& wide, int lane, const double* values, std::size_t count) {
    auto* into = reinterpret_cast<Real*>(&wide);
    for (std::size_t i = 0; i < count; ++i) L::set(into[i], lane, values[i]);
  }

  auto draw() {
    Draws<Real, Model::normals_per_step, Model::uniforms_per_step> out;
    out.streams = stream_;
    for (int lane = 0; lane < L::count; ++lane) {
      const std::uint32_t step = age_[lane] + 1;
      const std::uint32_t first = step % steps_per_block * words;
      if (first == 0 || age_[lane] == 0) block_[lane] = stream_[lane].block(month_stream, step / steps_per_block);
      for (std::uint32_t word = 0; word < words; ++word)
        L::set(out.u[word], lane, truce::uniform(block_[lane][first + word]));
    }
    return out;
  }

  template <class Struct, std::size_t count>
  static Struct made_of(const std::array<double, count>& values) {
    Struct made;
    static_assert(sizeof made == sizeof values);
    std::memcpy(&made, values.data(), sizeof made);
    return made;
  }

  void end(int lane, bool failed) {
    live_[lane] = false;
    --active_;
    const Task& task = *owner_[lane];
    const std::uint32_t run = index_[lane];
    try {
      const ScalarOutcomes outcomes = Model::finish(made_of<ScalarParams>(lane_of<ScalarParams>(params_, lane)),
                                                    made_of<ScalarState>(lane_of<ScalarState>(state_, lane)));
      std::memcpy(task.outcomes + run * outcome_count, &outcomes, sizeof outcomes);
      task.failed[run] = failed;
    } catch (...) {
      task.failed[run] = 1;
    }
    refill(lane);
  }

  /// Starts the next run in this lane, if any is left; a run whose start throws has failed.
  void refill(int lane) {
    for (;; ++replicate_) {
      while (task_ < tasks_.size() && replicate_ >= tasks_[task_].replicates) {
        ++task_;
        replicate_ = 0;
      }
      if (task_ == tasks_.size()) return;
      if (start(lane, tasks_[task_])) break;
      tasks_[task_].failed[replicate_] = 1;
    }
    ++replicate_;
    ++active_;
    live_[lane] = true;
  }

  bool start(int lane, const Task& task) {
    if (loaded_[lane] != task.params) set_lane(params_, lane, task.params, numbers<ScalarParams, double>);
    loaded_[lane] = task.params;
    owner_[lane] = &task;
    index_[lane] = replicate_;
    stream_[lane] = Stream{seed_, task.stream, task.first_replicate + replicate_};
    age_[lane] = 0;
    ScalarParams params;
    std::memcpy(&params, task.params, sizeof params);
    Draws<double, Model::normals_per_step, Model::uniforms_per_step> draws{};
    draws.streams = &stream_[lane];
    try {
      const ScalarState state = Model::start(params, draws);
      std::array<double, numbers<ScalarState, double>> values;
      std::memcpy(values.data(), &state, sizeof state);
      set_lane(state_, lane, values.data(), values.size());
      return true;
    } catch (...) {
      return false;
    }
  }

  Params params_;
  State state_;
  std::uint64_t seed_ = 0, steps_ = 0;
  std::span<const Task> tasks_;
  std::size_t task_ = 0;
  std::uint32_t replicate_ = 0;
  int active_ = 0;
  Stream stream_[L::count] = {};
  Words block_[L::count] = {};
  const double* loaded_[L::count];
  const Task* owner_[L::count];
  std::uint32_t index_[L::count] = {}, age_[L::count] = {};
  bool live_[L::count];
};

/// The function table of a model in the number type `Real`.
template <class Model, class Real>
Code code_of(std::string_view instruction_set) {
  using Machine = Engine<Model, Real>;
  using ScalarParams = typename Model::template Params<double>;
  static_assert(std::is_trivially_destructible_v<Machine>);
  Code code;
  code.instruction_set = instruction_set;
  code.lanes = Lanes<Real>::count;
  code.params = numbers<ScalarParams, double>;
  code.state = numbers<typename Model::template State<double>, double>;
  code.outcomes = Machine::outcome_count;
  code.workspace = sizeof(Machine);
  code.alignment = alignof(Machine);
  code.prepare = [](const double* inputs, double* params) {
    const ScalarParams prepared = Model::prepare(inputs);
    std::memcpy(params, &prepared, sizeof prepared);
  };
  code.begin = [](void* workspace, std::uint64_t seed, std::span<const Task> tasks) {
    (::new (workspace) Machine)->begin(seed, tasks);
  };
  code.advance = [](void* workspace, std::uint64_t steps) {
    return static_cast<Machine*>(workspace)->advance(steps);
  };
  code.steps = [](const void* workspace) { return static_cast<const Machine*>(workspace)->steps(); };
  code.state_of = [](const void* workspace, double* into) {
    const auto values = static_cast<const Machine*>(workspace)->state(0);
    std::memcpy(into, values.data(), sizeof values);
  };
  return code;
}

}  // namespace TRUCE_ISA
}  // namespace truce

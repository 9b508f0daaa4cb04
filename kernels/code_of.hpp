// The function table of a compiled model. No vector type crosses it, so that objects of different instruction sets
// link.
#pragma once

#include <cstring>
#include <new>
#include <type_traits>

#include "kernels/engine.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// Inputs to params, in scalar double.
template <class Model>
void prepare_of(const double* inputs, double* params) {
  const auto prepared = Model::prepare(inputs);
  std::memcpy(params, &prepared, sizeof prepared);
}

/// The table of a model in the number type `Real`; `prepare` is left to prepare_of of the plain code.
template <class Model, class Real>
Code code_of(std::string_view instruction_set) {
  using Machine = Engine<Model, Real>;
  static_assert(std::is_trivially_destructible_v<Machine>);
  Code code;
  code.instruction_set = instruction_set;
  code.arithmetic = std::is_same_v<Scalar<Real>, float> ? Arithmetic::in_float : Arithmetic::in_double;
  code.lanes = Lanes<Real>::count;
  code.params = numbers<typename Model::template Params<double>, double>;
  code.state = numbers<typename Model::template State<double>, double>;
  code.outcomes = Machine::outcome_count;
  code.workspace = sizeof(Machine);
  code.alignment = alignof(Machine);
  code.begin = [](void* workspace, std::uint64_t seed, std::span<const Task> tasks) {
    (::new (workspace) Machine)->begin(seed, tasks);
  };
  code.begin_throwing = [](void* workspace, std::uint64_t seed, std::span<const Task> tasks) {
    (::new (workspace) Machine(true))->begin(seed, tasks);
  };
  code.advance = [](void* workspace, std::uint64_t steps) { return static_cast<Machine*>(workspace)->advance(steps); };
  code.steps = [](const void* workspace) { return static_cast<const Machine*>(workspace)->steps(); };
  code.state_of = [](const void* workspace, double* into) {
    const auto values = static_cast<const Machine*>(workspace)->state();
    std::memcpy(into, values.data(), sizeof values);
  };
  return code;
}

}  // namespace TRUCE_ISA
}  // namespace truce

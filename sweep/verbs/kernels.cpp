// `kernels` and `describe`: what the models are, in plain language, from their declarations.
#include <algorithm>
#include <iomanip>
#include <iostream>

#include "kernels/contract.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

/// As studies write it: a choice by name.
std::string worded(const Input& input, double value) {
  return input.names.empty() ? spell(value) : std::string(input.names[static_cast<std::size_t>(value)]);
}

std::string list_of(const Input& input) {
  std::string all;
  for (const double value : input.values) all += (all.empty() ? "" : ", ") + spell(value);
  for (const auto name : input.names) all += (all.empty() ? "" : ", ") + std::string(name);
  return all;
}

std::string range_of(const Input& input) {
  const std::string list = list_of(input);
  return list.empty() ? spell(input.range_lo) + ".." + spell(input.range_hi) : list;
}

void describe_input(const Input& input) {
  std::cout << "  " << input.name << " [" << input.unit << "]  default " << worded(input, input.standard)
            << ", plausible " << range_of(input);
  if (input.names.empty()) std::cout << ", accepted " << spell(input.limit_lo) << ".." << spell(input.limit_hi);
  std::cout << "\n      " << input.meaning << "\n";
  if (!input.source.empty()) std::cout << "      range: " << input.source << "\n";
  if (!input.memo.empty()) std::cout << "      memo: " << input.memo << "\n";
  if (!input.expected.empty()) std::cout << "      the memo expects, as it rises: " << input.expected << "\n";
}

void describe_outcome(const Outcome& outcome) {
  std::cout << "  " << outcome.name << " [" << outcome.unit << "]  " << outcome.meaning << "\n";
  if (!outcome.meanings.empty()) {
    std::cout << "      codes:";
    for (std::size_t code = 0; code < outcome.meanings.size(); ++code)
      std::cout << " " << code << " " << outcome.meanings[code];
    std::cout << "\n";
  }
  if (!outcome.defined.when.empty()) std::cout << "      defined where " << outcome.defined.when << "\n";
}

void describe_text(const Kernel& kernel) {
  std::cout << kernel.name << " (version " << kernel.version << "): " << kernel.summary << "\nSource: " << kernel.source
            << "\n";
  if (!kernel.notes.empty()) std::cout << kernel.notes << "\n";
  std::cout << "\nInputs (plausible ranges are this project's judgement unless a source stands below)\n";
  for (const auto& input : kernel.inputs) describe_input(input);
  std::cout << "\nOutcomes of a run\n";
  for (const auto& outcome : kernel.outcomes) describe_outcome(outcome);
  for (const auto& curve : kernel.curves) {
    std::cout << "  " << curve.name << " [1]  " << curve.meaning << ", at";
    for (const double month : curve.months) std::cout << " " << spell(month);
    std::cout << " months\n";
  }
  if (!kernel.mechanisms.empty()) std::cout << "\nMechanisms, and what switches them off\n";
  for (const auto& mechanism : kernel.mechanisms) {
    std::cout << "  " << mechanism.name << ": " << mechanism.meaning << "  (off:";
    for (const auto& off : mechanism.off) std::cout << " " << off.input << " = " << spell(off.value);
    std::cout << ")" << (mechanism.memo.empty() ? "" : "  memo: ") << mechanism.memo << "\n";
  }
}

void describe_ini(const Kernel& kernel) {
  std::cout << "# truce run " << kernel.name << ".ini\n[study]\ntitle = All inputs of " << kernel.name
            << " over their plausible ranges\nkernel = " << kernel.name
            << "\nseed = 1\nreplicates = 64\n\n[design]\nmethod = sobol\npoints = 1024\n\n[inputs]\n";
  std::size_t width = 0;
  for (const auto& input : kernel.inputs) width = std::max(width, input.name.size());
  for (const auto& input : kernel.inputs) {
    std::string value = "uniform(" + spell(input.range_lo) + ", " + spell(input.range_hi) + ")";
    if (const std::string list = list_of(input); !list.empty())
      value = "choice(" + list + ")";
    else if (input.kind == InputKind::integer)
      value = "integer(" + spell(input.range_lo) + ", " + spell(input.range_hi) + ")";
    if (input.range_lo == input.range_hi) value = spell(input.standard);
    std::cout << "# " << input.meaning << " [" << input.unit << "], default " << worded(input, input.standard) << "\n"
              << std::left << std::setw(static_cast<int>(width)) << input.name << " = " << value << "\n";
  }
  std::cout << "\n[store]\nfile = " << kernel.name << ".h5\nrows = point\n";
}

}  // namespace

Exit list_kernels(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {}, false);
  if (!parsed.positional().empty())
    throw Error(Exit::usage,
                "kernels takes no argument; for one kernel: truce describe " + parsed.positional().front());
  for (const auto& kernel : kernels())
    std::cout << std::left << std::setw(21) << kernel.name << kernel.summary << " (" << kernel.inputs.size()
              << " inputs, " << kernel.outcomes.size()
              << (kernel.outcomes.size() == 1 ? " outcome)\n" : " outcomes)\n");
  return Exit::done;
}

Exit describe(const Arguments& arguments) {
  const Parsed parsed(arguments, {"ini"}, {}, false);
  const std::string name = parsed.only("kernel");
  const Kernel* kernel = find_kernel(name);
  if (kernel == nullptr) {
    std::vector<std::string> names;
    for (const auto& each : kernels()) names.emplace_back(each.name);
    const std::string near = nearest(name, names);
    throw Error(Exit::usage,
                name + " is not a kernel. " + (near.empty() ? "See: truce kernels" : "Did you mean " + near + "?"));
  }
  parsed.flag("ini") ? describe_ini(*kernel) : describe_text(*kernel);
  return Exit::done;
}

}  // namespace truce

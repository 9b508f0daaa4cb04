// Looks kernels and their codes up.
#include <algorithm>

#include "kernels/contract.hpp"

namespace truce {

const Kernel* find_kernel(std::string_view name) {
  const auto found = std::ranges::find(kernels(), name, &Kernel::name);
  return found == kernels().end() ? nullptr : &*found;
}

const Code& fastest_code(const Kernel& kernel, Arithmetic arithmetic) {
  return *std::ranges::find(kernel.codes, arithmetic, &Code::arithmetic);
}

const Code& reference_code(const Kernel& kernel, Arithmetic arithmetic) {
  return *std::find_if(kernel.codes.rbegin(), kernel.codes.rend(),
                       [&](const Code& code) { return code.arithmetic == arithmetic; });
}

const Code* find_code(const Kernel& kernel, Arithmetic arithmetic, std::string_view instruction_set) {
  for (const Code& code : kernel.codes)
    if (code.arithmetic == arithmetic && code.instruction_set == instruction_set) return &code;
  return nullptr;
}

}  // namespace truce

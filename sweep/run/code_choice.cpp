// Names what there is when what is asked for is not.
#include "sweep/run/code_choice.hpp"

#include "sweep/base/error.hpp"
#include "sweep/study/study_keys.hpp"

namespace truce {

const Code& code_for(const Plan& plan, const std::string& instruction_set) {
  if (instruction_set.empty()) return fastest_code(*plan.kernel, plan.arithmetic);
  if (const Code* code = find_code(*plan.kernel, plan.arithmetic, instruction_set)) return *code;
  std::string there;
  for (const Code& code : plan.kernel->codes)
    if (code.arithmetic == plan.arithmetic) there += (there.empty() ? "" : ", ") + std::string(code.instruction_set);
  throw Error(Exit::usage, "option --instruction-set: " + instruction_set +
                               " is not here (this processor and build run " + there +
                               "); name one of these, or leave the choice to truce");
}

std::string name_of(const Code& code) {
  const std::string number = arithmetic_names()[static_cast<std::size_t>(code.arithmetic)];
  return std::string(code.instruction_set) + ", " +
         (code.lanes == 1 ? "one lane of " : std::to_string(code.lanes) + " lanes of ") + number;
}

}  // namespace truce

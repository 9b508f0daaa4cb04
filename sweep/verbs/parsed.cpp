// Splits the arguments of a verb; study options (--section.key) are left to the study's own parser.
#include <algorithm>
#include <charconv>

#include "sweep/verbs/verbs.hpp"

namespace truce {

Parsed::Parsed(const Arguments& arguments, const std::vector<std::string>& flags,
               const std::vector<std::string>& options, bool study_options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument.rfind("--", 0) != 0 || argument == "--") {
      positional_.push_back(argument);
      continue;
    }
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(2, equals == std::string::npos ? equals : equals - 2);
    const bool is_study = study_options && name.find('.') != std::string::npos;
    const auto value = [&]() -> std::string {
      if (equals != std::string::npos) return argument.substr(equals + 1);
      if (i + 1 == arguments.size())
        throw Error(Exit::usage, "option --" + name + " has no value (it takes one); write --" + name + "=VALUE");
      return arguments[++i];
    };
    if (is_study) {
      study_.push_back("--" + name + "=" + value());
    } else if (std::find(flags.begin(), flags.end(), name) != flags.end()) {
      if (equals != std::string::npos)
        throw Error(Exit::usage, "option --" + name + " takes no value; write --" + name + " alone");
      flags_.push_back(name);
    } else if (std::find(options.begin(), options.end(), name) != options.end()) {
      options_.emplace_back(name, value());
    } else {
      auto known = flags;
      known.insert(known.end(), options.begin(), options.end());
      const std::string near = nearest(name, known);
      throw Error(Exit::usage, "option --" + name + " is not one of this verb." +
                                   (near.empty() ? " See its --help." : " Did you mean --" + near + "?"));
    }
  }
}

bool Parsed::flag(std::string_view name) const { return std::find(flags_.begin(), flags_.end(), name) != flags_.end(); }

std::string Parsed::option(std::string_view name) const {
  for (auto it = options_.rbegin(); it != options_.rend(); ++it)
    if (it->first == name) return it->second;
  return "";
}

long long Parsed::number(std::string_view name, long long standard, long long lo, long long hi) const {
  const std::string text = option(name);
  if (text.empty()) return standard;
  long long value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || value < lo || value > hi)
    throw Error(Exit::usage, "option --" + std::string(name) + ": " + text + " is not a whole number from " +
                                 std::to_string(lo) + " to " + std::to_string(hi));
  return value;
}

std::string Parsed::only(std::string_view what) const {
  if (positional_.empty()) throw Error(Exit::usage, "no " + std::string(what) + " given (it is needed); name one");
  if (positional_.size() > 1)
    throw Error(Exit::usage, "more than one " + std::string(what) + " given: " + positional_[0] + ", " +
                                 positional_[1] + " (one is expected)");
  return positional_.front();
}

}  // namespace truce

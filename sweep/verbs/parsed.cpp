// Splits the arguments of a verb; study options (--section.key) are left to the study's own parser.
#include <algorithm>
#include <charconv>
#include <filesystem>

#include "sweep/study/plan.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

std::string name_of(const std::string& argument) { return argument.substr(2, argument.find('=') - 2); }

/// What to do about an option that the verb does not know: "Did you mean --quiet?".
std::string remedy(const std::string& name, const std::vector<std::string>& known, bool study_options) {
  if (study_options)
    for (const auto& [key, meaning] : study_key_help())
      if (key.ends_with("." + name)) return "Did you mean --" + key + "?";
  const std::string near = nearest(name, known);
  if (!near.empty()) return "Did you mean --" + near + "?";
  return study_options ? "Keys of the study are written --section.key=value, e.g. --inputs." + name +
                             "=...; for the rest see its --help."
                       : "See its --help.";
}

}  // namespace

std::string Parsed::value_of(const Arguments& arguments, std::size_t& i) {
  const std::string& argument = arguments[i];
  const std::string option = "option --" + name_of(argument), form = "write --" + name_of(argument) + "=VALUE";
  const std::size_t equals = argument.find('=');
  if (equals != std::string::npos) {
    if (equals + 1 == argument.size())
      throw Error(Exit::usage, option + " has no value (nothing follows its =); " + form + " without blanks");
    return argument.substr(equals + 1);
  }
  if (i + 1 < arguments.size() && arguments[i + 1].starts_with("="))
    throw Error(Exit::usage,
                option + " has a blank before its = (the shell splits it there); " + form + " without blanks");
  if (i + 1 == arguments.size() || arguments[i + 1].starts_with("--"))
    throw Error(Exit::usage, option + " has no value (it takes one); " + form);
  return arguments[++i];
}

Parsed::Parsed(const Arguments& arguments, const std::vector<std::string>& flags,
               const std::vector<std::string>& options, bool study_options) {
  const auto among = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (!argument.starts_with("--") || argument == "--") {
      positional_.push_back(argument);
      continue;
    }
    const std::string name = name_of(argument);
    if (study_options && name.find('.') != std::string::npos) {
      study_.push_back("--" + name + "=" + value_of(arguments, i));
    } else if (among(flags, name)) {
      if (argument.find('=') != std::string::npos)
        throw Error(Exit::usage, "option --" + name + " takes no value; write --" + name + " alone");
      flags_.push_back(name);
    } else if (among(options, name)) {
      options_.emplace_back(name, value_of(arguments, i));
    } else {
      auto known = flags;
      known.insert(known.end(), options.begin(), options.end());
      throw Error(Exit::usage, "option --" + name + " is not one of this verb. " + remedy(name, known, study_options));
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

std::string Parsed::existing(std::string_view what) const {
  std::string name = only(what);
  std::error_code fault;
  const auto type = std::filesystem::status(name, fault).type();
  if (type == std::filesystem::file_type::not_found)
    throw Error(Exit::usage, name + " does not exist (a " + std::string(what) + " is read); check the name");
  if (type == std::filesystem::file_type::none)
    throw Error(Exit::usage, name + " cannot be reached (" + fault.message() + "); check the path and its permissions");
  return name;
}

}  // namespace truce

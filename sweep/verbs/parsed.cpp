// Splits the arguments of a verb; study options (--section.key) are left to the study's own parser.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>

#include "sweep/store/attempt.hpp"
#include "sweep/store/files.hpp"
#include "sweep/study/plan.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

std::string name_of(const std::string& argument) { return argument.substr(2, argument.find('=') - 2); }

/// In lower case, as all options are.
std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// "; did you mean --quiet?": an option of the verb, a key of the study or an input of a model; "" if none is near.
std::string meant(const std::string& given, const std::vector<std::string>& known, bool study_options) {
  const std::string name = lower(given);
  if (study_options)
    for (const auto& [key, meaning] : study_key_help())
      if (key.ends_with("." + name)) return "; did you mean --" + key + "?";
  if (const std::string near = nearest(name, known); !near.empty()) return "; did you mean --" + near + "?";
  if (study_options)
    for (const Kernel& kernel : kernels())
      for (const Input& input : kernel.inputs)
        if (input.name == name) return "; did you mean --inputs." + name + "=...?";
  return "";
}

[[noreturn]] void refuse(const std::string& name, const std::vector<std::string>& known, bool study_options,
                         const std::string& hint) {
  std::string text = "--" + name + " is not an option of this verb; its options:";
  for (const std::string& each : known) text += " --" + each;
  if (study_options) text += " --SECTION.KEY=V";
  throw Error(Exit::usage, text + meant(name, known, study_options) + hint);
}

/// A word with one dash is no name of a file: too often it is an option that lost a dash.
void require_no_dash(const std::string& word, const std::vector<std::string>& known, bool study_options) {
  if (word.size() < 2 || word[0] != '-' || word[1] == '-') return;
  const std::string near = meant(word.substr(1, word.find('=') - 1), known, study_options);
  throw Error(Exit::usage, word + ": options begin with two dashes" +
                               (near.empty() ? "; a file of this name is written ./" + word : near));
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
  if (i + 1 < arguments.size() && arguments[i + 1].empty())
    throw Error(Exit::usage, option + " has an empty value (an unset variable?); " + form);
  if (i + 1 == arguments.size() || arguments[i + 1].starts_with("--"))
    throw Error(Exit::usage, option + " has no value (it takes one); " + form);
  return arguments[++i];
}

Parsed::Parsed(const Arguments& arguments, const std::vector<std::string>& flags,
               const std::vector<std::string>& options, bool study_options, const std::string& hint) {
  const auto among = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  auto known = options;
  known.insert(known.end(), flags.begin(), flags.end());
  known.emplace_back("help");
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (!argument.starts_with("--") || argument == "--") {
      require_no_dash(argument, known, study_options);
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
      if (given(name))
        throw Error(Exit::usage,
                    "option --" + name + ": given a second time (the two could differ); delete one of the two");
      options_.emplace_back(name, value_of(arguments, i));
    } else {
      refuse(name, known, study_options, hint);
    }
  }
}

bool Parsed::flag(std::string_view name) const { return std::find(flags_.begin(), flags_.end(), name) != flags_.end(); }

std::string Parsed::option(std::string_view name) const {
  for (const auto& [known, value] : options_)
    if (known == name) return value;
  return "";
}

std::vector<std::string> Parsed::words(std::string_view name) const {
  if (!given(name)) return {};
  try {
    return split(option(name));
  } catch (const Error& error) {
    throw Error(error.exit(), "option --" + std::string(name) + ": " + error.what());
  }
}

long long Parsed::number(std::string_view name, long long standard, long long lo, long long hi) const {
  const std::string text = option(name);
  if (text.empty()) return standard;
  long long value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || value < lo || value > hi)
    throw Error(Exit::usage, "option --" + std::string(name) + ": " + text + " is not a whole number from " +
                                 std::to_string(lo) + " to " + std::to_string(hi) + "; give such a number");
  return value;
}

std::string Parsed::only(std::string_view what) const {
  if (positional_.empty()) throw Error(Exit::usage, "no " + std::string(what) + " given (it is needed); name one");
  if (positional_.size() > 1)
    throw Error(Exit::usage, "more than one " + std::string(what) + " given: " + positional_[0] + ", " +
                                 positional_[1] + " (one is expected); quote a path with blanks");
  return positional_.front();
}

std::string Parsed::existing(std::string_view what) const {
  std::string name = only(what);
  require_existing(name, what);
  return name;
}

void require_place(std::string_view option, const std::string& file) {
  std::error_code ignored;
  const std::string where = "option --" + std::string(option) + ": " + file;
  if (std::filesystem::is_directory(file, ignored)) throw Error(Exit::usage, where + " is a folder; name a file in it");
  const std::filesystem::path folder = folder_of(file);
  if (!std::filesystem::is_directory(folder, ignored))
    throw Error(Exit::io, where + " cannot be written (there is no folder " + folder.string() +
                              "); make the folder, or name another file");
}

void require_different(const std::vector<std::string>& files, std::string_view done) {
  std::error_code ignored;
  for (std::size_t i = 0; i < files.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (std::filesystem::equivalent(files[i], files[j], ignored))
        throw Error(Exit::usage, files[j] + " and " + files[i] + " are the same file (it would be " +
                                     std::string(done) + " twice); name it once");
}

void require_existing(const std::string& name, std::string_view what) {
  std::error_code fault;
  const auto type = std::filesystem::status(name, fault).type();
  if (type == std::filesystem::file_type::not_found) {
    if (std::filesystem::exists(journal_folder(name), fault))
      throw Error(Exit::usage, name + " is not sealed yet (its journal is there); truce status " + name);
    throw Error(Exit::usage, name + " does not exist (a " + std::string(what) + " is read); check the name");
  }
  if (type == std::filesystem::file_type::none)
    throw Error(Exit::usage, name + " cannot be reached (" + fault.message() + "); check the path and its permissions");
}

}  // namespace truce

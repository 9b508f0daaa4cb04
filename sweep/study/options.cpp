// Each option is parsed alone by Boost, so that all faults of a command line are reported together.
#include "sweep/study/options.hpp"

#include <boost/program_options.hpp>
#include <set>

#include "sweep/study/values.hpp"

namespace truce {

namespace po = boost::program_options;

namespace {

using Words = std::vector<std::string>;

/// Every word that begins with -- and the words after it.
std::vector<Words> group(const Words& words) {
  std::vector<Words> groups;
  for (const auto& word : words) {
    if (groups.empty() || word.starts_with("--")) groups.emplace_back();
    groups.back().push_back(word);
  }
  return groups;
}

std::string name_of(const std::string& word) {
  const auto first = word.find_first_not_of('-');
  return first == std::string::npos ? "" : word.substr(first, word.find('=') - first);
}

void unknown(const std::string& name, const po::options_description& declared, Problems& problems) {
  Words known;
  for (const auto& option : declared.options()) known.push_back(option->long_name());
  problems.add("option --" + name, "not a key of a study (written --section.key=value)" + suggestion(name, known));
}

/// Options go where a line of the file goes, so they must be such text too.
bool is_text(const Words& words, Problems& problems) {
  for (const auto& word : words) {
    const std::string fault = text_fault(word);
    if (fault.empty()) continue;
    const std::string name = name_of(words.front());
    problems.add(text_fault(name).empty() ? "option --" + name : "an option", fault);
    return false;
  }
  return true;
}

/// The one value of an option, "" with the fault reported if it has none or several.
std::string value_of(const Words& words, const po::options_description& all, const std::string& where,
                     Problems& problems) {
  constexpr int style = po::command_line_style::allow_long | po::command_line_style::long_allow_adjacent |
                        po::command_line_style::long_allow_next;
  std::string value;
  try {
    const auto parsed = po::command_line_parser(words).options(all).style(style).run();
    if (parsed.options.size() > 1) {
      problems.add(where, "'" + parsed.options[1].original_tokens.front() +
                              "' follows its value (an option takes one value); quote values with blanks");
      return "";
    }
    value = trim(parsed.options.front().value.front());
  } catch (const po::error&) {
    value.clear();  // no value: the one fault that Boost can still find here
  }
  if (value.empty()) problems.add(where, "has no value (nothing is assumed); drop the option or give a value");
  return value;
}

}  // namespace

std::vector<Record> parse_options(const Words& options, const po::options_description& declared, Problems& problems) {
  po::options_description all;
  for (const auto& key : declared.options()) all.add_options()(key->long_name().c_str(), po::value<std::string>());
  for (const char* free : {"inputs.*", "levers.*", "groups.*", "pair.*", "dimensions.*"})
    all.add_options()(free, po::value<std::string>());
  std::vector<Record> records;
  std::set<std::string> seen;
  for (const Words& words : group(options)) {
    const std::string name = name_of(words.front());
    const std::string where = "option --" + name;
    const auto dot = name.find('.');
    if (!is_text(words, problems)) continue;
    if (!words.front().starts_with("--")) {
      problems.add("option " + words.front(), "not an option (written --section.key=value); put -- before its name");
    } else if (name.empty() || all.find_nothrow(name, false) == nullptr || dot + 1 >= name.size()) {
      unknown(name, declared, problems);
    } else if (!seen.insert(name).second) {
      problems.add(where, "given a second time (the two could differ); delete one of the two");
    } else if (const std::string value = value_of(words, all, where, problems); !value.empty()) {
      records.push_back({where, name.substr(0, dot), name.substr(dot + 1), value});
    }
  }
  return records;
}

}  // namespace truce

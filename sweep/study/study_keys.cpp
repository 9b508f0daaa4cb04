// Each key is parsed alone, so that one bad value does not hide the next.
#include "sweep/study/study_keys.hpp"

#include <algorithm>
#include <boost/program_options.hpp>

#include "sweep/study/claim_keys.hpp"
#include "sweep/study/declared_keys.hpp"
#include "sweep/study/options.hpp"
#include "sweep/study/values.hpp"

namespace truce {

namespace po = boost::program_options;

namespace {

using Words = std::vector<std::string>;
using Lines = std::vector<std::pair<std::string, std::string>>;

Words declared_in(const po::options_description& all, const std::string& section) {
  Words names;
  for (const auto& option : all.options()) {
    if (option->long_name().starts_with(section + ".")) names.push_back(option->long_name().substr(section.size() + 1));
  }
  return names;
}

/// An option takes the place of the file's record of the same name, so that the order of levers is kept.
void replace_by_options(std::vector<Record>& records, std::vector<Record> options) {
  for (auto& option : options) {
    const auto same =
        std::find_if(records.begin(), records.end(), [&](const Record& r) { return r.name() == option.name(); });
    if (same == records.end()) {
      records.push_back(std::move(option));
    } else {
      *same = std::move(option);
    }
  }
}

/// Where a record goes whose key is the name of an input; nullptr for other sections.
std::vector<FreeKey>* free_keys(StudyKeys& keys, const Record& record) {
  const std::string section = record.name().substr(0, record.name().find('.'));
  if (section == "inputs") return &keys.inputs;
  if (section == "levers") return &keys.levers;
  if (section == "groups") return &keys.groups;
  if (section == "pair") return &keys.pair;
  return section == "dimensions" ? &keys.dimensions : nullptr;
}

/// The section that a record or the heading of [claim C1] or [claim C1.forts] belongs to.
ClaimSection& section_of_claim(StudyKeys& keys, const Record& record) {
  const std::string_view whole = trim(std::string_view(record.section).substr(claim_section.size()));
  const std::string name(whole.substr(0, whole.find('.')));
  const auto found = std::ranges::find(keys.claims, name, &ClaimSection::name);
  if (found != keys.claims.end()) return *found;
  const std::string where = record.where.substr(0, record.where.rfind(whole) + name.size());
  return keys.claims.emplace_back(ClaimSection{name, where, {}});
}

/// inputs.x, or inputs.forts.x: from a section [inputs.forts] or an option.
FreeKey free_key(const Record& record) {
  const std::string name = record.name();
  const std::size_t section = name.find('.'), last = name.rfind('.');
  if (last <= section + 1) return {record.where, "", name.substr(section + 1), record.value};
  return {record.where, name.substr(section + 1, last - section - 1), name.substr(last + 1), record.value};
}

/// Hands one record to Boost; its validators throw Error with the wording of this project.
void store_key(const Record& record, const po::options_description& all, Problems& problems) {
  if (all.find_nothrow(record.name(), false) == nullptr) {
    const Words known = declared_in(all, record.section);
    return problems.add(record.where, "not a key of [" + record.section + "]" + known_names(record.key, known));
  }
  try {
    po::parsed_options one(&all);
    one.options.emplace_back(record.name(), Words{record.value});
    po::variables_map values;
    po::store(one, values);
    po::notify(values);
  } catch (const Error& error) {
    problems.add(record.where, error.what());
  } catch (const po::error& error) {
    problems.add(record.where, std::string(error.what()) + "; see truce --help");
  }
}

}  // namespace

std::optional<Method> StudyKeys::placement() const {
  if (method == Method::saltelli || method == Method::morris) return Method::sobol;
  return method == Method::paired ? base.value_or(Method::sobol) : method;
}

std::string StudyKeys::at(const std::string& key) const {
  const auto found = where.find(key);
  return found == where.end() ? source + ": " + key : found->second;
}

const Words& study_sections() {
  static const Words names{"study",  "design", "inputs", "inputs.<kernel>", "levers",     "levers.<kernel>",
                           "groups", "pair",   "claims", "claim <name>",    "dimensions", "store"};
  return names;
}

const Words& keys_that_may_be_empty() {
  static const Words names{"study.precision_of"};
  return names;
}

const Words& arithmetic_names() {
  static const Words names{"double", "float"};
  return names;
}

const Words& method_names() {
  static const Words names{"grid", "monte_carlo", "latin_hypercube", "sobol", "list", "saltelli", "morris", "paired"};
  return names;
}

Lines method_help() {
  return {
      {"grid", "every combination of finite lists: list, steps, choice or integer"},
      {"monte_carlo", "points drawn independently"},
      {"latin_hypercube", "each input in equally probable strata, one point in each"},
      {"sobol", "a scrambled Sobol' sequence; best with a power of two of points"},
      {"list", "the rows of a CSV file (design.file) whose header names inputs"},
      {"saltelli", "for Sobol' indices: two points A and B of a sobol design, and A with each input from B"},
      {"morris", "for elementary effects: a point of a sobol design, and one step of each input (saltelli without B)"},
      {"paired", "each point of design.base twice, with the same chance events: before and after a move of [pair]"}};
}

const Words& rows_names() {
  static const Words names{"point", "run"};
  return names;
}

StudyKeys read_keys(const std::string& source, std::vector<Record> records, const Words& options, Problems& problems) {
  StudyKeys keys;
  keys.source = source;
  const po::options_description all = declare_keys(keys);
  const auto kernel = [&] {
    const auto found = std::ranges::find(records, "study.kernel", &Record::name);
    return found == records.end() ? Record{} : *found;
  };
  const Record of_file = kernel();
  replace_by_options(records, parse_options(options, all, problems));
  if (kernel().where != of_file.where) keys.kernel_of_file = of_file.value;
  for (const auto& record : records) {
    if (record.key.empty()) section_of_claim(keys, record);
    if (record.value.empty()) continue;
    keys.where[record.name()] = record.where;
    if (record.section.starts_with(claim_section)) {
      section_of_claim(keys, record).records.push_back(record);
    } else if (auto* free = free_keys(keys, record)) {
      free->push_back(free_key(record));
    } else {
      store_key(record, all, problems);
    }
  }
  return keys;
}

Lines study_key_help() {
  StudyKeys unused;
  const po::options_description all = declare_keys(unused);
  Lines help;
  for (const auto& option : all.options()) {
    if (option->long_name() == "store.file") {
      help.emplace_back("inputs.all", "range: every input not named otherwise varies over its plausible range");
      help.emplace_back("inputs.<input>", "a number, the name of a choice, or a distribution (below)");
      help.emplace_back("inputs.<kernel>.<input>",
                        "the same in a section [inputs.<kernel>], for that kernel alone; overrides [inputs]");
      help.emplace_back("levers.<input>", "list(v, ...) or steps(lo, hi, n): policies are the full cross of the lists");
      help.emplace_back("levers.<kernel>.<input>",
                        "of that kernel alone; [levers] are of all, so that a policy is the same in all results");
      help.emplace_back("groups.<name>", "input, input, ...: inputs that saltelli and morris move together");
      help.emplace_back("pair.<input>",
                        "FROM -> TO: the values that method = paired gives the input; lines move together");
      help.emplace_back("pair.mechanism",
                        "NAME: off -> on, or on -> off: a mechanism that method = paired switches (truce describe)");
      for (const auto& [key, meaning] : claim_key_help()) help.emplace_back("claim <name>." + key, meaning);
      help.emplace_back("dimensions.<input>",
                        "written by truce, for one kernel of several: the input's number among those of all");
    }
    help.emplace_back(option->long_name(), option->description());
  }
  return help;
}

}  // namespace truce

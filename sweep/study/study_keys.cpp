// Each key is parsed alone, so that one bad value does not hide the next.
#include "sweep/study/study_keys.hpp"

#include <algorithm>
#include <boost/program_options.hpp>

#include "sweep/study/claim_keys.hpp"
#include "sweep/study/options.hpp"
#include "sweep/study/values.hpp"

namespace truce {

namespace po = boost::program_options;

namespace {

constexpr std::int64_t most_points = std::int64_t{1} << 40;

/// A whole number from lo to hi.
template <std::int64_t lo, std::int64_t hi>
struct Whole {
  std::int64_t value = 0;
};
struct Seed {
  std::uint64_t value = 0;
};
struct Block {
  std::optional<std::int64_t> value;
};
struct HalfWidth {
  double value = 0;
};
struct Levels {
  std::vector<std::int64_t> value;
};
struct YesNo {
  bool value = false;
};
struct ArithmeticWord {
  Arithmetic value{};
};
struct MethodWord {
  Method value{};
};
struct BaseWord {
  Method value{};
};
struct ClaimNames {
  std::vector<std::string> value;
};
struct RangesWords {
  std::vector<std::string> value;
};
struct RowsWord {
  Rows value{};
};

using Words = std::vector<std::string>;
using Lines = std::vector<std::pair<std::string, std::string>>;

template <std::int64_t lo, std::int64_t hi>
void validate(boost::any& result, const Words& text, Whole<lo, hi>*, int) {
  result = Whole<lo, hi>{parse_whole(text.back(), lo, hi)};
}
void validate(boost::any& result, const Words& text, Seed*, int) { result = Seed{parse_seed(text.back())}; }
void validate(boost::any& result, const Words& text, Block*, int) {
  try {
    result = Block{text.back() == "auto" ? std::nullopt : std::optional(parse_whole(text.back(), 1, 1'000'000'000))};
  } catch (const Error& error) {
    throw Error(error.exit(), std::string(error.what()) + ", or auto");
  }
}
void validate(boost::any& result, const Words& text, HalfWidth*, int) {
  const std::string& word = text.back();
  if (word == "float" || word == "double")
    throw Error(Exit::usage, "'" + word + "' is a kind of number (precision is the half-width that precision_of must " +
                                 "reach); write arithmetic = " + word);
  const double value = parse_real(word);
  if (!(value > 0))
    throw Error(Exit::usage, "'" + word + "' is no half-width (accepted: numbers above 0, in the unit of " +
                                 "precision_of); write the largest one that is precise enough");
  result = HalfWidth{value};
}
void validate(boost::any& result, const Words& text, Levels*, int) {
  Levels levels;
  for (const std::string& word : split(text.back())) levels.value.push_back(parse_whole(word, 1, most_points));
  result = levels;
}
void validate(boost::any& result, const Words& text, YesNo*, int) {
  result = YesNo{parse_word(text.back(), {"no", "yes"}, "yes or no") == 1};
}
void validate(boost::any& result, const Words& text, ArithmeticWord*, int) {
  result = ArithmeticWord{static_cast<Arithmetic>(parse_word(text.back(), arithmetic_names(), "an arithmetic"))};
}
void validate(boost::any& result, const Words& text, MethodWord*, int) {
  result = MethodWord{static_cast<Method>(parse_word(text.back(), method_names(), "a method"))};
}
/// The methods without members come first.
void validate(boost::any& result, const Words& text, BaseWord*, int) {
  const Words without_members(method_names().begin(), method_names().begin() + 5);
  result = BaseWord{static_cast<Method>(parse_word(text.back(), without_members, "a design of base points"))};
}
void validate(boost::any& result, const Words& text, ClaimNames*, int) { result = ClaimNames{split(text.back())}; }
void validate(boost::any& result, const Words& text, RangesWords*, int) {
  RangesWords words{split(text.back())};
  for (const std::string& word : words.value) parse_word(word, claim_ranges(), "a part of the ranges");
  result = words;
}
void validate(boost::any& result, const Words& text, RowsWord*, int) {
  result = RowsWord{static_cast<Rows>(parse_word(text.back(), rows_names(), "a kind of rows"))};
}

/// A typed option whose value goes into `target`.
template <class Type, class Target>
auto* into(Target& target) {
  return po::value<Type>()->notifier([&target](const Type& parsed) {
    if constexpr (requires { parsed.value; }) {
      target = static_cast<Target>(parsed.value);
    } else {
      target = parsed;
    }
  });
}

po::options_description declare(StudyKeys& keys) {
  po::options_description all;
  all.add_options()("study.title", into<std::string>(keys.title), "a sentence for people; decides nothing")(
      "study.kernel", into<std::string>(keys.kernel),
      "the model (see truce kernels), or several, e.g. forts, screening: a result for each, FILE.KERNEL.h5")(
      "study.seed", into<Seed>(keys.seed), "0 to 2^64 - 1; default 0")(
      "study.replicates", into<Whole<1, 1'000'000'000>>(keys.replicates), "runs per point and policy; default 1")(
      "study.precision_of", into<std::string>(keys.precision_of),
      "an outcome (or a share: ending_settlement): replicates double until its 95 % interval is narrow enough")(
      "study.precision", into<HalfWidth>(keys.precision),
      "half-width of that interval at which a point stops, in the outcome's unit")(
      "study.replicates_max", into<Whole<1, 1'000'000'000>>(keys.replicates_max),
      "replicates at which a point stops anyway; replicates is its first stage")(
      "study.common_random_numbers", into<YesNo>(keys.common_random_numbers),
      "yes: every point sees the same chance events; default no")(
      "study.arithmetic", into<ArithmeticWord>(keys.arithmetic),
      "double, or float: faster, with results of its own that agree in distribution; default double")(
      "design.method", into<MethodWord>(keys.method), "how points are chosen (below); not needed for one point")(
      "design.points", into<Whole<1, most_points>>(keys.points), "base points; grid and list imply them")(
      "design.base", into<BaseWord>(keys.base),
      "of method = paired: the method of its base points, any without members; default sobol")(
      "design.file", into<std::string>(keys.list_file), "CSV of method = list, relative to the study file's folder")(
      "design.grid", into<Levels>(keys.grid),
      "written by truce, for one kernel of several: levels of each dimension of their grid")(
      "design.declared", into<Whole<1, 3667>>(keys.declared),
      "written by truce, for one kernel of several: how many inputs they declare together")(
      "claims.only", into<ClaimNames>(keys.only_claims), "names of claims: these alone; default all")(
      "claims.ranges", into<RangesWords>(keys.claim_ranges),
      "full: the ranges of [inputs]; inner: their inner halves; default full, inner")(
      "store.file", into<std::string>(keys.store_file),
      "result file, relative to the current folder; default <study>.h5; of several kernels <study>.<kernel>.h5")(
      "store.rows", into<RowsWord>(keys.rows), "point: moments over replicates; run: every run; default point")(
      "store.quantiles", into<YesNo>(keys.quantiles),
      "yes: also the 5, 25, 50, 75 and 95 % quantiles of real outcomes, with rows = point; default no")(
      "store.block", into<Block>(keys.block),
      "points (or pieces of 1,024 replicates) handed out and committed as one; default auto");
  return all;
}

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

/// The section that a record of [claim C1] or [claim C1.forts] belongs to.
ClaimSection& section_of_claim(StudyKeys& keys, const Record& record) {
  const std::string_view whole = trim(std::string_view(record.section).substr(claim_section.size()));
  const std::string name(whole.substr(0, whole.find('.')));
  const auto found = std::ranges::find(keys.claims, name, &ClaimSection::name);
  if (found != keys.claims.end()) return *found;
  return keys.claims.emplace_back(ClaimSection{name, {}});
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
  const po::options_description all = declare(keys);
  replace_by_options(records, parse_options(options, all, problems));
  std::erase_if(records, [](const Record& record) { return record.value.empty(); });
  for (const auto& record : records) {
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
  const po::options_description all = declare(unused);
  Lines help;
  for (const auto& option : all.options()) {
    if (option->long_name() == "store.file") {
      help.emplace_back("inputs.all", "range: every input not named otherwise varies over its plausible range");
      help.emplace_back("inputs.<input>", "a number, the name of a choice, or a distribution (below)");
      help.emplace_back("inputs.<kernel>.<input>",
                        "the same in a section [inputs.<kernel>], for that kernel alone; goes before [inputs]");
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

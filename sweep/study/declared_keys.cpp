// What a value of each key must look like, as Boost's validators; they throw Error with the wording of this project.
#include "sweep/study/declared_keys.hpp"

#include <boost/program_options.hpp>

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

}  // namespace

po::options_description declare_keys(StudyKeys& keys) {
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

}  // namespace truce

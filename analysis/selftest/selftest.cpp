// The path is that of the verbs: a study file is read by every rank, run_study seals, analyze reads the sealed file.
#include "analysis/selftest/selftest.hpp"

#include <algorithm>
#include <memory>

#include "sweep/base/no_number.hpp"
#include "sweep/crew/collective.hpp"
#include "sweep/run/code_choice.hpp"
#include "sweep/run/session.hpp"
#include "sweep/store/files.hpp"
#include "sweep/study/plan.hpp"

namespace truce::analysis {
namespace {

/// Index of the value at `labels`, or one past the end.
std::size_t place_of(const AnswerTable& table, const std::vector<std::string>& labels) {
  std::size_t place = 0;
  if (labels.size() != table.axes.size()) return table.size();
  for (std::size_t a = 0; a < labels.size(); ++a) {
    const auto& axis = table.axes[a].labels;
    const auto found = std::ranges::find(axis, labels[a]);
    if (found == axis.end()) return table.size();
    place = place * axis.size() + static_cast<std::size_t>(found - axis.begin());
  }
  return place;
}

double value_of(const std::vector<AnswerTable>& tables, const Known& known, const std::string& ending) {
  const auto table = std::ranges::find(tables, known.table, &AnswerTable::name);
  if (table == tables.end()) return no_number;
  const auto answer = std::ranges::find(table->answers, known.answer + ending, &Answer::name);
  const std::size_t place = place_of(*table, known.labels);
  return answer == table->answers.end() || place >= answer->values.size() ? no_number : answer->values[place];
}

Nearness nearness_of(const ComparedAnswer& c, bool exacting) {
  // false wherever a number is missing
  if (c.low <= c.expected && c.expected <= c.high && c.low <= c.got && c.got <= c.high) return Nearness::inside;
  const bool near = c.expected >= c.got - 2 * (c.got - c.low) && c.expected <= c.got + 2 * (c.high - c.got);
  return near && !exacting ? Nearness::near : Nearness::outside;
}

}  // namespace

ComparedAnswer compare(const std::vector<AnswerTable>& tables, const Known& known) {
  ComparedAnswer c{known.answer, known.expected, value_of(tables, known, ""), value_of(tables, known, "_low"),
                   value_of(tables, known, "_high")};
  for (std::size_t label = 2; label < known.labels.size(); ++label) c.quantity += " " + known.labels[label];
  c.nearness = nearness_of(c, known.exacting);
  return c;
}

Answered answer_study(Crew& crew, const KnownStudy& study, const std::filesystem::path& folder,
                      const std::string& instruction_set) {
  const auto file = folder / (study.name + ".ini"), result = folder / (study.name + ".h5");
  together(crew, [&] {
    if (crew.rank() == 0) replace_text(file, study.text);
  });
  Plan plan;
  together(crew, [&] {
    plan = load_plan(file, {"--store.file=" + result.string()}, kernels());
    code_for(plan, instruction_set);
  });
  RunOptions options;
  options.quiet = options.silent = true;
  options.instruction_set = instruction_set;
  if (run_study(crew, plan, options).exit != Exit::done)
    throw AgreedError(Exit::incomplete, "the self-test was stopped; the same command begins it anew");
  std::unique_ptr<Dataset> data;
  together(crew, [&] { data = std::make_unique<Dataset>(result); });
  AnalyzeRequest request;
  request.parts = {"sobol"};
  const Analysis analysis = analyze(crew, *data, request);
  Answered answered{study.name, data->result().text("content_hash"), study.content, {}};
  if (crew.rank() != 0) return answered;
  for (const Known& known : study.answers) answered.compared.push_back(compare(analysis.tables, known));
  return answered;
}

bool all_hold(const std::vector<Answered>& answered) {
  std::size_t quantities = 0, near = 0;
  for (const Answered& study : answered) {
    if (study.content != study.expected_content) return false;
    for (const ComparedAnswer& c : study.compared) {
      if (c.nearness == Nearness::outside) return false;
      near += c.nearness == Nearness::near;
      ++quantities;
    }
  }
  return quantities > 0 && 5 * near <= quantities;
}

}  // namespace truce::analysis

// Looks every figure up where matches.csv says that it stands.
#include "analysis/calibration/targets.hpp"

#include <algorithm>
#include <array>

#include "analysis/calibration/csv_records.hpp"
#include "analysis/calibration/real_wars.hpp"
#include "sweep/base/error.hpp"
#include "sweep/study/values.hpp"

namespace truce::analysis {
namespace {

[[noreturn]] void refuse(const std::string& id, const std::string& problem) {
  throw Error(Exit::internal, "analysis/real_wars/matches.csv: " + id + ": " + problem);
}

constexpr std::array<std::string_view, 6> compared_words = {
    "", "war_survival", "peace_survival", "settlement of ended", "victory of ended", "victory_a of victory"};
constexpr std::array<std::string_view, 3> use_words = {"hard", "soft", "context"};

template <std::size_t n>
std::size_t word_index(const std::array<std::string_view, n>& words, std::string_view word, const std::string& id) {
  const auto at = std::ranges::find(words, word);
  if (at == words.end()) refuse(id, "unknown word " + std::string(word));
  return static_cast<std::size_t>(at - words.begin());
}

struct Tables {
  std::vector<CsvRecord> targets, war, peace;
};

/// The parts of "peace_survival:renewed_war:negotiated:5".
std::vector<std::string> parts_of(const std::string& figure) {
  std::vector<std::string> parts(1);
  for (const char c : figure) c == ':' ? static_cast<void>(parts.emplace_back()) : parts.back().push_back(c);
  return parts;
}

const CsvRecord& find_record(const std::vector<CsvRecord>& records, const CsvRecord& wanted, const std::string& id) {
  const auto fits = [&](const CsvRecord& record) {
    return std::ranges::all_of(wanted, [&](const auto& cell) { return record.at(cell.first) == cell.second; });
  };
  const auto at = std::ranges::find_if(records, fits);
  if (at == records.end()) refuse(id, "there is no such figure");
  return *at;
}

void take_tabled(Target& target, const CsvRecord& record) {
  target.quantity = record.at("quantity");
  target.unit = record.at("unit");
  target.source = record.at("source");
  target.note = record.at("note");
  target.estimate = parse_real(record.at("estimate"));
  target.low = parse_real(record.at("lo95"));
  target.high = parse_real(record.at("hi95"));
  target.n = parse_whole(record.at("n"), 0, 1'000'000);
}

void take_survival(Target& target, const CsvRecord& record, const std::string& quantity) {
  target.quantity = quantity;
  target.unit = "share";
  target.estimate = parse_real(record.at("S"));
  target.low = parse_real(record.at("lo95"));
  target.high = parse_real(record.at("hi95"));
  target.n = parse_whole(record.at("n"), 0, 1'000'000);
}

void take_figure(Target& target, const std::string& figure, const Tables& tables) {
  const auto parts = parts_of(figure);
  if (parts.size() == 1) return take_tabled(target, find_record(tables.targets, {{"id", parts[0]}}, target.id));
  if (parts.size() == 3) {
    target.source = "COW wars 4.0";
    return take_survival(target, find_record(tables.war, {{"group", parts[1]}, {"days", parts[2]}}, target.id),
                         "share of wars longer than " + parts[2] + " days");
  }
  if (parts.size() != 4) refuse(target.id, "there is no figure " + figure);
  target.source = "COW wars 4.0, GML MID 2.2.1";
  const CsvRecord wanted = {{"event", parts[1]}, {"group", parts[2]}, {"years", parts[3]}};
  take_survival(target, find_record(tables.peace, wanted, target.id),
                "share of peaces longer than " + parts[3] + " y, " + parts[2] + " end");
}

Target target_of(const CsvRecord& match, const Tables& tables) {
  Target target;
  target.id = match.at("id");
  target.use = static_cast<Use>(word_index(use_words, match.at("use"), target.id));
  target.why = match.at("why");
  std::string_view compares = match.at("compares");
  target.complement = compares.starts_with("1 - ");
  if (target.complement) compares.remove_prefix(4);
  target.compared = static_cast<Compared>(word_index(compared_words, compares, target.id));
  const bool curve = target.compared == Compared::war_survival || target.compared == Compared::peace_survival;
  if (curve) target.month = months_of(parse_real(match.at("at")), match.at("at_unit"));
  take_figure(target, match.at("figure"), tables);
  if (target.use != Use::context &&
      (target.compared == Compared::nothing || target.low >= target.estimate || target.estimate >= target.high))
    refuse(target.id, "a target that is compared needs something to compare, and an interval about its estimate");
  return target;
}

}  // namespace

double months_of(double at, std::string_view unit) {
  if (unit == "day") return at / days_per_month;
  if (unit == "month") return at;
  if (unit == "year") return at * 12;
  throw Error(Exit::internal, "analysis/real_wars/matches.csv: unknown unit of time " + std::string(unit));
}

std::vector<Target> parse_targets(std::string_view matches, std::string_view targets, std::string_view war_survival,
                                  std::string_view peace_survival) {
  const Tables tables{csv_records(targets, "targets.csv"), csv_records(war_survival, "war_survival.csv"),
                      csv_records(peace_survival, "peace_survival.csv")};
  std::vector<Target> all;
  for (const CsvRecord& match : csv_records(matches, "matches.csv")) all.push_back(target_of(match, tables));
  return all;
}

const std::vector<Target>& real_war_targets() {
  static const std::vector<Target> all =
      parse_targets(real_wars_matches, real_wars_targets, real_wars_war_survival, real_wars_peace_survival);
  return all;
}

const Target& find_target(const std::vector<Target>& targets, std::string_view id) {
  const auto at = std::ranges::find(targets, id, &Target::id);
  if (at == targets.end()) refuse(std::string(id), "there is no such target");
  return *at;
}

}  // namespace truce::analysis

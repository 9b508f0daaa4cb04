// Lines of a claim are lines of [pair] and [inputs] with semicolons between them.
#include "sweep/study/claim_keys.hpp"

#include <algorithm>
#include <cctype>

#include "sweep/study/values.hpp"

namespace truce {
namespace {

using Words = std::vector<std::string>;

const Words& keys_of_claims() {
  static const Words names{"title",   "section", "extension", "kernels", "move",           "under",
                           "outcome", "sign",    "where",     "shared",  "by_construction"};
  return names;
}

const Words& keys_of_kernels() {
  static const Words names{"move", "under", "outcome", "where"};
  return names;
}

/// [claim C1.forts]: forts
std::string kernel_of(const Record& record) {
  const auto dot = record.section.find('.');
  return dot == std::string::npos ? "" : record.section.substr(dot + 1);
}

/// The record of a key: of the kernel's own section, else of the claim's; nullptr if there is none.
const Record* find(const ClaimSection& section, const std::string& key, const std::string& kernel) {
  const Record* found = nullptr;
  for (const Record& record : section.records) {
    if (record.key != key) continue;
    const std::string of = kernel_of(record);
    if (of.empty() && found == nullptr) found = &record;
    if (!of.empty() && of == kernel) return &record;
  }
  return found;
}

/// "a = 0 -> 1; b = 2 -> 3" as lines of their own.
std::vector<FreeKey> lines_of(const Record* record, const std::string& form, Problems& problems) {
  std::vector<FreeKey> lines;
  if (record == nullptr) return lines;
  std::string_view rest = record->value;
  while (true) {
    const auto end = rest.find(';');
    const std::string_view one = trim(rest.substr(0, end));
    const auto equals = one.find('=');
    const std::string name(trim(one.substr(0, equals)));
    if (equals == std::string_view::npos || name.empty() || trim(one.substr(equals + 1)).empty())
      problems.add(record->where, "'" + std::string(one) +
                                      "' is no setting (one is written NAME = VALUE, several with " +
                                      "; between them); write it like " + form);
    else
      lines.push_back({record->where, "", name, std::string(trim(one.substr(equals + 1)))});
    if (end == std::string_view::npos) return lines;
    rest.remove_prefix(end + 1);
  }
}

std::string text_of(const ClaimSection& section, const std::string& key, const std::string& kernel = "") {
  const Record* record = find(section, key, kernel);
  return record == nullptr ? "" : record->value;
}

/// The names of a list; none if there is no such key or the list is malformed.
Words names_of(const ClaimSection& section, const std::string& key, Problems& problems) {
  const Record* record = find(section, key, "");
  if (record == nullptr) return {};
  try {
    return split(record->value);
  } catch (const Error& error) {
    problems.add(record->where, error.what());
    return {};
  }
}

int read_sign(const Record& record, Problems& problems) {
  if (record.value == "+") return 1;
  if (record.value != "-")
    problems.add(record.where, "'" + record.value + "' is no sign (accepted: + if the outcome is expected to rise, - " +
                                   "if to fall); write one of the two");
  return -1;
}

/// Keys of a canonical text that hold a claim's texts, in their order there.
std::vector<std::pair<std::string_view, std::string*>> texts_of(Claim& claim) {
  return {{"section", &claim.section},
          {"extension", &claim.extension},
          {"outcome", &claim.outcome},
          {"ranges", &claim.ranges},
          {"where", &claim.where},
          {"shared", &claim.shared},
          {"by_construction", &claim.definite},
          {"absent", &claim.absent}};
}

void check_keys(const ClaimSection& section, Problems& problems) {
  for (const Record& record : section.records) {
    const bool of_kernel = !kernel_of(record).empty();
    const Words& known = of_kernel ? keys_of_kernels() : keys_of_claims();
    if (std::ranges::find(known, record.key) == known.end())
      problems.add(record.where, "not a key of [" + record.section + "]" + known_names(record.key, known));
  }
}

void check_name(const ClaimSection& section, Problems& problems) {
  const auto fits = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  if (!section.name.empty() && std::ranges::all_of(section.name, fits)) return;
  problems.add(section.where, "'" + section.name + "' is no name of a claim (it becomes part of a file name); use " +
                                  "letters, digits and _, e.g. [claim C1]");
}

void require(const ClaimSection& section, const std::string& key, const std::string& why, Problems& problems) {
  if (find(section, key, "") == nullptr) problems.add(section.where + "." + key, "is missing (" + why);
}

/// A setting of one of the lists may not be set again by it or by another.
void check_once(const std::vector<FreeKey>& lines, const std::vector<FreeKey>& others, const std::string& key,
                Problems& problems) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto same = [&](const FreeKey& other) { return other.name == lines[i].name; };
    if (std::any_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(i), same))
      problems.add(lines[i].where, lines[i].name + " is set twice (which of the two?); delete one of them");
    if (std::ranges::any_of(others, same))
      problems.add(lines[i].where, lines[i].name + " stands in " + key + " too (which gives it both its values); " +
                                       "delete one of the two");
  }
}

}  // namespace

bool Claim::by_construction(std::string_view kernel) const {
  if (definite.empty()) return false;
  const Words names = split(definite);
  return std::ranges::find(names, kernel) != names.end();
}

std::vector<std::pair<std::string, std::string>> claim_key_help() {
  return {{"title", "the claim as a sentence; decides nothing"},
          {"section", "of the source that makes it"},
          {"extension", "what the claim adds to its source, in words; absent if the source says all of it"},
          {"kernels", "those of study.kernel that are asked; default all"},
          {"move", "lines of [pair] with ; between them, e.g. autocracy_a = 0 -> 1; or none: the outcome against 0"},
          {"under", "INPUT = A -> B: the claim is about the effect under B less the effect under A"},
          {"outcome", "what the move is to change, e.g. ending_settlement"},
          {"sign", "+ or -: how it is expected to change"},
          {"where", "INPUT = VALUE, several with ; between them: overrides [inputs]"},
          {"shared",
           "parts that carry the claim and that the kernels share, e.g. durability, holds; absent if each has its "
           "own"},
          {"by_construction", "kernels whose form allows no other sign"}};
}

void check_kernels(const StudyKeys& keys, const ClaimSection& section, const KernelList& kernels, Problems& problems) {
  Words known = keys.left_out;
  for (const Kernel* kernel : kernels) known.emplace_back(kernel->name);
  std::string told;
  const auto check = [&](const std::string& where, const std::string& name) {
    if (std::ranges::find(known, name) == known.end())
      problems.add(where, "'" + name + "' is no kernel of this study" + known_names(name, known));
  };
  for (const Record& record : section.records) {
    const std::string name = kernel_of(record);
    if (!name.empty() && name != told) check(record.where, name);
    told = name;
  }
  for (const std::string key : {"kernels", "by_construction"})
    if (const Record* record = find(section, key, ""))
      for (const std::string& name : names_of(section, key, problems)) check(record->where, name);
}

StatedClaim state_claim(const ClaimSection& section, const std::string& kernel, Problems& problems) {
  StatedClaim stated;
  check_name(section, problems);
  check_keys(section, problems);
  require(section, "move", "a claim says what is moved); add move = INPUT = FROM -> TO, or move = none", problems);
  require(section, "outcome", "a claim is about one); add outcome = ending_settlement", problems);
  require(section, "sign", "none is assumed); add sign = + or sign = -", problems);
  Claim& claim = stated.claim;
  claim.name = section.name;
  claim.section = text_of(section, "section");
  claim.extension = text_of(section, "extension");
  claim.shared = text_of(section, "shared");
  claim.outcome = text_of(section, "outcome", kernel);
  claim.where = text_of(section, "where", kernel);
  claim.definite = text_of(section, "by_construction");
  if (const Record* sign = find(section, "sign", "")) claim.sign = read_sign(*sign, problems);
  stated.title = text_of(section, "title");
  const Record *move = find(section, "move", kernel), *under = find(section, "under", kernel);
  if (move != nullptr) stated.where = move->where;
  if (const Record* outcome = find(section, "outcome", kernel)) stated.outcome_where = outcome->where;
  if (move != nullptr && move->value != "none")
    stated.pair = lines_of(move, "autocracy_a = 0 -> 1", problems);
  else if (under != nullptr)
    problems.add(under->where, "needs a move (it compares the effects of one); name it, or delete the line");
  stated.under = lines_of(under, "balance_drift = 0 -> 0.003", problems);
  stated.inputs = lines_of(find(section, "where", kernel), "guarantee_a = 0", problems);
  check_once(stated.pair, {}, "", problems);
  check_once(stated.under, stated.pair, "move", problems);
  check_once(stated.inputs, stated.pair, "move", problems);
  check_once(stated.inputs, stated.under, "under", problems);
  Problems told;  // by check_kernels
  stated.kernels = names_of(section, "kernels", told);
  if (names_of(section, "by_construction", told).empty()) claim.definite.clear();
  names_of(section, "shared", problems);
  return stated;
}

std::optional<Claim> stored_claim(const StudyKeys& keys) {
  if (keys.claims.empty()) return std::nullopt;
  const ClaimSection& section = keys.claims.front();
  Claim claim;
  claim.name = section.name;
  for (const Record& record : section.records) {
    if (record.key == "sign") claim.sign = record.value == "+" ? 1 : -1;
    for (const auto& [key, into] : texts_of(claim))
      if (record.key == key) *into = record.value;
  }
  return claim;
}

std::string claim_text(const Plan& plan) {
  if (!plan.claim) return "";
  Claim claim = *plan.claim;
  std::string text = "[claim " + claim.name + "]\n";
  for (const auto& [key, value] : texts_of(claim)) {
    if (!value->empty()) text += std::string(key) + " = " + *value + "\n";
    if (value == &claim.outcome) text += claim.sign > 0 ? "sign = +\n" : "sign = -\n";
  }
  return text;
}

}  // namespace truce

// Order, and what belongs together.
#include "analysis/claims/ledger.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "sweep/base/error.hpp"

namespace truce::analysis {
namespace {

/// C2 before C10: the letters, then the number, then the rest.
std::tuple<std::string, long, std::string> natural(const std::string& name) {
  const auto digit = std::min(name.find_first_of("0123456789"), name.size());
  long number = -1;
  const auto end = std::from_chars(name.data() + digit, name.data() + name.size(), number).ptr;
  return {name.substr(0, digit), number, std::string(end, name.data() + name.size())};
}

std::size_t place_of(const std::string& kernel) {
  const Kernel* found = find_kernel(kernel);
  return found == nullptr ? kernels().size() : static_cast<std::size_t>(found - kernels().data());
}

auto order_of(const Judged& judged) {
  return std::tuple(natural(judged.claim.name), place_of(judged.kernel), judged.claim.ranges != "full", judged.file);
}

void append_new(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

/// "forts: no input x; screening: not asked" as (kernel, reason).
std::vector<std::pair<std::string, std::string>> absences(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> all;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find("; ", at), text.size()), colon = text.find(": ", at);
    if (colon != std::string::npos && colon < end)
      all.emplace_back(text.substr(at, colon - at), text.substr(colon + 2, end - colon - 2));
    at = end + 2;
  }
  return all;
}

void require_distinct(const Judged& a, const Judged& b) {
  if (a.claim.name != b.claim.name) return;
  if (a.claim.sign != b.claim.sign)
    throw Error(Exit::usage, a.file + " and " + b.file + " state claim " + a.claim.name +
                                 " with two signs (they are of two studies); give the results of one of them");
  if (a.kernel == b.kernel && a.claim.ranges == b.claim.ranges)
    throw Error(Exit::usage, a.file + " and " + b.file + " are both of claim " + a.claim.name + ", kernel " + a.kernel +
                                 " and " + a.claim.ranges +
                                 " ranges (a ledger has one line for each); give one of them");
}

}  // namespace

Ledger::Ledger(std::vector<Judged> judged) : lines_(std::move(judged)) {
  std::ranges::sort(lines_, {}, order_of);
  for (std::size_t i = 1; i < lines_.size(); ++i) require_distinct(lines_[i - 1], lines_[i]);
  for (const Judged& line : lines_) {
    append_new(claims_, line.claim.name);
    append_new(kernels_, line.kernel);
    append_new(ranges_, line.claim.ranges);
    for (const auto& [kernel, unused] : absences(line.claim.absent)) append_new(kernels_, kernel);
  }
  std::ranges::sort(kernels_, {}, place_of);
  std::ranges::sort(ranges_);  // full, inner
}

const Judged* Ledger::find(const std::string& claim, const std::string& kernel, const std::string& ranges) const {
  const auto found = std::ranges::find_if(lines_, [&](const Judged& line) {
    return line.claim.name == claim && line.kernel == kernel && line.claim.ranges == ranges;
  });
  return found == lines_.end() ? nullptr : &*found;
}

const Judged& Ledger::of_claim(const std::string& claim) const {
  return *std::ranges::find_if(lines_, [&](const Judged& line) { return line.claim.name == claim; });
}

std::string Ledger::why_absent(const std::string& claim, const std::string& kernel) const {
  for (const auto& [name, reason] : absences(of_claim(claim).claim.absent))
    if (name == kernel) return reason;
  return "";
}

Agreement Ledger::agreement(const std::string& claim, const std::string& ranges) const {
  Agreement counts;
  for (const Judged& line : lines_) {
    if (line.claim.name != claim || line.claim.ranges != ranges) continue;
    const auto verdict = static_cast<std::size_t>(line.verdict);
    if (line.claim.by_construction(line.kernel)) {
      ++counts.by_construction;
      continue;
    }
    ++counts.kernels[verdict];
    if (line.one_sided()) ++counts.one_sided[verdict];
  }
  return counts;
}

std::filesystem::path ledger_path(const std::filesystem::path& result, const Judged& judged) {
  const std::string name = result.stem().string();
  const std::string ending =
      "." + judged.claim.name + (judged.claim.ranges == "inner" ? ".inner." : ".") + judged.kernel;
  const std::string stem =
      name.size() > ending.size() && name.ends_with(ending) ? name.substr(0, name.size() - ending.size()) : name;
  return result.parent_path() / (stem + ".claims.h5");
}

}  // namespace truce::analysis

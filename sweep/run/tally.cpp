// Moments by two passes over a chunk, all series side by side; survival from counts on a grid of half months.
#include "sweep/run/tally.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace truce {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void merge_moments(const double* later, double* into) {
  if (later[0] == 0) return;
  if (into[0] == 0) {
    std::copy_n(later, 3, into);
    return;
  }
  const double n = into[0] + later[0];
  const double delta = later[1] - into[1];
  const double weight = later[0] / n;
  into[2] += later[2] + delta * delta * into[0] * weight;
  into[1] += delta * weight;
  into[0] = n;
}

/// Calls `visit(bin)` for the bins in use of a curve, in order.
template <class Visit>
void for_used(const TallyShape::CurvePlace& curve, const std::vector<std::uint64_t>& used, Visit visit) {
  for (std::size_t word = 0; word < curve.words(); ++word)
    for (std::uint64_t bits = used[curve.first_word + word]; bits != 0; bits &= bits - 1)
      visit(64 * word + static_cast<std::size_t>(std::countr_zero(bits)));
}

/// The half month, rounded up, in which `time` falls; the last bin holds all that is beyond.
std::size_t bin_of(double time, std::size_t bins) {
  const double halves = 2 * time;
  if (halves >= static_cast<double>(bins - 1)) return bins - 1;
  if (!(halves > 0)) return 0;
  const auto whole = static_cast<std::size_t>(halves);
  return whole + (static_cast<double>(whole) < halves ? 1 : 0);
}

}  // namespace

FailureRule::FailureRule(const Kernel& kernel) {
  for (const Outcome& outcome : kernel.outcomes) {
    const std::size_t condition =
        outcome.defined.outcome.empty() ? kernel.outcomes.size() : outcome_index(kernel, outcome.defined.outcome);
    const bool conditional = condition < kernel.outcomes.size();
    const double codes = outcome.kind == OutcomeKind::flag
                             ? static_cast<double>(std::max<std::size_t>(outcome.meanings.size(), 2))
                             : 0;
    checks_.push_back({!conditional && outcome.defined.when.empty(), conditional, conditional ? condition : 0,
                       outcome.defined.value, codes});
  }
}

void FailureRule::mark(std::span<const double> outcomes, std::span<std::uint8_t> failed) const {
  const std::size_t width = checks_.size();
  for (std::size_t run = 0; run < failed.size(); ++run) {
    const double* row = outcomes.data() + run * width;
    for (std::size_t o = 0; o < width && failed[run] == 0; ++o) {
      const Check& check = checks_[o];
      const double value = row[o];
      const bool defined = check.conditional ? row[check.condition] == check.value : check.always;
      if (std::isnan(value)) {
        if (defined) failed[run] = 1;
      } else if (!std::isfinite(value) || (check.conditional && !defined)) {
        failed[run] = 1;
      } else if (check.codes > 0) {
        const bool in_range = value >= 0 && value < check.codes;
        if (!in_range || static_cast<double>(static_cast<int>(value)) != value) failed[run] = 1;
      }
    }
  }
}

void mark_failures(const Kernel& kernel, std::span<const double> outcomes, std::span<std::uint8_t> failed) {
  FailureRule(kernel).mark(outcomes, failed);
}

Tallier::Tallier(const TallyShape& shape)
    : shape_(shape),
      tally_{std::vector<double>(shape.size(), 0.0), std::vector<std::uint64_t>(shape.words(), 0)},
      sums_(shape.series().size()),
      counts_(shape.series().size()) {}

void Tallier::expand(const Runs& runs, std::vector<double>& into) const {
  const std::size_t width = shape_.kernel().outcomes.size(), n = runs.failed.size();
  const std::vector<Series>& series = shape_.series();
  into.resize(n * series.size());
  double* out = into.data();
  for (std::size_t i = 0; i < n; ++i) {
    if (runs.failed[i] != 0) {
      out = std::fill_n(out, series.size(), missing);
      continue;
    }
    const double* row = runs.outcomes.data() + i * width;
    for (const Series& s : series) {
      const double value = row[s.outcome];
      *out++ = s.code < 0 || std::isnan(value) ? value : (value == s.code ? 1.0 : 0.0);
    }
  }
}

void Tallier::moments(std::span<const double> values, double* into) {
  const std::size_t width = sums_.size();
  std::fill(sums_.begin(), sums_.end(), 0.0);
  std::fill(counts_.begin(), counts_.end(), 0.0);
  double *sums = sums_.data(), *counts = counts_.data();
  const double* end = values.data() + values.size();
  for (const double* row = values.data(); row != end; row += width)
    for (std::size_t s = 0; s < width; ++s) {
      const bool there = !std::isnan(row[s]);
      sums[s] += there ? row[s] : 0.0;
      counts[s] += there ? 1.0 : 0.0;
    }
  for (std::size_t s = 0; s < width; ++s) {
    into[3 * s] = counts[s];
    into[3 * s + 1] = counts[s] > 0 ? sums[s] / counts[s] : 0.0;
    sums[s] = into[3 * s + 1];
    counts[s] = 0;
  }
  for (const double* row = values.data(); row != end; row += width)
    for (std::size_t s = 0; s < width; ++s) {
      const double off = std::isnan(row[s]) ? 0.0 : row[s] - sums[s];
      counts[s] += off * off;
    }
  for (std::size_t s = 0; s < width; ++s) into[3 * s + 2] = counts[s];
}

void Tallier::count_times(const Runs& runs) {
  const std::size_t width = shape_.kernel().outcomes.size(), n = runs.failed.size();
  for (const auto& curve : shape_.curves()) {
    double* events = &tally_.numbers[curve.events];
    double* censored = &tally_.numbers[curve.censored()];
    for_used(curve, tally_.used, [&](std::size_t bin) { events[bin] = censored[bin] = 0; });
    std::uint64_t* used = &tally_.used[curve.first_word];
    std::fill_n(used, curve.words(), std::uint64_t{0});
    for (std::size_t i = 0; i < n; ++i) {
      const double time = runs.outcomes[i * width + curve.time];
      if (runs.failed[i] != 0 || std::isnan(time)) continue;
      const std::size_t bin = bin_of(time, curve.bins);
      const double event = runs.outcomes[i * width + curve.event];
      const bool is_event = std::ranges::find(curve.event_codes, event) != curve.event_codes.end();
      (is_event ? events : censored)[bin] += 1;
      used[bin / 64] |= std::uint64_t{1} << (bin % 64);
    }
  }
}

void Tallier::set_first(const Runs& first) {
  if (shape_.differences()) expand(first, first_);
}

const Tally& Tallier::tally(const Runs& runs) {
  std::vector<double>& numbers = tally_.numbers;
  expand(runs, values_);
  moments(values_, numbers.data());
  if (shape_.differences()) {
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i] -= first_[i];
    moments(values_, &numbers[shape_.difference(0)]);
  }
  count_times(runs);
  numbers[shape_.replicates()] = static_cast<double>(runs.failed.size());
  numbers[shape_.failed()] =
      static_cast<double>(std::count_if(runs.failed.begin(), runs.failed.end(), [](auto f) { return f != 0; }));
  return tally_;
}

void merge(const TallyShape& shape, std::span<const double> later, std::span<double> into) {
  for (std::size_t i = 0; i < shape.moments_end(); i += 3) merge_moments(&later[i], &into[i]);
  for (std::size_t i = shape.moments_end(); i < shape.size(); ++i) into[i] += later[i];
}

void find_used(const TallyShape& shape, Tally& tally) {
  tally.used.assign(shape.words(), 0);
  for (const auto& curve : shape.curves())
    for (std::size_t bin = 0; bin < curve.bins; ++bin)
      if (tally.numbers[curve.events + bin] > 0 || tally.numbers[curve.censored() + bin] > 0)
        tally.used[curve.first_word + bin / 64] |= std::uint64_t{1} << (bin % 64);
}

void survival(const TallyShape& shape, std::size_t curve, const Tally& tally, std::span<double> into) {
  const auto& place = shape.curves()[curve];
  const double* events = &tally.numbers[place.events];
  const double* censored = &tally.numbers[place.censored()];
  double at_risk = 0;
  for_used(place, tally.used, [&](std::size_t bin) { at_risk += events[bin] + censored[bin]; });
  double share = at_risk > 0 ? 1 : missing;
  std::size_t month = 0, leaving = 0;  // `leaving`: the bin whose censored runs are still at risk
  double left = 0;
  const auto give_months_before = [&](std::size_t bin) {
    for (; month < into.size() && static_cast<std::size_t>(2 * place.months[month]) < bin; ++month) {
      const bool after = static_cast<std::size_t>(2 * place.months[month]) > leaving;
      into[month] = (after ? at_risk - left : at_risk) <= 0 && share > 0 ? missing : share;
    }
  };
  for_used(place, tally.used, [&](std::size_t bin) {
    give_months_before(bin);
    at_risk -= left;
    if (at_risk > 0) share *= 1 - events[bin] / at_risk;
    at_risk -= events[bin];
    left = censored[bin];
    leaving = bin;
  });
  give_months_before(std::numeric_limits<std::size_t>::max());
}

}  // namespace truce

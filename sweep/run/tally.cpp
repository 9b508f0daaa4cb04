// Moments by two passes over a chunk, merged between chunks; survival from counts on a grid of half months.
#include "sweep/run/tally.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace truce {

namespace {

std::size_t outcome_index(const Kernel& kernel, std::string_view name) {
  for (std::size_t i = 0; i < kernel.outcomes.size(); ++i)
    if (kernel.outcomes[i].name == name) return i;
  return kernel.outcomes.size();
}

double value_of(const Series& series, std::span<const double> run) {
  const double value = run[series.outcome];
  return series.code < 0 || std::isnan(value) ? value : (value == series.code ? 1.0 : 0.0);
}

/// Count, mean and M2 of the values that `value(i)` gives for 0 <= i < n and that are not NaN.
template <class Value>
void moments(std::size_t n, Value value, double* into) {
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < n; ++i)
    if (const double x = value(i); !std::isnan(x)) {
      sum += x;
      count += 1;
    }
  const double mean = count > 0 ? sum / count : 0;
  double squares = 0;
  for (std::size_t i = 0; i < n; ++i)
    if (const double x = value(i); !std::isnan(x)) squares += (x - mean) * (x - mean);
  into[0] = count;
  into[1] = mean;
  into[2] = squares;
}

void merge_moments(const double* later, double* into) {
  const double n = into[0] + later[0];
  if (later[0] == 0) return;
  const double delta = later[1] - into[1];
  const double weight = later[0] / n;
  into[2] += later[2] + delta * delta * into[0] * weight;
  into[1] += delta * weight;
  into[0] = n;
}

}  // namespace

std::vector<Series> series_of(const Kernel& kernel) {
  std::vector<Series> all;
  for (std::size_t i = 0; i < kernel.outcomes.size(); ++i) {
    const Outcome& outcome = kernel.outcomes[i];
    if (outcome.meanings.size() <= 2) {
      all.push_back({std::string(outcome.name), i, -1});
      continue;
    }
    for (std::size_t code = 0; code < outcome.meanings.size(); ++code)
      all.push_back({std::string(outcome.name) + "_" + std::string(outcome.meanings[code]), i, static_cast<int>(code)});
  }
  return all;
}

TallyShape::TallyShape(const Kernel& kernel, bool differences)
    : kernel_(&kernel), differences_(differences), series_(series_of(kernel)) {
  size_ = 3 * series_.size() * (differences ? 2 : 1);
  for (const Curve& curve : kernel.curves) {
    const auto bins = static_cast<std::size_t>(2 * curve.months.back()) + 2;  // 0, 1/2, ..., last month, beyond
    curves_.push_back(size_);
    bins_.push_back(bins);
    times_.push_back(outcome_index(kernel, curve.time));
    event_columns_.push_back(outcome_index(kernel, curve.event));
    size_ += 2 * bins;
  }
  size_ += 2;
}

void mark_failures(const Kernel& kernel, std::span<const double> outcomes, std::span<std::uint8_t> failed) {
  const std::size_t width = kernel.outcomes.size();
  std::vector<std::size_t> condition(width, width);
  for (std::size_t o = 0; o < width; ++o)
    if (!kernel.outcomes[o].defined.outcome.empty())
      condition[o] = outcome_index(kernel, kernel.outcomes[o].defined.outcome);
  for (std::size_t run = 0; run < failed.size(); ++run) {
    const double* row = outcomes.data() + run * width;
    for (std::size_t o = 0; o < width && failed[run] == 0; ++o) {
      const Outcome& outcome = kernel.outcomes[o];
      const bool conditional = condition[o] < width;
      const bool defined = conditional ? row[condition[o]] == outcome.defined.value : outcome.defined.when.empty();
      if (std::isnan(row[o]) ? defined : (!std::isfinite(row[o]) || (conditional && !defined))) failed[run] = 1;
      if (outcome.kind == OutcomeKind::flag && !std::isnan(row[o])) {
        const double codes = static_cast<double>(std::max<std::size_t>(outcome.meanings.size(), 2));
        if (!(row[o] >= 0 && row[o] < codes && row[o] == std::floor(row[o]))) failed[run] = 1;
      }
    }
  }
}

void tally(const TallyShape& shape, const Runs& runs, const Runs& first, std::span<double> into) {
  const Kernel& kernel = shape.kernel();
  const std::size_t width = kernel.outcomes.size(), n = runs.failed.size();
  const double missing = std::numeric_limits<double>::quiet_NaN();
  std::fill(into.begin(), into.end(), 0.0);
  const auto value = [&](const Runs& of, const Series& series, std::size_t i) {
    return of.failed[i] != 0 ? missing : value_of(series, of.outcomes.subspan(i * width, width));
  };
  for (std::size_t s = 0; s < shape.series().size(); ++s) {
    const Series& series = shape.series()[s];
    moments(
        n, [&](std::size_t i) { return value(runs, series, i); }, &into[shape.moment(s)]);
    if (shape.differences())
      moments(
          n, [&](std::size_t i) { return value(runs, series, i) - value(first, series, i); },
          &into[shape.difference(s)]);
  }
  for (std::size_t c = 0; c < kernel.curves.size(); ++c) {
    const auto& codes = kernel.curves[c].event_codes;
    double* events = &into[shape.events(c)];
    double* censored = events + shape.bins(c);
    for (std::size_t i = 0; i < n; ++i) {
      const double time = runs.outcomes[i * width + shape.time_of(c)];
      if (runs.failed[i] != 0 || std::isnan(time)) continue;
      const std::size_t last = shape.bins(c) - 1;
      const double half_months = std::ceil(2 * time);
      const std::size_t bin = half_months >= static_cast<double>(last) ? last
                              : half_months > 0                        ? static_cast<std::size_t>(half_months)
                                                                       : 0;
      const double event = runs.outcomes[i * width + shape.event_of(c)];
      const bool is_event = std::find(codes.begin(), codes.end(), event) != codes.end();
      (is_event ? events : censored)[bin] += 1;
    }
  }
  into[shape.replicates()] = static_cast<double>(n);
  into[shape.failed()] =
      static_cast<double>(std::count_if(runs.failed.begin(), runs.failed.end(), [](auto f) { return f != 0; }));
}

void merge(const TallyShape& shape, std::span<const double> later, std::span<double> into) {
  const std::size_t moments_end = 3 * shape.series().size() * (shape.differences() ? 2 : 1);
  for (std::size_t i = 0; i < moments_end; i += 3) merge_moments(&later[i], &into[i]);
  for (std::size_t i = moments_end; i < shape.size(); ++i) into[i] += later[i];
}

std::vector<double> survival(const TallyShape& shape, std::size_t curve, std::span<const double> tally) {
  const double* events = &tally[shape.events(curve)];
  const double* censored = events + shape.bins(curve);
  double at_risk = 0;
  for (std::size_t b = 0; b < shape.bins(curve); ++b) at_risk += events[b] + censored[b];
  std::vector<double> out;
  double share = at_risk > 0 ? 1 : std::numeric_limits<double>::quiet_NaN();
  std::size_t bin = 0;
  for (const double month : shape.kernel().curves[curve].months) {
    for (; bin <= static_cast<std::size_t>(2 * month); ++bin) {
      if (bin > 0) at_risk -= censored[bin - 1];  // still at risk in the half month that censors them
      if (at_risk > 0) share *= 1 - events[bin] / at_risk;
      at_risk -= events[bin];
    }
    out.push_back(at_risk <= 0 && share > 0 ? std::numeric_limits<double>::quiet_NaN() : share);
  }
  return out;
}

}  // namespace truce

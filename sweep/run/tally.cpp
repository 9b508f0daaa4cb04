// Moments from series side by side; survival from counts on a grid of half months; values counted in histograms.
#include "sweep/run/tally.hpp"

#include <algorithm>
#include <cmath>

namespace truce {

namespace {

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

/// The half month, rounded up, in which `time` falls; the bin `last` holds all that is beyond.
std::size_t bin_of_time(double time, double last) {
  const double halves = std::clamp(2 * time, 0.0, last);
  const auto whole = static_cast<std::int64_t>(halves);
  return static_cast<std::size_t>(whole + (static_cast<double>(whole) < halves ? 1 : 0));
}

/// The bin of a histogram; `scale`: bins per unit.
std::size_t bin_of_value(const TallyShape::HistogramPlace& place, double scale, double value) {
  if (value < place.lo) return 0;
  if (value > place.hi) return histogram_bins + 1;
  const double bin = std::min((value - place.lo) * scale, histogram_bins - 1.0);
  return 1 + static_cast<std::size_t>(static_cast<std::int64_t>(bin));
}

/// Calls `visit(run's outcomes, value)` for every run that has not failed and in which `outcome` is defined.
template <class Visit>
void for_defined(const Runs& runs, std::size_t width, std::size_t outcome, Visit visit) {
  const double* row = runs.outcomes.data();
  for (const std::uint8_t failed : runs.failed) {
    if (const double value = row[outcome]; failed == 0 && !std::isnan(value)) visit(row, value);
    row += width;
  }
}

/// Counts runs in bins. As long as they fall in the same place, as those beyond the last month do, they are counted in
/// a register: in memory each count would wait for the one before.
class Counter {
 public:
  /// Writes into both when it is destroyed; `counts`: those of `bins`, and of as many behind them.
  Counter(const Bins& bins, double* counts, std::span<std::uint64_t> used)
      : bins_(bins), counts_(counts), used_(used) {}
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;
  ~Counter() { write(); }
  void count(std::size_t place) {
    if (place != place_) write();
    place_ = place;
    ++runs_;
  }

 private:
  void write() {
    if (runs_ == 0) return;
    counts_[place_] += static_cast<double>(runs_);
    bins_.use(used_, place_ < bins_.count ? place_ : place_ - bins_.count);
    runs_ = 0;
  }
  const Bins bins_;
  double* const counts_;
  const std::span<std::uint64_t> used_;
  std::size_t place_ = 0;
  std::int64_t runs_ = 0;
};

/// Forgets which bins are in use.
void clear(const Bins& bins, std::vector<std::uint64_t>& used) {
  std::fill_n(used.begin() + static_cast<std::ptrdiff_t>(bins.first_word), bins.words(), std::uint64_t{0});
}

}  // namespace

Tally empty_tally(const TallyShape& shape) {
  return {std::vector<double>(shape.size(), 0.0), std::vector<std::uint64_t>(shape.words(), 0)};
}

Tallier::Tallier(const TallyShape& shape, std::size_t references)
    : shape_(shape), tally_(empty_tally(shape)), references_(references, SeriesTable(shape)), table_(shape) {}

void Tallier::count_times(const Runs& runs) {
  const std::span<std::uint64_t> used(tally_.used);
  for (const auto& original : shape_.curves()) {
    const TallyShape::CurvePlace curve = original;  // which counting cannot change, as a compiler sees
    double* events = &tally_.numbers[curve.events.first];
    double* censored = &tally_.numbers[curve.censored()];
    curve.events.for_used(used, [&](std::size_t bin) { events[bin] = censored[bin] = 0; });
    clear(curve.events, tally_.used);
    Counter counter(curve.events, events, used);
    const auto last = static_cast<double>(curve.events.count - 1);
    for_defined(runs, shape_.kernel().outcomes.size(), curve.time, [&](const double* row, double time) {
      const std::size_t bin = bin_of_time(time, last);
      bool is_event = false;
      for (const double code : curve.event_codes) is_event |= row[curve.event] == code;
      counter.count(bin + (is_event ? 0 : curve.events.count));
    });
  }
}

void Tallier::count_values(const Runs& runs) {
  const std::span<std::uint64_t> used(tally_.used);
  for (const auto& original : shape_.histograms()) {
    const TallyShape::HistogramPlace place = original;
    double* counts = &tally_.numbers[place.bins.first];
    const double scale = histogram_bins / (place.hi - place.lo);
    place.bins.for_used(used, [&](std::size_t bin) { counts[bin] = 0; });
    clear(place.bins, tally_.used);
    Counter counter(place.bins, counts, used);
    for_defined(runs, shape_.kernel().outcomes.size(), place.outcome,
                [&](const double*, double value) { counter.count(bin_of_value(place, scale, value)); });
  }
}

void Tallier::set_reference(const Runs& runs, std::size_t reference) {
  if (shape_.differences()) references_[reference].fill(runs);
}

const Tally& Tallier::tally(const Runs& runs, std::size_t reference) {
  std::vector<double>& numbers = tally_.numbers;
  table_.fill(runs);
  table_.moments(numbers);
  if (shape_.differences()) {
    table_.subtract(references_[reference]);
    table_.moments(std::span(numbers).subspan(shape_.difference(0)));
  }
  count_times(runs);
  count_values(runs);
  numbers[shape_.replicates()] = static_cast<double>(runs.failed.size());
  numbers[shape_.failed()] =
      static_cast<double>(std::count_if(runs.failed.begin(), runs.failed.end(), [](auto f) { return f != 0; }));
  return tally_;
}

void merge(const TallyShape& shape, const Tally& later, std::span<double> into) {
  const std::vector<double>& numbers = later.numbers;
  const auto add = [&](std::size_t place) { into[place] += numbers[place]; };
  for (std::size_t i = 0; i < shape.moments_end(); i += 3) merge_moments(&numbers[i], &into[i]);
  for (const auto& curve : shape.curves())
    curve.events.for_used(later.used, [&](std::size_t bin) {
      add(curve.events.first + bin);
      add(curve.censored() + bin);
    });
  for (const auto& place : shape.histograms())
    place.bins.for_used(later.used, [&](std::size_t bin) { add(place.bins.first + bin); });
  add(shape.replicates());
  add(shape.failed());
}

void find_used(const TallyShape& shape, Tally& tally) {
  tally.used.assign(shape.words(), 0);
  for (const auto& curve : shape.curves())
    for (std::size_t bin = 0; bin < curve.events.count; ++bin)
      if (tally.numbers[curve.events.first + bin] > 0 || tally.numbers[curve.censored() + bin] > 0)
        curve.events.use(tally.used, bin);
  for (const auto& place : shape.histograms())
    for (std::size_t bin = 0; bin < place.bins.count; ++bin)
      if (tally.numbers[place.bins.first + bin] > 0) place.bins.use(tally.used, bin);
}

}  // namespace truce

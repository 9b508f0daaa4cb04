// One pass over the points tells, for every face, what lies just within and just outside of it.
#include "analysis/discovery/paste.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace truce::analysis {
namespace {

/// Of each restricted input: the points in the box, and those that this input alone keeps out of it, by bins.
struct Margins {
  std::vector<std::size_t> inputs;  ///< the restricted ones
  BinCounts within, without;        ///< [restricted input][bin]
  Count box;
};

void look_at(const SearchPoints& points, const Kept& kept, std::size_t first, std::size_t end, Margins& margins) {
  constexpr std::size_t most = 4096;
  std::array<std::uint8_t, most> broken{};
  std::array<std::uint8_t, most> breaker{};
  for (std::size_t r = 0; r < margins.inputs.size(); ++r) {
    const auto& keeps = kept[margins.inputs[r]];
    const std::uint8_t* codes = points.codes[margins.inputs[r]].data() + first;
    for (std::size_t p = 0; p < end - first; ++p) {
      const auto out = static_cast<std::uint8_t>(!keeps[codes[p]]);
      broken[p] = static_cast<std::uint8_t>(std::min(broken[p] + out, 2));
      breaker[p] = out != 0 ? static_cast<std::uint8_t>(r) : breaker[p];
    }
  }
  for (std::size_t p = first; p < end; ++p) {
    const std::uint8_t weight = points.weight(p);
    if (weight == 0 || broken[p - first] > 1) continue;
    if (broken[p - first] == 1) {
      const std::size_t r = breaker[p - first];
      margins.without[r][points.codes[margins.inputs[r]][p]].add(weight, points.shares[p]);
      continue;
    }
    for (std::size_t r = 0; r < margins.inputs.size(); ++r)
      margins.within[r][points.codes[margins.inputs[r]][p]].add(weight, points.shares[p]);
  }
}

Margins margins_of(const SearchPoints& points, const Kept& kept) {
  Margins margins;
  for (std::size_t i = 0; i < kept.size(); ++i)
    if (restricts(kept, points.bins, i)) margins.inputs.push_back(i);
  margins.within.resize(margins.inputs.size());
  margins.without.resize(margins.inputs.size());
  for (std::size_t first = 0; first < points.size(); first += 4096)
    look_at(points, kept, first, std::min(points.size(), first + 4096), margins);
  add_up(points, margins.within);
  add_up(points, margins.without);
  if (!margins.inputs.empty())
    for (const Count& count : margins.within.front()) margins.box.put(count);
  return margins;
}

/// The best move so far: bins [first, end) of an input are put in or taken out.
struct Move {
  double lift = 0;
  std::size_t input = 0, first = 0, end = 0;
  bool put = false;
};

/// Weighs the moves of one face.
class Face {
 public:
  Face(const Margins& margins, const Count& all, double step, Move& best)
      : margins_(margins), all_(all), step_(step), best_(best) {}
  /// Slices of 1, 2, ... bins from `bin` on, by `stride`, while they stay inside `count` bins and hold up to a step.
  void offer(std::size_t r, std::size_t bin, int stride, std::size_t count, bool put) {
    const auto& counts = put ? margins_.without[r] : margins_.within[r];
    Count slice;
    std::size_t first = bin, end = bin + 1;
    for (std::size_t b = bin; b < count; b += static_cast<std::size_t>(stride)) {  // below 0 wraps round
      slice.put(counts[b]);
      first = std::min(first, b);
      end = std::max(end, b + 1);
      weigh(margins_.inputs[r], first, end, slice, put);
      if (static_cast<double>(slice.points) >= step_) return;
    }
  }
  void weigh(std::size_t input, std::size_t first, std::size_t end, const Count& slice, bool put) {
    Count box = margins_.box;
    put ? box.put(slice) : box.take(slice);
    if (slice.points == 0 || box.points <= 0) return;
    const double value = lift(box, all_);
    if (value > best_.lift) best_ = {value, input, first, end, put};
  }

 private:
  const Margins& margins_;
  Count all_;
  double step_;
  Move& best_;
};

Move best_move(const SearchPoints& points, const Kept& kept, const Margins& margins, const Count& all, double step) {
  Move best;
  best.lift = lift(margins.box, all) * (1 + 1e-12);
  Face face(margins, all, step, best);
  for (std::size_t r = 0; r < margins.inputs.size(); ++r) {
    const std::size_t input = margins.inputs[r], count = points.bins[input].count();
    const auto& keeps = kept[input];
    if (!points.bins[input].ordered()) {
      for (std::size_t b = 0; b < count; ++b)
        face.weigh(input, b, b + 1, (keeps[b] ? margins.within : margins.without)[r][b], !keeps[b]);
      continue;
    }
    const auto low = static_cast<std::size_t>(std::find(keeps.begin(), keeps.end(), true) - keeps.begin());
    std::size_t high = count - 1;
    while (!keeps[high]) --high;
    if (low > 0) face.offer(r, low - 1, -1, count, true);
    if (high + 1 < count) face.offer(r, high + 1, 1, count, true);
    face.offer(r, low, 1, count, false);
    face.offer(r, high, -1, count, false);
  }
  return best;
}

std::vector<double> quasi_p_of(const Margins& margins, std::size_t inputs) {
  std::vector<double> quasi_p(inputs, 1);
  for (std::size_t r = 0; r < margins.inputs.size(); ++r) {
    Count free = margins.box;
    for (const Count& count : margins.without[r]) free.put(count);
    quasi_p[margins.inputs[r]] = chance_of(margins.box, free.density());
  }
  return quasi_p;
}

}  // namespace

double chance_of(const Count& box, double density) {
  const double n = static_cast<double>(box.points), k = static_cast<double>(box.sum) / share_one;
  if (k <= 0 || density >= 1) return 1;
  if (density <= 0) return 0;
  // Pr(X >= k) = I_density(k, n - k + 1)
  return boost::math::ibeta(k, n - k + 1, density);
}

PastedBox paste(const SearchPoints& points, const BoxSearch& search, Kept kept, const Count& all) {
  Margins margins = margins_of(points, kept);
  const auto move_faces = [&] {
    for (int moves = 0; moves < 1000 && !margins.inputs.empty(); ++moves) {
      const double step = search.peel * static_cast<double>(margins.box.points);
      const Move move = best_move(points, kept, margins, all, step);
      if (move.end == 0) return;
      for (std::size_t b = move.first; b < move.end; ++b) kept[move.input][b] = move.put;
      margins = margins_of(points, kept);
    }
  };
  move_faces();
  while (!margins.inputs.empty()) {
    const std::vector<double> quasi_p = quasi_p_of(margins, kept.size());
    std::size_t worst = margins.inputs.front();
    for (const std::size_t input : margins.inputs)
      if (quasi_p[input] > quasi_p[worst]) worst = input;
    if (quasi_p[worst] <= search.significance) return {kept, margins.box, quasi_p};
    kept[worst] = keep_all(points.bins)[worst];
    margins = margins_of(points, kept);
  }
  return {kept, all, std::vector<double>(kept.size(), 1)};
}

}  // namespace truce::analysis

// Collected problems and the nearest-name search of error messages.
#include "sweep/base/error.hpp"

#include <algorithm>
#include <numeric>

namespace truce {

Exit worse(Exit a, Exit b) {
  if (a == Exit::done) return b;
  return a == Exit::incomplete && b != Exit::done ? b : a;
}

void refuse(const std::string& text) { throw Error(Exit::usage, text); }

void Problems::add(std::string where, std::string text) {
  lines_.push_back(where.empty() ? std::move(text) : std::move(where) + ": " + text);
}

void Problems::raise() const {
  if (lines_.empty()) return;
  std::string all;
  for (std::size_t i = 0; i < lines_.size() && i < most_told; ++i) all += (i == 0 ? "" : "\n") + lines_[i];
  if (lines_.size() > most_told) all += "\n... and " + std::to_string(lines_.size() - most_told) + " more";
  throw Error(Exit::usage, all);
}

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace truce

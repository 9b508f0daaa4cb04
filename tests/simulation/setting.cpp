// Draws what goes wrong.
#include "tests/simulation/setting.hpp"

#include <algorithm>

namespace truce::simulation {
namespace {

/// None, short, as usual or longer than any block takes.
double draw_patience(Dice& dice, double usual) {
  if (dice.chance(0.25)) return 0;
  if (dice.chance(0.33)) return dice.heavy(0.01, 5);
  return dice.chance(0.5) ? usual : 10000;
}

/// Pieces of what is missing, in any order, within `seconds`: some of them, or all.
std::vector<OtherCommit> draw_others(Dice& dice, const std::vector<Range>& missing, double seconds) {
  const double share = dice.chance(0.3) ? 1 : 0.4;
  std::vector<OtherCommit> others;
  for (const Range& range : missing) {
    for (std::int64_t at = range.first; at < range.end();) {
      const Range piece{at, std::min(dice.between(1, 8), range.end() - at)};
      if (dice.chance(share)) others.push_back({seconds * dice.unit(), piece});
      at = piece.end();
    }
  }
  std::ranges::sort(others, {}, &OtherCommit::time);
  return others;
}

void draw_stops(Dice& dice, int size, double scale, double block_seconds, Troubles& t) {
  if (dice.chance(0.3)) t.stop = dice.heavy(0.001, 1) + scale * dice.unit();
  if (size > 1 && dice.chance(0.2)) {
    t.signalled_rank = static_cast<int>(dice.between(1, size - 1));
    t.signal = scale * dice.unit();
  }
  if (!dice.chance(0.25)) return;
  t.limit = std::max(2 * scale, 10 * block_seconds) * dice.unit();
  if (dice.chance(0.4)) t.stop = t.limit * dice.unit();
  if (t.signalled_rank > 0) t.signal = t.limit * dice.unit();
}

void draw_silence(Dice& dice, const Setting& setting, double scale, Troubles& t) {
  if (dice.chance(0.6)) {
    t.dying_rank = dice.rank(setting.size);
    t.death = 0.5 + scale * dice.unit();
    t.notice = dice.chance(0.5) ? dice.heavy(0.1, 100) : 3000;
  }
  if (dice.chance(0.5)) {
    t.stalling_rank = dice.rank(setting.size);
    t.stall = setting.grace * (dice.chance(0.5) ? 0.5 : 5);
  }
}

}  // namespace

Setting draw_setting(Dice& dice, std::vector<Range> missing, std::int64_t chunks, bool calm) {
  Setting setting;
  setting.size = static_cast<int>(dice.between(1, 7));
  const std::int64_t block = dice.between(1, 8);
  setting.plan = {std::move(missing), block, chunks, dice.chance(0.3) ? Order::back : Order::front};
  setting.slice_seconds = dice.chance(0.5) ? 0.01 : 1;
  if (dice.chance(0.2)) setting.slices = 60;
  if (calm) return setting;
  Troubles& t = setting.troubles;
  const double scale = setting.slice_seconds * 40;
  setting.patience = draw_patience(dice, setting.patience);
  setting.patience_after_failure = draw_patience(dice, setting.patience_after_failure);
  setting.news_seconds = dice.heavy(0.1, 5);
  draw_stops(dice, setting.size, scale, setting.slice_seconds * setting.slices, t);
  if (dice.chance(0.3)) t.others = draw_others(dice, setting.plan.missing, scale);
  if (dice.chance(0.05)) t.watch_fails = static_cast<int>(dice.between(0, 40));
  const bool silence = dice.chance(0.5);
  if (dice.chance(silence ? 0.6 : 0.3)) {
    t.failing_rank = dice.rank(setting.size);
    t.full_disk = dice.chance(0.4);
    t.failing_call = static_cast<int>(dice.between(0, t.full_disk ? 2 : 12));
    if (dice.chance(0.3)) t.second_failing = dice.rank(setting.size);
  }
  if (silence) draw_silence(dice, setting, scale, t);
  return setting;
}

}  // namespace truce::simulation

// Times units spread evenly over the design, so that a costly corner is in the sample.
#include "sweep/run/pilot.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "sweep/store/files.hpp"

namespace truce {

namespace {

/// Unit number i of a sequence that spreads over 0..units-1 (van der Corput in base 2).
std::int64_t spread(std::int64_t i, std::int64_t units) {
  double position = 0, weight = 0.5;
  for (; i > 0; i /= 2, weight /= 2) position += static_cast<double>(i % 2) * weight;
  return std::min(units - 1, static_cast<std::int64_t>(position * static_cast<double>(units)));
}

/// Runs of a unit; with precision_of the most that it can take.
double runs_of_unit(const Plan& plan, std::int64_t unit) {
  const std::int64_t replicates = plan.precision ? plan.most_replicates() : replicates_of(plan, unit % plan.chunks());
  return static_cast<double>(plan.members * plan.policies() * replicates);
}

/// Bytes of a unit in a frame: its share of the rows, or a tally of every sibling.
double bytes_of_unit(const Plan& plan, const Layout& layout, bool partial) {
  if (partial)
    return static_cast<double>(tally_shape_of(plan).size() * sizeof(double)) *
           static_cast<double>(plan.members * plan.policies());
  const double rows = static_cast<double>(plan.rows == Rows::run ? plan.runs() : plan.rows_of_point());
  return std::max(1.0, static_cast<double>(layout.row_bytes()) * rows / static_cast<double>(plan.units()));
}

std::int64_t power_of_two_below(double x) {
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(std::max(x, 1.0))));
}

}  // namespace

Pilot time_pilot(const Plan& plan, const Design& design, const Layout& layout, const Code& code, double seconds,
                 const Clock& clock) {
  Pilot pilot;
  BlockRun block(plan, design, layout, code, clock);
  const double start = clock();
  bool over = true;
  for (std::int64_t i = 0; i == 0 || (over && pilot.seconds < seconds && i < plan.units()); ++i) {
    const std::int64_t unit = spread(i, plan.units());
    block.begin({unit, 1});
    do {
      over = block.advance();
      pilot.seconds = clock() - start;
    } while (!over && (pilot.seconds < 10 * seconds || pilot.runs + block.ended() == 0));
    pilot.runs += block.ended();
    pilot.failed += block.failed();
    pilot.units += over ? 1 : static_cast<double>(block.ended()) / runs_of_unit(plan, unit);
  }
  return pilot;
}

double time_commit(const std::filesystem::path& folder) {
  // Host and process: shares on two hosts may begin at the same time with the same process number.
  const std::filesystem::path path = folder / (".commit-time-" + host_name() + "-" + std::to_string(::getpid()));
  const std::array<std::byte, 4096> bytes{};
  double taken = 0;
  try {
    const Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL);
    write_all(file.get(), path.string(), bytes, 0);
    sync_data(file.get(), path.string());  // the first one also makes the file itself durable
    const double begun = steady_seconds();
    write_all(file.get(), path.string(), bytes, bytes.size());
    sync_data(file.get(), path.string());
    taken = steady_seconds() - begun;
  } catch (...) {
    ::unlink(path.c_str());
    throw;
  }
  ::unlink(path.c_str());
  return taken;
}

std::int64_t choose_block(const Plan& plan, const Layout& layout, const Pilot& pilot, int ranks,
                          double commit_seconds) {
  constexpr double most_bytes = 32e6;
  const double unit = std::max(pilot.seconds_a_unit(), 1e-9);
  const double all = unit * static_cast<double>(plan.units());
  const double seconds = std::max(std::clamp(all / (32.0 * ranks), 0.05, 1.0), 100 * commit_seconds);
  const auto within = [&](bool partial) {
    return std::min(
        {seconds / unit, most_bytes / bytes_of_unit(plan, layout, partial), static_cast<double>(plan.units())});
  };
  const double chunks = static_cast<double>(plan.chunks());
  if (within(false) >= chunks) return power_of_two_below(within(false) / chunks) * plan.chunks();
  const bool partial = plan.rows == Rows::point;
  return std::min(power_of_two_below(within(partial)), plan.chunks());
}

}  // namespace truce

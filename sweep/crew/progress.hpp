// How far a run is: one line on a terminal, a plain line now and then in a log file. Takes the time as an argument.
#pragma once

#include <cstdint>
#include <deque>
#include <ostream>
#include <string>

namespace truce {

enum class ProgressStyle {
  quiet,     ///< nothing
  terminal,  ///< one line, rewritten at most 5 times a second
  log,       ///< a plain line at the start, after 2, 5, 10, 20 and every 30 s, and at the end
};

/// Times are seconds on any clock that never goes back.
class Progress {
 public:
  /// `total` runs of the study, of which `before` were committed by earlier attempts. `out` must outlive this.
  Progress(std::ostream& out, ProgressStyle style, std::int64_t total, std::int64_t before);
  /// Only needed where others work on the same study: the units that hold `total` runs.
  void of_units(std::int64_t units) { of_units_ = units; }

  /// The total is only the most that there can be: it is estimated from the share of `units` that is committed, of
  /// which `before` were by earlier attempts.
  void estimate_by(std::int64_t units, std::int64_t before);

  /// Other jobs have committed so many units more, each about as many runs as the units so far: they count as done.
  void count_others(std::int64_t units);

  void start(double now);
  /// `runs`, `failed` and `units` since the start, by this attempt. Cheap; writes only when a line is due.
  void update(double now, std::int64_t runs, std::int64_t failed, std::int64_t units = 0);
  /// Writes the last state; nothing follows.
  void end(double now);
  /// Runs a second over the last half minute (longer if blocks take longer), 0 if not known yet.
  double rate(double now) const;

 private:
  struct Sample {
    double time = 0;
    std::int64_t runs = 0;
  };
  std::string line(double now) const;
  void write(double now, bool last);
  bool due(double now);

  std::ostream& out_;
  ProgressStyle style_;
  std::int64_t total_, before_;
  std::int64_t runs_ = 0, failed_ = 0, units_ = 0;
  std::int64_t all_units_ = 0, units_before_ = 0;  ///< 0: the total is exact
  std::int64_t of_units_ = 0;
  double begun_ = 0, written_ = 0;
  double next_line_ = 0;   ///< of a log, seconds after the start
  std::size_t width_ = 0;  ///< of the line that stands on the terminal
  std::deque<Sample> samples_;
};

/// "42 s", "3 min 05 s", "2 h 10 min", "3 d 4 h"; rounded up to whole seconds.
std::string format_duration(double seconds);
/// 1234567 -> "1,234,567".
std::string format_count(std::int64_t count);
/// What one line says, e.g. "1,024 of 4,096 runs  25.0 %  512 runs/s  ETA 6 s  3 failed"; rate 0: not known. `about`
/// stands before the total.
std::string format_progress(std::int64_t done, std::int64_t total, double rate, std::int64_t failed,
                            const std::string& about = "");

}  // namespace truce

// Rate, time left, and when to write.
#include "sweep/crew/progress.hpp"

#include <algorithm>
#include <cmath>

namespace truce {
namespace {

constexpr double window_seconds = 30;
constexpr double sample_seconds = 0.5;
constexpr double terminal_seconds = 0.2;
constexpr double log_seconds = 30;
constexpr double first_lines[] = {2, 5, 10, 20};  // a log is read most closely at its start

/// Seconds after the start of the first line that is due later than `elapsed`.
double line_after(double elapsed) {
  for (const double line : first_lines) {
    if (line > elapsed) return line;
  }
  return (std::floor(elapsed / log_seconds) + 1) * log_seconds;
}

/// Two digits of a value below 100.
std::string pad2(std::int64_t value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

/// One decimal, rounded down, so that 100.0 means finished.
std::string format_percent(std::int64_t done, std::int64_t total) {
  const double share = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 1;
  auto tenths = static_cast<std::int64_t>(std::floor(share * 1000));
  if (done < total) tenths = std::min<std::int64_t>(tenths, 999);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

}  // namespace

std::string format_duration(double seconds) {
  if (!(seconds < 1e12)) return "very long";
  const auto s = static_cast<std::int64_t>(std::ceil(std::max(seconds, 0.0)));
  constexpr std::int64_t minute = 60, hour = 3600, day = 86400;
  if (s < minute) return std::to_string(s) + " s";
  if (s < hour) return std::to_string(s / minute) + " min " + pad2(s % minute) + " s";
  if (s < day) return std::to_string(s / hour) + " h " + pad2(s % hour / minute) + " min";
  return std::to_string(s / day) + " d " + std::to_string(s % day / hour) + " h";
}

std::string format_count(std::int64_t count) {
  std::string text = std::to_string(count);
  const std::size_t sign = count < 0 ? 1 : 0;
  for (std::size_t at = text.size(); at > sign + 3;) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

std::string format_progress(std::int64_t done, std::int64_t total, double rate, std::int64_t failed,
                            const std::string& about) {
  std::string line =
      format_count(done) + " of " + about + format_count(total) + " runs  " + format_percent(done, total);
  if (rate > 0) {
    line += "  " + format_count(std::llround(rate)) + " runs/s";
    if (done < total) line += "  ETA " + format_duration(static_cast<double>(total - done) / rate);
  }
  if (failed > 0) line += "  " + format_count(failed) + " failed";
  return line;
}

Progress::Progress(std::ostream& out, ProgressStyle style, std::int64_t total, std::int64_t before)
    : out_(out), style_(style), total_(total), before_(before) {}

void Progress::estimate_by(std::int64_t units, std::int64_t before) {
  all_units_ = units;
  units_before_ = before;
}

void Progress::start(double now) {
  samples_.assign(1, {now, 0});
  begun_ = now;
  next_line_ = line_after(0);
  write(now, false);
}

void Progress::update(double now, std::int64_t runs, std::int64_t failed, std::int64_t units) {
  failed_ = failed;
  units_ = units;
  if (runs != runs_) {
    runs_ = runs;
    // The oldest sample stays until a younger one spans the window by itself.
    while (samples_.size() > 1 && now - samples_[1].time >= window_seconds) samples_.pop_front();
    if (samples_.empty() || now - samples_.back().time >= sample_seconds) samples_.push_back({now, runs});
  }
  if (due(now)) write(now, false);
}

void Progress::count_others(std::int64_t units) {
  if (units == 0) return;
  const std::int64_t done = before_ + runs_, seen = units_before_ + units_;
  const bool estimate = all_units_ > 0 && seen > 0;
  const auto of = static_cast<double>(std::max<std::int64_t>(1, estimate ? seen : of_units_));
  const auto runs = std::llround(static_cast<double>(estimate ? done : total_) / of * static_cast<double>(units));
  before_ = std::min<std::int64_t>(before_ + runs, total_ - runs_);
  units_before_ += units;
}

bool Progress::due(double now) {
  if (style_ == ProgressStyle::terminal) return now - written_ >= terminal_seconds;
  if (now - begun_ < next_line_) return false;
  next_line_ = line_after(now - begun_);
  return true;
}

void Progress::end(double now) { write(now, true); }

double Progress::rate(double now) const {
  if (samples_.empty() || runs_ == samples_.front().runs || now <= samples_.front().time) return 0;
  return static_cast<double>(runs_ - samples_.front().runs) / (now - samples_.front().time);
}

std::string Progress::line(double now) const {
  const std::int64_t done = before_ + runs_, units = units_before_ + units_;
  if (all_units_ == 0) return format_progress(done, total_, rate(now), failed_);
  if (units == 0) return format_progress(done, total_, rate(now), failed_, "at most ");
  const double share = static_cast<double>(units) / static_cast<double>(all_units_);
  if (units == all_units_) return format_progress(done, done, rate(now), failed_);
  const std::int64_t likely =
      std::min(total_, static_cast<std::int64_t>(std::llround(static_cast<double>(done) / share)));
  return format_progress(done, likely, rate(now), failed_, "about ");
}

void Progress::write(double now, bool last) {
  written_ = now;
  if (style_ == ProgressStyle::quiet) return;
  const std::string text = line(now);
  if (style_ == ProgressStyle::log) {
    out_ << text << '\n';
  } else {
    const std::string blanks(width_ > text.size() ? width_ - text.size() : 0, ' ');
    out_ << '\r' << text << blanks << (last ? "\n" : "");
    width_ = text.size();
  }
  out_.flush();
}

}  // namespace truce

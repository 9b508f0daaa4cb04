// The one error type of the sweep: problem, reason, remedy, and the exit code that main uses.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace truce {

/// Exit codes of every verb (documented in `truce --help`).
enum class Exit : int {
  done = 0,
  usage = 2,     ///< usage, study file or identity
  conflict = 4,  ///< the same block gave different bytes
  io = 6,        ///< input/output: space, quota, a failing disk
  corrupt = 7,   ///< a damaged file
  internal = 70,
  incomplete = 75,  ///< the same command would make progress
};

/// The one that a job of several parts ends with: done only if both are, incomplete only if nothing worse came; of two
/// failures the first.
Exit worse(Exit a, Exit b);

/// Worded "problem (why it is one); what to do".
class Error : public std::runtime_error {
 public:
  Error(Exit exit, const std::string& text) : std::runtime_error(text), exit_(exit) {}
  Exit exit() const { return exit_; }

 private:
  Exit exit_;
};

/// Throws Error(usage).
[[noreturn]] void refuse(const std::string& text);

/// Collects every problem of a study so that they are reported together.
class Problems {
 public:
  /// `where` is "file:line: section.key" or "option --section.key".
  void add(std::string where, std::string text);
  bool empty() const { return lines_.empty(); }
  const std::vector<std::string>& lines() const { return lines_; }
  static constexpr std::size_t most_told = 10;
  /// Throws Error(usage) with the first lines, one each, if there is any, and the number of those that are not told.
  void raise() const;

 private:
  std::vector<std::string> lines_;
};

/// The candidate nearest to `word` by edit distance, "" if none is near (more than a third of it).
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace truce

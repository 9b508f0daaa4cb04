// What the bench programs share: points from a file, processor time, a checksum, means, one line of JSON.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

/// Inputs by name; one row per point, in the order of `names`.
struct Points {
  std::vector<std::string> names;
  std::vector<std::vector<double>> rows;
};

/// Reads comma-separated values whose first line is the names. Throws where a row has another length.
inline Points read_points(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + " cannot be read");
  Points points;
  std::string line, field;
  std::getline(file, line);
  for (std::istringstream fields(line); std::getline(fields, field, ',');) points.names.push_back(field);
  while (std::getline(file, line)) {
    auto& row = points.rows.emplace_back();
    for (std::istringstream fields(line); std::getline(fields, field, ',');) row.push_back(std::stod(field));
    if (row.size() != points.names.size()) throw std::runtime_error(path + " has a row of another length");
  }
  return points;
}

/// Processor time of this process [s]: waiting for a busy machine does not count.
inline double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// FNV-1a (64 bits) of the words of `values`; every NaN counts as the same one.
inline std::string checksum(std::span<const double> values) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const double value : values) {
    std::uint64_t bits = 0x7ff8000000000000U;
    if (!std::isnan(value)) std::memcpy(&bits, &value, sizeof bits);
    hash = (hash ^ bits) * 0x100000001b3U;
    hash ^= hash >> 32;
  }
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

/// Count, mean and standard error of what `value(run)` gives, NaN left out.
template <class Value>
std::string mean_of(std::size_t runs, const Value& value) {
  double count = 0, mean = 0, squares = 0;
  for (std::size_t run = 0; run < runs; ++run) {
    const double x = value(run);
    if (std::isnan(x)) continue;
    count += 1;
    const double step = x - mean;
    mean += step / count;
    squares += step * (x - mean);
  }
  char text[96];
  std::snprintf(text, sizeof text, "[%.0f, %.12g, %.6g]", count, mean,
                count > 1 ? std::sqrt(squares / (count - 1) / count) : 0.0);
  return text;
}

/// {"outcome": [count, mean, standard error], ...} of outcomes[run][outcome]; `ending` as a share per code.
inline std::string means_of(const std::vector<std::string>& names, std::span<const double> outcomes) {
  const std::size_t width = names.size(), runs = outcomes.size() / width;
  const char* endings[] = {"settlement", "victory_a", "victory_d", "ongoing"};
  std::string text;
  const auto add = [&](const std::string& name, const std::string& mean) {
    text += (text.empty() ? "{\"" : ", \"") + name + "\": " + mean;
  };
  for (std::size_t i = 0; i < width; ++i) {
    const auto at = [&](std::size_t run) { return outcomes[run * width + i]; };
    if (names[i] != "ending") {
      add(names[i], mean_of(runs, at));
      continue;
    }
    for (int code = 0; code < 4; ++code)
      add("ending_" + std::string(endings[code]), mean_of(runs, [&](std::size_t run) { return at(run) == code; }));
  }
  return text + "}";
}

/// One measurement of `runs` histories of `steps` months in all.
struct Measured {
  std::string program;
  std::size_t runs = 0;
  std::uint64_t steps = 0;
  double seconds = 0;  ///< processor time of one pass
  int passes = 1;
  std::string checksum, means;
};

/// Prints the measurement as one line; `more` are further members, each beginning with a comma.
inline void print(const Measured& m, const std::string& more = "") {
  std::printf(
      "{\"program\": \"%s\", \"runs\": %zu, \"steps\": %llu, \"seconds\": %.6f, \"passes\": %d, "
      "\"checksum\": \"%s\"%s, \"means\": %s}\n",
      m.program.c_str(), m.runs, static_cast<unsigned long long>(m.steps), m.seconds, m.passes, m.checksum.c_str(),
      more.c_str(), m.means.c_str());
}

/// Repeats `pass` until `least` seconds of processor time are used; seconds of one pass and their number.
template <class Pass>
void time_passes(const Pass& pass, double least, Measured& m) {
  const double begin = cpu_seconds();
  m.passes = 0;
  do {
    pass();
    ++m.passes;
    m.seconds = (cpu_seconds() - begin) / m.passes;
  } while (m.seconds * m.passes < least);
}

}  // namespace bench

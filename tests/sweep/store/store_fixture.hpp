// Shared by the store's tests: a folder of their own, small layouts with known values, bytes of files.
#pragma once

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sweep/base/error.hpp"
#include "sweep/store/bytes.hpp"
#include "sweep/store/frames.hpp"
#include "sweep/store/journal.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/store/seal.hpp"

namespace truce::test {

/// A new folder that goes when the test ends.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "truce-store-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Limits the size of files that this process may write, as a full disk does (EFBIG), until it goes.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit now{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

inline std::span<const std::byte> as_span(std::string_view text) { return std::as_bytes(std::span(text)); }

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::remove(path);  // ext4 flushes a file that is cut to nothing and written again
  std::ofstream(path, std::ios::binary) << bytes;
}

inline StudyId study(unsigned char first) {
  StudyId id{};
  for (std::size_t i = 0; i < id.size(); ++i) id[i] = static_cast<std::byte>(first + 7 * i);
  return id;
}

/// The value of row r, place k within the row, of column c: a formula, so that any reader can know it.
inline double value_at(std::size_t column, std::int64_t row, std::size_t place) {
  if (column == 0 && row % 5 == 3) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(column) * 0.5 + static_cast<double>(row) * 3.0 + static_cast<double>(place) * 0.25;
}

inline void store_value(std::span<std::byte> into, std::size_t index, Type type, double value) {
  if (type == Type::f64) put(into, index * 8, std::bit_cast<std::uint64_t>(value));
  if (type == Type::i64) put(into, index * 8, static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
  if (type == Type::i32) put(into, index * 4, static_cast<std::uint32_t>(static_cast<std::int64_t>(value)));
  if (type == Type::u8) put(into, index, static_cast<std::uint8_t>(static_cast<std::int64_t>(value) % 200));
}

inline FillPiece fill_of(const Layout& layout) {
  return [&layout](std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into) {
    const Column& c = layout.columns.at(column);
    for (std::int64_t row = 0; row < count; ++row) {
      for (std::size_t k = 0; k < c.width; ++k) {
        store_value(into, static_cast<std::size_t>(row) * c.width + k, c.type, value_at(column, first + row, k));
      }
    }
  };
}

/// The payload of a rows frame: every journaled column, rows [rows.first, rows.end()).
inline std::vector<std::byte> payload_of(const Layout& layout, Range rows) {
  std::vector<std::byte> payload;
  for (std::size_t c = 0; c < layout.columns.size(); ++c) {
    if (layout.columns[c].origin != Origin::row) continue;
    std::vector<std::byte> part(static_cast<std::size_t>(rows.count) * layout.columns[c].row_bytes());
    fill_of(layout)(c, rows.first, rows.count, part);
    payload.insert(payload.end(), part.begin(), part.end());
  }
  return payload;
}

/// Three policies, four journaled columns of all types, one computed, two fixed.
inline Layout sample_layout(std::int64_t rows) {
  Layout layout;
  layout.row_dimension = "point";
  layout.rows = rows;
  layout.dimensions = {{"point", rows, {}, {{"long_name", std::string("row of the study")}}},
                       {"policy", 3, {}, {}},
                       {"war_month", 2, {12, 60.5}, {{"units", std::string("month")}}}};
  layout.columns = {
      {"war_length", Type::f64, {"point", "policy"}, Origin::row, 3, {}, {{"units", std::string("month")}}},
      {"survival", Type::f64, {"point", "policy", "war_month"}, Origin::row, 6, {}, {{"units", std::string("1")}}},
      {"runs_failed", Type::i32, {"point"}, Origin::row, 1, {}, {}},
      {"status",
       Type::u8,
       {"point"},
       Origin::row,
       1,
       {},
       {{"flag_values", std::vector<std::uint8_t>{0, 1, 2}},
        {"flag_meanings", std::string("ok some_failed all_failed")}}},
      {"autocracy",
       Type::f64,
       {"point"},
       Origin::computed,
       1,
       {},
       {{"long_name", std::string("autocracy, à la carte")}}},
      {"base", Type::i64, {"point"}, Origin::computed, 1, {}, {}},
      {"replicates", Type::i32, {}, Origin::fixed, 1, {64}, {}},
      {"guarantee", Type::f64, {"policy"}, Origin::fixed, 1, {0, 0.25, 0.5}, {}}};
  layout.attributes = {{"file_type", std::string(result_file_type)},
                       {"format_version", std::int64_t{1}},
                       {"title", std::string("")},
                       {"seed", std::int64_t{861}},
                       {"weights", std::vector<double>{0.5, 1.5}},
                       {"level", 0.25},
                       {"study", "[study]\nkernel = x\n" + std::string(100000, 's')}};
  return layout;
}

/// The text and exit code of the Error that `action` throws; fails the test if it throws none.
template <typename Action>
std::pair<Exit, std::string> error_of(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return {error.exit(), error.what()};
  }
  ADD_FAILURE() << "no Error was thrown";
  return {Exit::done, ""};
}

inline ::testing::AssertionResult says(const std::string& text, std::initializer_list<std::string> words) {
  for (const std::string& word : words) {
    if (text.find(word) == std::string::npos)
      return ::testing::AssertionFailure() << "'" << word << "' not in: " << text;
  }
  return ::testing::AssertionSuccess();
}

}  // namespace truce::test

// Chunked columns have checksums of their own; fixed ones have none and are compared with the study's.
#include "sweep/run/damage.hpp"

#include <algorithm>
#include <cstring>
#include <sstream>

#include "sweep/base/error.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/store/child.hpp"
#include "sweep/store/file_kind.hpp"
#include "sweep/store/files.hpp"

namespace truce {
namespace {

/// The base points that rows of a column touch.
Range points_of(const Plan& plan, const Column& column, Range rows) {
  if (column.origin != Origin::row) return {0, 0};
  const std::int64_t rows_of_base = row_map_of(plan).rows({0, plan.chunks()}).count, first = rows.first / rows_of_base;
  return {first, (rows.end() - 1) / rows_of_base + 1 - first};
}

bool reads(Result& result, std::size_t variable, Range rows, std::vector<std::byte>& into) {
  try {
    into.resize(static_cast<std::size_t>(rows.count) * result.variables()[variable].row_bytes());
    result.read_bytes(variable, rows.first, rows.count, into);
    return true;
  } catch (const Error& error) {
    return error.exit() == Exit::corrupt ? false : throw;
  }
}

bool holds(const std::vector<std::byte>& bytes, const Column& column) {
  std::vector<std::byte> expected(column.fixed.size() * size_of(column.type));
  for (std::size_t i = 0; i < column.fixed.size(); ++i)
    put_value(column.type, column.fixed[i], expected.data() + i * size_of(column.type));
  return bytes == expected;
}

/// Pieces that touch are one.
std::vector<Range> lost_rows(Result& result, const Layout& layout, const Column& column) {
  const std::vector<std::int64_t> sizes = sizes_of(layout, column);
  const std::int64_t rows = sizes.empty() ? 1 : sizes.front();
  const auto variable = result.find(column.name);
  const bool known =
      variable && result.variables()[*variable].sizes == sizes && result.variables()[*variable].type == column.type;
  if (!known) return {{0, rows}};
  std::vector<Range> lost;
  std::vector<std::byte> bytes;
  const std::int64_t step = result.variables()[*variable].step_rows();
  for (std::int64_t at = 0; at < rows; at += step) {
    const Range piece{at, std::min(step, rows - at)};
    if (reads(result, *variable, piece, bytes)) continue;
    if (!lost.empty() && lost.back().end() == at)
      lost.back().count += piece.count;
    else
      lost.push_back(piece);
  }
  if (column.origin == Origin::fixed && lost.empty() && !holds(bytes, column)) return {{0, rows}};
  return lost;
}

std::string to_text(const Damage& damage) {
  if (!damage.whole.empty()) return "whole " + damage.whole;
  std::ostringstream text;
  for (const auto& [column, rows, points] : damage.pieces)
    text << rows.first << ' ' << rows.count << ' ' << points.first << ' ' << points.count << ' ' << column << '\n';
  return text.str();
}

Damage from_text(const std::string& text) {
  if (text.starts_with("whole ")) return {text.substr(6), {}};
  Damage damage;
  std::istringstream lines(text);
  Damage::Piece piece;
  while (lines >> piece.rows.first >> piece.rows.count >> piece.points.first >> piece.points.count >> piece.column)
    damage.pieces.push_back(piece);
  return damage;
}

/// The coordinates of a dimension as the column that they are in the file.
Column coordinates_of(const Dimension& dimension) {
  const Type type = dimension.coordinates.empty() ? Type::i64 : Type::f64;
  const Origin origin = dimension.coordinates.empty() ? Origin::computed : Origin::fixed;
  return {dimension.name, type, {dimension.name}, origin, 1, dimension.coordinates, {}};
}

/// " 7", "s 7 to 9".
std::string range_text(Range range) {
  if (range.count == 1) return " " + std::to_string(range.first);
  return "s " + std::to_string(range.first) + " to " + std::to_string(range.end() - 1);
}

}  // namespace

Damage find_damage(Result& result, const Plan& plan) {
  const Layout layout = layout_of(plan);
  std::vector<Column> columns;
  for (const Dimension& dimension : layout.dimensions) columns.push_back(coordinates_of(dimension));
  columns.insert(columns.end(), layout.columns.begin(), layout.columns.end());
  Damage damage;
  for (const Column& column : columns)
    for (const Range& rows : lost_rows(result, layout, column))
      damage.pieces.push_back({column.name, rows, points_of(plan, column, rows)});
  return damage;
}

Damage examine(const std::filesystem::path& file, const std::optional<Plan>& plan) {
  constexpr double least_seconds = 10, bytes_a_second = 2e7;
  const double seconds = least_seconds + static_cast<double>(size_of_file(file)) / bytes_a_second;
  const auto text = in_child(
      [&]() -> std::string {
        try {
          Result result = Result::salvage(file);
          return to_text(find_damage(result, plan ? *plan : plan_of_result(result)));
        } catch (const std::exception& error) {
          return to_text({error.what(), {}});
        }
      },
      seconds);
  return text ? from_text(*text) : Damage{"HDF5 crashes or hangs on it", {}};
}

void require_no_answers(const std::filesystem::path& file) {
  constexpr double seconds = 10;
  const auto refusal = in_child(
      [&] {
        std::string text;
        const Result answers(file, analysis_file_type);  // the child fails at anything else
        try {
          require_kind(file, answers.attributes(), result_file_type);
        } catch (const Error& error) {
          text = error.what();
        }
        return text;
      },
      seconds);
  if (refusal) throw Error(Exit::usage, *refusal);
}

std::vector<Range> whole_points(std::int64_t points, const Damage& damage) {
  if (!damage.whole.empty()) return {};
  std::vector<Range> lost, whole;
  for (const auto& piece : damage.pieces)
    if (piece.points.count > 0) lost.push_back(piece.points);
  std::ranges::sort(lost, {}, &Range::first);
  std::int64_t at = 0;
  for (const Range& range : lost) {
    if (range.first > at) whole.push_back({at, range.first - at});
    at = std::max(at, range.end());
  }
  if (at < points) whole.push_back({at, points - at});
  return whole;
}

std::string damage_text(const Damage& damage) {
  constexpr std::size_t most = 10;
  if (!damage.whole.empty()) return "\n  nothing of it can be used: " + damage.whole;
  if (damage.pieces.empty())
    return "\n  every column can be read: the damage lies beside them, or numbers were changed with their checksums";
  std::string text;
  for (std::size_t i = 0; i < damage.pieces.size() && i < most; ++i) {
    const auto& [column, rows, points] = damage.pieces[i];
    text += "\n  " + column + ", row" + range_text(rows);
    if (points.count > 0) text += " (base point" + range_text(points) + ")";
  }
  if (damage.pieces.size() > most) text += "\n  ... and " + std::to_string(damage.pieces.size() - most) + " more";
  return text;
}

}  // namespace truce

// Reader of result files: attributes, variables, rows; for verify, export, replay and analysis.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sweep/store/layout.hpp"

namespace truce {

/// A variable of the file: a dimension's coordinates, or a column.
struct Variable {
  std::string name;
  Type type = Type::f64;
  std::vector<std::string> dimensions;  ///< names; empty for a scalar
  std::vector<std::int64_t> sizes;      ///< of the dimensions
  std::vector<Attribute> attributes;
  bool is_dimension = false;

  std::int64_t rows() const { return sizes.empty() ? 1 : sizes.front(); }
  std::size_t width() const;  ///< values a row
  std::size_t row_bytes() const { return width() * size_of(type); }
  std::int64_t step_rows() const;  ///< rows per chunk of the file: what is best read at once
};

/// An open result file. Every failure is Error(corrupt), or Error(io) if the file cannot be opened at all.
/// Damage inside the file is found by checksums when rows are read; check the file hash of the manifest first
/// where the file may be hostile.
class Result {
 public:
  /// `type` is what its attribute file_type must be.
  explicit Result(const std::filesystem::path& path, std::string_view type = result_file_type);
  /// Of a damaged file: columns and attributes that cannot be read are left out instead of being an error.
  static Result salvage(const std::filesystem::path& path);
  ~Result();
  Result(Result&&) noexcept;
  Result& operator=(Result&&) noexcept;

  const std::filesystem::path& path() const;
  const std::vector<Attribute>& attributes() const;
  /// Root attribute as text; Error(corrupt) if it is not there or no text.
  const std::string& text(std::string_view name) const;
  /// Root attribute as number; Error(corrupt) if it is not there or no number.
  double number(std::string_view name) const;
  bool has(std::string_view name) const;

  /// In file order: dimensions, then columns.
  const std::vector<Variable>& variables() const;
  std::optional<std::size_t> find(std::string_view variable) const;
  /// Number of a variable; Error(usage) if there is none of that name.
  std::size_t index(std::string_view variable) const;

  /// Rows [first, first + count) of a variable as doubles (missing values NaN), row-major.
  void read(std::size_t variable, std::int64_t first, std::int64_t count, std::span<double> into);
  /// The same as the file has them, little endian.
  void read_bytes(std::size_t variable, std::int64_t first, std::int64_t count, std::span<std::byte> into);
  /// All values of a variable.
  std::vector<double> all(std::string_view variable);

 private:
  struct Open;
  explicit Result(std::unique_ptr<Open> open);
  std::unique_ptr<Open> open_;
};

}  // namespace truce

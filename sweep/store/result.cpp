// Opens a result file after cheap checks that keep damaged and foreign files away from HDF5's parser.
#include "sweep/store/result.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <utility>

#include "sweep/base/error.hpp"
#include "sweep/store/bytes.hpp"
#include "sweep/store/file_kind.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/hdf5_file.hpp"

namespace truce {
namespace {

[[noreturn]] void reject(const std::filesystem::path& path, const std::string& why) {
  throw Error(Exit::corrupt, path.string() + " is not a readable truce result (" + why +
                                 "); check the name, restore the file from a copy, or let truce repair " +
                                 path.string() + " --study=STUDY make it anew");
}

/// Signature and length, from the superblock of version 2 or 3 that the store writes.
void check_superblock(const std::filesystem::path& path) {
  constexpr std::size_t superblock_bytes = 48;
  require_once_a_result(path);
  const Descriptor file(path, O_RDONLY);
  const std::uint64_t size = size_of_file(path);
  std::array<std::byte, superblock_bytes> head{};
  if (size < head.size()) reject(path, "it has only " + std::to_string(size) + " bytes");
  read_all(file.get(), path.string(), head, 0);
  const std::span<const std::byte> bytes(head);
  if (get<std::uint64_t>(bytes, 0) != hdf5_signature) reject(path, "it is no HDF5 file");
  const auto version = get<std::uint8_t>(bytes, 8);
  if (version < 2 || version > 3 || get<std::uint8_t>(bytes, 9) != 8) reject(path, "another program wrote it");
  const std::uint64_t end = get<std::uint64_t>(bytes, 28);
  if (end != size) {
    reject(path, "it has " + std::to_string(size) + " bytes but should have " + std::to_string(end) +
                     ", so it was cut off or damaged");
  }
}

}  // namespace

std::size_t Variable::width() const {
  std::size_t values = 1;
  for (std::size_t i = 1; i < sizes.size(); ++i) values *= static_cast<std::size_t>(sizes[i]);
  return values;
}

std::int64_t Variable::step_rows() const { return rows_per_chunk(rows(), row_bytes()); }

struct Result::Open {
  std::filesystem::path path;
  hdf5::Handle file;
  std::vector<hdf5::Handle> datasets;
  std::vector<Variable> variables;
  std::vector<Attribute> attributes;

  void add(const std::string& name) {
    hdf5::Handle dataset = hdf5::open_dataset(file, path, name);
    variables.push_back(hdf5::describe(dataset, path, name));
    datasets.push_back(std::move(dataset));
  }
};

Result::Result(std::unique_ptr<Open> open) : open_(std::move(open)) {}

Result::Result(const std::filesystem::path& path, std::string_view wanted) : open_(std::make_unique<Open>()) {
  check_superblock(path);
  open_->path = path;
  open_->file = hdf5::open_file(path);
  open_->attributes = hdf5::attributes(open_->file, path);
  require_kind(path, open_->attributes, wanted);
  for (const std::string& name : hdf5::dataset_names(open_->file, path)) open_->add(name);
}

Result Result::salvage(const std::filesystem::path& path) {
  auto open = std::make_unique<Open>();
  open->path = path;
  open->file = hdf5::open_file(path);
  const auto try_to = [](const auto& read) {
    try {
      read();
    } catch (const Error& lost) {
      static_cast<void>(lost);
    }
  };
  try_to([&] { open->attributes = hdf5::attributes(open->file, path); });
  std::vector<std::string> names;
  try_to([&] { names = hdf5::dataset_names(open->file, path); });
  for (const std::string& name : names) try_to([&] { open->add(name); });
  return Result(std::move(open));
}

Result::~Result() = default;
Result::Result(Result&&) noexcept = default;
Result& Result::operator=(Result&&) noexcept = default;

const std::filesystem::path& Result::path() const { return open_->path; }
const std::vector<Attribute>& Result::attributes() const { return open_->attributes; }
const std::vector<Variable>& Result::variables() const { return open_->variables; }

const std::string& Result::text(std::string_view name) const {
  const auto* text = value_of<std::string>(open_->attributes, name);
  if (!text) reject(open_->path, "the text attribute " + std::string(name) + " is missing");
  return *text;
}

double Result::number(std::string_view name) const {
  if (const auto* integer = value_of<std::int64_t>(open_->attributes, name)) return static_cast<double>(*integer);
  const auto* number = value_of<double>(open_->attributes, name);
  if (!number) reject(open_->path, "the number attribute " + std::string(name) + " is missing");
  return *number;
}

bool Result::has(std::string_view name) const {
  return std::ranges::find(open_->attributes, name, &Attribute::name) != open_->attributes.end();
}

std::optional<std::size_t> Result::find(std::string_view variable) const {
  const auto at = std::ranges::find(open_->variables, variable, &Variable::name);
  if (at == open_->variables.end()) return std::nullopt;
  return static_cast<std::size_t>(at - open_->variables.begin());
}

std::size_t Result::index(std::string_view variable) const {
  const std::optional<std::size_t> number = find(variable);
  if (!number) {
    throw Error(Exit::usage, open_->path.string() + " has no column " + std::string(variable) +
                                 " (its study did not record it); see the codebook beside the file");
  }
  return *number;
}

void Result::read(std::size_t variable, std::int64_t first, std::int64_t count, std::span<double> into) {
  hdf5::read_rows(open_->datasets.at(variable), open_->path, open_->variables[variable], {first, count}, into);
}

void Result::read_bytes(std::size_t variable, std::int64_t first, std::int64_t count, std::span<std::byte> into) {
  hdf5::read_rows(open_->datasets.at(variable), open_->path, open_->variables[variable], {first, count}, into);
}

std::vector<double> Result::all(std::string_view variable) {
  const std::size_t number = index(variable);
  const Variable& form = open_->variables[number];
  std::vector<double> values(static_cast<std::size_t>(form.rows()) * form.width());
  read(number, 0, form.rows(), values);
  return values;
}

}  // namespace truce

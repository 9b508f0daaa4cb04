// Rows in the columnar form of frames, little endian; the order of columns is the layout's.
#include "sweep/run/rows.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace truce {

static_assert(std::endian::native == std::endian::little, "frames and pieces are written in native order");

RowRange rows_of(const Plan& plan, std::int64_t first_unit, std::int64_t units) {
  const std::int64_t chunks = plan.chunks(), siblings = plan.members * plan.policies();
  const auto start = [&](std::int64_t unit) {
    const std::int64_t base = unit / chunks, chunk = unit % chunks;
    if (plan.rows == Rows::point) return base * plan.members;
    return (base * plan.replicates + chunk * static_cast<std::int64_t>(chunk_replicates)) * siblings;
  };
  return {start(first_unit), start(first_unit + units) - start(first_unit)};
}

std::uint32_t replicates_of(const Plan& plan, std::int64_t chunk) {
  return static_cast<std::uint32_t>(
      std::min<std::int64_t>(chunk_replicates, plan.replicates - chunk * static_cast<std::int64_t>(chunk_replicates)));
}

namespace {

void put_value(Type type, double value, std::byte* at) {
  const auto write = [&](auto typed) { std::memcpy(at, &typed, sizeof typed); };
  switch (type) {
    case Type::f64: {
      const auto bits = std::isnan(value) ? std::uint64_t{0x7ff8000000000000U} : std::bit_cast<std::uint64_t>(value);
      return write(bits);
    }
    case Type::i64:
      return write(static_cast<std::int64_t>(value));
    case Type::i32:
      return write(static_cast<std::int32_t>(value));
    case Type::u8:
      return write(static_cast<std::uint8_t>(value));
  }
}

}  // namespace

RowWriter::RowWriter(const Layout& layout, std::int64_t rows, std::span<std::byte> payload)
    : layout_(layout), payload_(payload) {
  std::size_t offset = 0;
  for (std::size_t c = 0; c < layout.columns.size(); ++c) {
    if (layout.columns[c].origin != Origin::row) continue;
    columns_.push_back(c);
    offsets_.push_back(offset);
    offset += layout.columns[c].row_bytes() * static_cast<std::size_t>(rows);
  }
}

void RowWriter::put(std::size_t column, std::int64_t row, std::size_t element, double value) {
  const Column& c = layout_.columns[columns_[column]];
  const std::size_t at = offsets_[column] + (static_cast<std::size_t>(row) * c.width + element) * size_of(c.type);
  put_value(c.type, value, payload_.data() + at);
}

void RowWriter::point(std::int64_t row, const TallyShape& shape, std::span<const double> tallies) {
  const std::size_t policies = tallies.size() / shape.size();
  const double missing = std::numeric_limits<double>::quiet_NaN();
  const Kernel& kernel = shape.kernel();
  for (std::size_t policy = 0; policy < policies; ++policy) {
    const auto t = tallies.subspan(policy * shape.size(), shape.size());
    std::size_t column = 0, s = 0;
    const auto moment = [&](std::size_t at) {
      put(column++, row, policy, t[at] > 0 ? t[at + 1] : missing);
      put(column++, row, policy, t[at] > 1 ? t[at + 2] / (t[at] - 1) : missing);
    };
    for (std::size_t o = 0; o < kernel.outcomes.size(); ++o) {
      const std::size_t own = s;
      for (; s < shape.series().size() && shape.series()[s].outcome == o; ++s) {
        moment(shape.moment(s));
        if (shape.differences()) moment(shape.difference(s));
      }
      put(column++, row, policy, t[shape.moment(own)]);
      if (shape.differences()) put(column++, row, policy, t[shape.difference(own)]);
    }
    for (std::size_t c = 0; c < kernel.curves.size(); ++c, ++column) {
      const auto values = survival(shape, c, t);
      for (std::size_t i = 0; i < values.size(); ++i) put(column, row, policy * values.size() + i, values[i]);
    }
    const double failed = t[shape.failed()], replicates = t[shape.replicates()];
    put(column++, row, policy, replicates);
    put(column++, row, policy, failed);
    put(column++, row, policy, failed == 0 ? 0 : failed < replicates ? 1 : 2);
  }
}

void RowWriter::run(std::int64_t row, const Kernel& kernel, std::span<const double> outcomes, bool failed) {
  const double missing = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t o = 0; o < kernel.outcomes.size(); ++o) put(o, row, 0, failed ? missing : outcomes[o]);
  put(kernel.outcomes.size(), row, 0, failed ? 1 : 0);
}

Computed::Computed(const Plan& plan, const Layout& layout) : plan_(plan), layout_(layout), design_(plan) {}

void Computed::fill(std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into) const {
  const Column& c = layout_.columns[column];
  const auto& inputs = plan_.kernel->inputs;
  const auto input = static_cast<std::size_t>(std::ranges::find(inputs, c.name, &Input::name) - inputs.begin());
  const std::int64_t members = plan_.members, policies = plan_.policies();
  const auto value_at = [&](std::int64_t row) -> double {
    if (input < inputs.size()) return design_.value(row / members, static_cast<int>(row % members), input);
    std::int64_t whole = row / (members * policies) % plan_.replicates;  // replicate of a run
    if (c.name == "base") whole = row / members;
    if (c.name == "member") whole = row % members;
    if (c.name == "run_policy") whole = row % policies;
    if (c.name == "run_point")
      whole = row / (members * policies * plan_.replicates) * members + row / policies % members;
    return static_cast<double>(whole);
  };
  for (std::int64_t i = 0; i < count; ++i)
    put_value(c.type, value_at(first + i), into.data() + static_cast<std::size_t>(i) * c.row_bytes());
}

}  // namespace truce

// Spelling and cutting of shares.
#include "sweep/base/share.hpp"

#include <charconv>

#include "sweep/base/error.hpp"

namespace truce {
namespace {

constexpr std::int64_t most_shares = 1'000'000;

/// The whole number that `text` is, from 1 to `most_shares`.
std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size() || number < 1 || number > most_shares)
    return std::nullopt;
  return number;
}

/// `text` is two such numbers with `between` between them, the first not above the second.
std::optional<Share> split(std::string_view text, std::string_view between) {
  const std::size_t at = text.find(between);
  if (at == std::string_view::npos) return std::nullopt;
  const auto number = number_of(text.substr(0, at)), of = number_of(text.substr(at + between.size()));
  if (!number || !of || *number > *of) return std::nullopt;
  return Share{*number, *of};
}

}  // namespace

Share parse_share(std::string_view text) {
  if (const auto share = split(text, "/")) return *share;
  throw Error(Exit::usage, "option --share: '" + std::string(text) +
                               "' is no share (it is i/n, whole numbers with 1 <= " + "i <= n <= " +
                               std::to_string(most_shares) + "); write --share=3/8 for the third of eight");
}

std::string to_text(const Share& share) { return std::to_string(share.number) + "/" + std::to_string(share.of); }

std::string name_of(const Share& share) {
  return "share-" + std::to_string(share.number) + "-of-" + std::to_string(share.of);
}

std::optional<Share> share_of(std::string_view name) {
  if (!name.starts_with("share-")) return std::nullopt;
  const auto share = split(name.substr(6), "-of-");
  return share && name_of(*share) == name ? share : std::nullopt;  // no second spelling: share-03-of-8
}

// No product overflows: at most 2^40 points, and where there are fewer points than shares, 10^6 points of 10^6 chunks.
Range units_of(const Share& share, std::int64_t points, std::int64_t chunks) {
  const bool by_points = points >= share.of;
  const std::int64_t parts = by_points ? points : points * chunks, width = by_points ? chunks : 1;
  const std::int64_t first = parts * (share.number - 1) / share.of, end = parts * share.number / share.of;
  return {first * width, (end - first) * width};
}

}  // namespace truce

// Writes a sealed result of a study without running it, for benches of analysis: made_result STUDY [options].
//
// Means are a hash of the row, between 0 and 1, with 8 replicates of variance 1/12; no run failed.
#include <cmath>
#include <iostream>

#include "sweep/store/manifest.hpp"
#include "tests/analysis/write_made.hpp"

namespace {

/// A step of the multiply-xorshift generator of Steele, Lea & Flood (2014).
double hashed(std::uint64_t x) {
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9U;
  x = (x ^ x >> 27) * 0x94d049bb133111ebU;
  return static_cast<double>((x ^ x >> 31) >> 11) * 0x1p-53;
}

double made(const std::string& column, std::int64_t row, std::size_t element) {
  if (column.ends_with("_var")) return 1.0 / 12;
  if (column.ends_with("_n") || column == "replicates") return 8;
  if (column == "runs_failed" || column == "status") return 0;
  return hashed(static_cast<std::uint64_t>(row) * 64 + element + column.size() * 0x9e3779b97f4a7c15U);
}

}  // namespace

int main(int count, char** words) {
  try {
    const truce::Plan plan = truce::load_plan(words[1], {words + 2, words + count}, truce::kernels());
    const truce::Sealed sealed = truce::test::write_made(plan, made);
    truce::write_manifest(plan.file, {sealed.file_hash, sealed.content_hash, sealed.bytes, plan.study_id, {}});
    std::cout << plan.file << ", " << plan.rows_of_point() << " rows, " << sealed.bytes << " bytes\n";
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}

// Times one box of the whole result FILE: bench_boxes FILE OUTCOME. Prints seconds of processor time of reading and
// coding the inputs, of the search, and of all, as JSON rows.
#include <cstdio>
#include <ctime>
#include <exception>

#include "analysis/data/moments_reader.hpp"
#include "analysis/discovery/find_boxes.hpp"

namespace {

using namespace truce;
using namespace truce::analysis;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void print(const char* what, double seconds, const char* target, const Dataset& data) {
  std::printf(
      "{\"name\": \"PRIM: %s, %lld points x %zu inputs\", \"value\": %.3f, \"unit\": \"s of processor time\", "
      "\"target\": %s, \"command\": \"bench_boxes %s\"}\n",
      what, static_cast<long long>(data.bases()), data.inputs().size(), seconds, target, data.path().c_str());
}

}  // namespace

int main(int count, char** words) try {
  if (count != 3) throw std::runtime_error("usage: bench_boxes FILE OUTCOME");
  const Dataset data(words[1]);
  const auto crew = make_local_crew();
  MomentsReader reader(data, data.find_series(words[2]));
  BoxSearch search;
  search.boxes = 1;
  search.resamples = 0;
  const double begin = cpu_seconds();
  const CodedPoints points(*crew, data);
  const double coded = cpu_seconds();
  const auto boxes = find_boxes(
      *crew, points,
      [&](Range bases, std::span<double> shares) {
        const Moments& moments = reader.read(bases);
        for (std::int64_t b = 0; b < bases.count; ++b)
          shares[static_cast<std::size_t>(b)] = moments.mean(b * data.members(), 0);
      },
      search);
  const double found = cpu_seconds();
  if (boxes.empty()) throw std::runtime_error("no box was found");
  print("reading and coding the inputs", coded - begin, "null", data);
  print("reading the outcome, one box", found - coded, "\"<= 1\"", data);
  print("all", found - begin, "null", data);
} catch (const std::exception& error) {
  std::fprintf(stderr, "bench_boxes: %s\n", error.what());
  return 1;
}

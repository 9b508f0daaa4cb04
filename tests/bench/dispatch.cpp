// How many requests rank 0 serves: bench_dispatch books RANKS | lead RANKS | mpi SECONDS (the last under mpirun).
// books: the dispatcher alone, two blocks out for each rank, reported in random order. lead: the whole work loop of
// rank 0 on a crew of simulated ranks that report a block every 2 s while rank 0 computes in slices of 1 ms.
// mpi: the whole work loop over MPI with blocks that take no time. Every request is a report and the next block.
#include "sweep/crew/dispatch.hpp"

#include <cstdlib>
#include <deque>
#include <exception>
#include <iostream>
#include <random>

#include "sweep/crew/work_loop.hpp"
#include "tests/bench/report.hpp"

namespace {

using namespace truce;

constexpr double least_seconds = 1;
constexpr std::int64_t endless = std::int64_t{1} << 60;

/// `units`: sum of the first units of all blocks served (over MPI their number): what the checksum is of.
void print(const std::string& name, std::int64_t requests, double cpu, double wall, std::int64_t units) {
  const double sums[] = {static_cast<double>(units)};
  std::printf("{\"program\": \"%s\", \"requests\": %lld, \"seconds\": %.6f, \"wall\": %.6f, \"checksum\": \"%s\"}\n",
              name.c_str(), static_cast<long long>(requests), cpu, wall, bench::checksum(sums).c_str());
}

double wall_seconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void books(std::size_t ranks) {
  Dispatcher dispatcher({{0, endless}}, 1, 1);
  std::vector<Range> out(2 * ranks);
  for (auto& block : out) block = dispatcher.next().value();
  std::mt19937_64 random(861);
  std::int64_t requests = 0, units = 0;
  const double begin = bench::cpu_seconds(), wall = wall_seconds();
  double used = 0;
  while (used < least_seconds) {
    for (int i = 0; i < 1000; ++i) {
      Range& block = out[random() % out.size()];
      dispatcher.report(block);
      units += block.first;
      block = dispatcher.next().value();
    }
    requests += 1000;
    used = bench::cpu_seconds() - begin;
  }
  print("books", requests, used, wall_seconds() - wall, units);
}

/// Rank 0's view of many ranks. Between two looks of rank 0 (a slice of 1 ms) `per_slice` of them report.
class SimulatedCrew final : public Crew {
 public:
  SimulatedCrew(int size, std::size_t per_slice) : size_(size), per_slice_(per_slice), left_(per_slice) {}
  int rank() const override { return 0; }
  int size() const override { return size_; }
  std::int64_t reports() const { return reports_; }
  std::int64_t units() const { return units_; }

  void send(int to, const Message& message) override {
    if (message.tag == Tag::stop) stopped_ = true;
    if (message.tag == Tag::work) held_.push_back({to, Tag::report, message.first, message.count, 1, 0, ""});
    if (message.tag == Tag::stop) leaving_.push_back({to, Tag::leave, 0, 0, 0, 0, ""});
  }
  std::optional<Message> poll() override {
    auto& from = stopped_ && held_.empty() ? leaving_ : held_;
    if ((left_ == 0 && !stopped_) || from.empty()) {
      left_ = per_slice_;
      return std::nullopt;
    }
    if (left_ > 0) --left_;
    Message message = from.front();
    from.pop_front();
    if (message.tag == Tag::report && !stopped_) {
      ++reports_;
      units_ += message.first;
    }
    return message;
  }
  Message wait() override { return poll().value(); }
  std::optional<Message> wait_for(double) override { return poll(); }
  [[noreturn]] void abort(int code) override { std::_Exit(code); }

 private:
  int size_;
  std::size_t per_slice_, left_;
  std::deque<Message> held_, leaving_;
  std::int64_t reports_ = 0, units_ = 0;
  bool stopped_ = false;
};

/// Rank 0 has one block that lasts to the end; its slices take no time here, so that all time is the loop's.
void lead_simulated(int ranks) {
  SimulatedCrew crew(ranks, static_cast<std::size_t>(std::max(1.0, ranks * 1e-3 / 2.0)));
  const double begin = bench::cpu_seconds(), wall = wall_seconds();
  double used = 0;
  std::int64_t reports = 0, units = 0;
  int slices = 0;
  Watch watch;
  watch.clock = wall_seconds;
  watch.stop = [&]() -> std::string {
    if (++slices < 100) return "";
    slices = 0;
    used = bench::cpu_seconds() - begin;
    if (used < least_seconds) return "";
    reports = crew.reports();
    units = crew.units();
    return "time is up";
  };
  const Worker worker{[](Range) {}, [&] { return reports > 0; }, [] { return Committed{1, 0}; }};
  work(crew, {{{0, endless}}, 1, 1}, worker, watch);
  print("lead", reports, used, wall_seconds() - wall, units);
}

/// Rank 0 keeps one block that takes no time to the end; the others' blocks are done at once.
void over_mpi(double seconds) {
  const auto crew = make_crew();
  const double wall = wall_seconds(), begin = bench::cpu_seconds();
  bool up = false;
  Watch watch;
  watch.clock = wall_seconds;
  if (crew->rank() == 0)
    watch.stop = [&]() -> std::string {
      up = wall_seconds() - wall >= seconds;
      return up ? "time is up" : "";
    };
  const Worker worker{[](Range) {}, [&] { return crew->rank() > 0 || up; }, [] { return Committed{1, 0}; }};
  const auto result = work(*crew, {{{0, endless}}, 1, 1}, worker, watch);
  if (crew->rank() == 0)
    print("mpi", result.runs - 1, bench::cpu_seconds() - begin, wall_seconds() - wall, result.runs);
}

}  // namespace

int main(int count, char** words) try {
  const std::string what = count == 3 ? words[1] : "";
  if (what == "books") {
    books(static_cast<std::size_t>(std::atol(words[2])));
  } else if (what == "lead") {
    lead_simulated(std::atoi(words[2]));
  } else if (what == "mpi") {
    over_mpi(std::atof(words[2]));
  } else {
    throw std::runtime_error("usage: bench_dispatch books RANKS | lead RANKS | mpi SECONDS");
  }
} catch (const std::exception& error) {
  std::cerr << "bench_dispatch: " << error.what() << "\n";
  return 1;
}

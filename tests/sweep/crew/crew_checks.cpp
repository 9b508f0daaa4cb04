// How a scenario is played and judged: every rank writes down what it did, rank 0 compares all records with the plan.
#include "tests/sweep/crew/crew_checks.hpp"

#include <algorithm>
#include <sstream>

#include "sweep/crew/collective.hpp"

namespace truce {
namespace {

constexpr std::int64_t runs_per_unit = 3;

/// What one rank did and what the loop told it; travels as text.
struct Record {
  WorkResult result;
  bool fired = false;  ///< this rank threw
  std::vector<Range> begun, committed;
};

void write_ranges(std::ostream& out, const std::vector<Range>& ranges) {
  out << ranges.size() << ' ';
  for (const Range& range : ranges) out << range.first << ' ' << range.count << ' ';
}

std::vector<Range> read_ranges(std::istream& in) {
  std::size_t size = 0;
  in >> size;
  std::vector<Range> ranges(size);
  for (Range& range : ranges) in >> range.first >> range.count;
  return ranges;
}

std::string pack(const Record& record) {
  std::ostringstream out;
  const WorkResult& result = record.result;
  out << static_cast<int>(result.exit) << ' ' << result.runs << ' ' << result.failed << ' ' << record.fired << ' ';
  write_ranges(out, record.begun);
  write_ranges(out, record.committed);
  out << '|' << result.text;
  return out.str();
}

Record unpack(const std::string& text) {
  std::istringstream in(text);
  Record record;
  int exit = 0;
  in >> exit >> record.result.runs >> record.result.failed >> record.fired;
  record.result.exit = static_cast<Exit>(exit);
  record.begun = read_ranges(in);
  record.committed = read_ranges(in);
  record.result.text = text.substr(text.find('|') + 1);
  return record;
}

/// One rank's worker: counts slices instead of computing.
class Actor {
 public:
  Actor(int rank, const Scenario& scenario, Record& record) : rank_(rank), scenario_(scenario), record_(record) {}

  Worker worker() {
    return {[this](Range block) { begin(block); }, [this] { return advance(); }, [this] { return finish(); }};
  }

 private:
  void begin(Range block) {
    record_.begun.push_back(block);
    ScenarioDice dice(scenario_.seed ^ static_cast<std::uint64_t>(block.first));
    slices_ = rank_ == scenario_.slow_rank ? scenario_.slow_slices : dice.between(1, 3);
    throw_at(Moment::begin);
  }
  bool advance() {
    throw_at(Moment::advance);
    return --slices_ == 0;
  }
  Committed finish() {
    throw_at(Moment::finish);
    const Range block = record_.begun.back();
    record_.committed.push_back(block);
    return {block.count * runs_per_unit, block.count};
  }
  void throw_at(Moment moment) {
    const bool here = rank_ == scenario_.failing_rank && moment == scenario_.moment &&
                      record_.begun.size() == static_cast<std::size_t>(scenario_.failing_block) + 1;
    if (!here) return;
    record_.fired = true;
    throw Error(Exit::io, "the disk is full (a test says so); go on");
  }

  int rank_;
  const Scenario& scenario_;
  Record& record_;
  std::int64_t slices_ = 0;
};

std::vector<std::int64_t> units_of(const std::vector<Range>& ranges) {
  std::vector<std::int64_t> units;
  for (const Range& range : ranges) {
    for (std::int64_t unit = range.first; unit < range.end(); ++unit) units.push_back(unit);
  }
  std::sort(units.begin(), units.end());
  return units;
}

bool well_formed(Range block, const WorkPlan& plan) {
  const std::int64_t first_point = block.first / plan.chunks, last_point = (block.end() - 1) / plan.chunks;
  const bool whole = block.first % plan.chunks == 0 && block.count % plan.chunks == 0;
  return block.count >= 1 && block.count <= plan.block && (first_point == last_point || whole);
}

class Judge {
 public:
  Judge(const Scenario& scenario, const std::vector<std::string>& texts) : scenario_(scenario) {
    for (const std::string& text : texts) records_.push_back(unpack(text));
  }

  std::string verdict() {
    judge_ranks();
    const auto done = units_of(committed_);
    const auto wanted = units_of(scenario_.plan.missing);
    expect(std::adjacent_find(done.begin(), done.end()) == done.end(), "a unit is committed twice");
    expect(std::includes(wanted.begin(), wanted.end(), done.begin(), done.end()), "a unit was not asked for");
    const WorkResult& result = records_[0].result;
    const auto units = static_cast<std::int64_t>(done.size());
    expect(result.runs == units * runs_per_unit && result.failed == units, "runs are miscounted");
    judge_end(result, done == wanted);
    return problems_;
  }

 private:
  void expect(bool truth, const std::string& problem) {
    if (!truth) problems_ += problem + "\n";
  }
  void judge_ranks() {
    const WorkResult& first = records_[0].result;
    for (const Record& record : records_) {
      const WorkResult& result = record.result;
      expect(result.exit == first.exit && result.text == first.text, "exit or text differs between ranks");
      expect(result.runs == first.runs && result.failed == first.failed, "totals differ between ranks");
      const std::size_t open = record.begun.size() - record.committed.size();
      expect(record.fired || open == 0 || (open == 1 && gives_up()), "a block was begun and not committed");
      expect(!record.fired || record.begun.size() == record.committed.size() + 1, "a failed rank went on");
      for (const Range& block : record.begun) expect(well_formed(block, scenario_.plan), "a block is cut badly");
      committed_.insert(committed_.end(), record.committed.begin(), record.committed.end());
      fired_ = fired_ || record.fired;
    }
  }
  bool gives_up() const { return scenario_.patience < 1e9; }
  void judge_end(const WorkResult& result, bool complete) {
    if (fired_) {
      expect(result.exit == Exit::io && result.text.find("the disk is full") == 0, "the failure is not the result");
    } else if (complete) {
      expect(result.exit == Exit::done && result.text.empty(), "complete, but not done: " + result.text);
    } else {
      expect(scenario_.stop_after >= 0, "units are left though nobody asked to stop");
      expect(result.exit == Exit::incomplete && result.text == "time is up", "stopped, but not incomplete");
    }
  }

  const Scenario& scenario_;
  std::vector<Record> records_;
  std::vector<Range> committed_;
  bool fired_ = false;
  std::string problems_;
};

std::string check_together(Crew& crew, int failing) {
  std::string caught;
  try {
    together(crew, [&] {
      if (crew.rank() >= failing) throw Error(Exit::conflict, "no " + std::to_string(crew.rank()));
    });
  } catch (const Error& error) {
    caught = error.exit() == Exit::conflict ? error.what() : "another exit";
  }
  const std::string expected = failing < crew.size() ? "no " + std::to_string(failing) : "";
  return caught == expected ? "" : "together: rank " + std::to_string(crew.rank()) + " caught '" + caught + "'\n";
}

}  // namespace

std::int64_t ScenarioDice::between(std::int64_t low, std::int64_t high) {
  std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return low + static_cast<std::int64_t>((z ^ (z >> 31)) % static_cast<std::uint64_t>(high - low + 1));
}

std::vector<Range> random_ranges(ScenarioDice& dice) {
  std::vector<Range> ranges;
  std::int64_t at = dice.between(0, 5);
  for (std::int64_t n = dice.between(0, 5); n > 0; --n) {
    ranges.push_back({at, dice.between(1, 12)});
    at = ranges.back().end() + dice.between(0, 7);
  }
  return ranges;
}

Scenario random_scenario(std::uint64_t seed) {
  ScenarioDice dice(seed);
  Scenario scenario;
  scenario.seed = seed;
  scenario.plan = {random_ranges(dice), dice.between(1, 6), dice.between(1, 4)};
  return scenario;
}

std::string check_work(Crew& crew, const Scenario& scenario) {
  Record record;
  Actor actor(crew.rank(), scenario, record);
  double time = 0;
  int looks = 0;
  Watch watch;
  watch.clock = [&] { return time += scenario.tick; };
  watch.stop = [&] { return scenario.stop_after >= 0 && ++looks > scenario.stop_after ? "time is up" : ""; };
  watch.grace = scenario.grace;
  watch.patience = watch.patience_after_failure = scenario.patience;
  record.result = work(crew, scenario.plan, actor.worker(), watch);
  const auto texts = gather(crew, pack(record));
  return crew.rank() == 0 ? Judge(scenario, texts).verdict() : "";
}

std::string check_collectives(Crew& crew) {
  std::string problems;
  const std::string mine = "rank " + std::to_string(crew.rank());
  if (broadcast(crew, mine) != "rank 0") problems += "broadcast\n";
  for (int round = 0; round < 3; ++round) {
    const auto texts = gather(crew, mine);
    if (texts.size() != static_cast<std::size_t>(crew.rank() == 0 ? crew.size() : 0)) problems += "gather: size\n";
    for (std::size_t rank = 0; rank < texts.size(); ++rank) {
      if (texts[rank] != "rank " + std::to_string(rank)) problems += "gather: " + texts[rank] + "\n";
    }
  }
  barrier(crew);
  const std::string large(3'000'000, 'x');
  if (broadcast(crew, crew.rank() == 0 ? large : "") != large) problems += "a large broadcast\n";
  std::string in_order, everywhere;  // more than a piece in all; the second rank has nothing to tell
  for (int rank = 0; rank < crew.size(); ++rank) {
    const std::string text(rank == 1 ? 0 : 700'000, static_cast<char>('a' + rank % 26));
    in_order += text;
    if (rank == crew.rank()) everywhere = text;
  }
  if (gather_everywhere(crew, everywhere) != in_order) problems += "gather_everywhere\n";
  if (!gather_everywhere(crew, "").empty()) problems += "gather_everywhere of nothing\n";
  for (int failing = 0; failing <= crew.size(); ++failing) problems += check_together(crew, failing);
  std::string all;
  for (const std::string& text : gather(crew, problems)) all += text;
  return all;
}

}  // namespace truce

// Rank 0's side of the work loop: hands out, computes, listens, and decides how it all ends.
#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include "sweep/crew/collective.hpp"
#include "sweep/crew/dispatch.hpp"
#include "sweep/crew/work_rank.hpp"

namespace truce {
namespace {

constexpr double idle_seconds = 0.02;  // an idle rank 0 looks at signals and deadline this often

class Leader {
 public:
  Leader(Crew& crew, const WorkPlan& plan, const Worker& worker, const Watch& watch);
  WorkResult run();

 private:
  /// What rank 0 knows of another rank.
  struct Peer {
    int held = 0;                 ///< blocks sent and not reported
    bool left = false;            ///< computes nothing more
    double since = 0;             ///< when the block that it computes was begun, about
    std::optional<double> asked;  ///< `watched_` when it was told to stop or give up, if it has not answered yet
  };

  template <typename Step>
  void guard(Step step) {
    try {
      step();
    } catch (...) {
      fail(describe_exception(), 0);
    }
  }
  void listen();
  void handle(const Message& message);
  void leave(Peer& peer);
  void fail(Failure failure, int rank);
  void read_clock();
  void look();
  void hear_news();
  void feed();
  void stop(std::string reason, double until);
  void tell_stop();
  void tell(Tag tag);
  void give_up();
  void require_answers() const;
  void compute();
  bool over() const;
  void end(const WorkResult& result);
  void count(Range block, std::int64_t runs, std::int64_t failed);

  Crew& crew_;
  const Watch& watch_;
  std::optional<Dispatcher> dispatcher_;
  BlockInHand hand_;
  std::vector<Peer> peers_;                   ///< by rank; [0] is not used
  std::array<std::vector<int>, 2> asking_{};  ///< ranks that came to hold no block, or one, since the last `feed`
  std::int64_t held_ = 0;                     ///< by all peers
  int present_ = 0;                           ///< peers that have not left
  double now_ = 0, heard_ = 0, hearing_ = 0;  ///< time, when news were heard last and how long that took
  double longest_ = 0;                        ///< seconds that a block took
  double begun_ = 0;                          ///< the block in hand
  double watched_ = 0;  ///< seconds in which answers would have been seen: time away in a long slice counts little
  std::optional<double> stop_told_;
  double give_up_at_ = std::numeric_limits<double>::infinity();
  bool given_up_ = false;
  std::optional<Failure> failure_;
  std::int64_t runs_ = 0, failed_ = 0, units_ = 0;  ///< committed
};

Leader::Leader(Crew& crew, const WorkPlan& plan, const Worker& worker, const Watch& watch)
    : crew_(crew), watch_(watch), hand_(worker), peers_(static_cast<std::size_t>(crew.size())) {
  // The others wait already: a bad plan is a failure like any other.
  guard([&] { dispatcher_.emplace(plan.missing, plan.block, plan.chunks, plan.order); });
  if (!dispatcher_) dispatcher_.emplace(std::vector<Range>{}, 1, 1);
  present_ = crew.size() - 1;
  asking_[0].resize(peers_.size() - 1);
  std::iota(asking_[0].begin(), asking_[0].end(), 1);
}

WorkResult Leader::run() {
  guard([&] {
    now_ = heard_ = watch_.clock();
    if (watch_.progress != nullptr) watch_.progress->start(now_);
  });
  for (;;) {
    guard([&] { read_clock(); });
    listen();
    guard([&] { look(); });
    if (failure_) stop(failure_->text, now_ + watch_.patience_after_failure);
    if (dispatcher_->stopped()) {
      tell_stop();
      give_up();
    }
    feed();
    if (over()) break;
    require_answers();
    if (hand_.busy() || dispatcher_->has_next()) {
      compute();
    } else if (auto message = crew_.wait_for(idle_seconds)) {
      handle(*message);
    }
  }
  if (watch_.progress != nullptr) guard([&] { watch_.progress->end(now_); });
  WorkResult result{Exit::done, "", runs_, failed_};
  if (failure_) {
    result.exit = failure_->exit;
    result.text = failure_->text;
  } else if (!dispatcher_->complete()) {
    result.exit = Exit::incomplete;
    result.text = dispatcher_->reason();
  }
  end(result);
  return result;
}

void Leader::listen() {
  while (auto message = crew_.poll()) handle(*message);
}

void Leader::handle(const Message& message) {
  Peer& peer = peers_[static_cast<std::size_t>(message.from)];
  if (!given_up_) peer.asked.reset();  // then only leaving is an answer; what comes else was sent before
  if (message.tag == Tag::report) {
    --held_;
    --peer.held;
    longest_ = std::max(longest_, now_ - peer.since);
    peer.since = now_;
    if (peer.held == 0 || peer.held == 1) asking_[static_cast<std::size_t>(peer.held)].push_back(message.from);
    guard([&] { count({message.first, message.count}, message.value, message.failed); });
  } else if (message.tag == Tag::stop) {
    stop(message.text, now_ + watch_.patience);
  } else if (message.tag == Tag::leave) {
    leave(peer);
  } else if (message.tag == Tag::failure) {
    leave(peer);
    fail({static_cast<Exit>(message.value), message.text}, message.from);
  }
}

void Leader::leave(Peer& peer) {
  if (!peer.left) --present_;
  peer.left = true;
}

void Leader::count(Range block, std::int64_t runs, std::int64_t failed) {
  dispatcher_->report(block);
  runs_ += runs;
  failed_ += failed;
  units_ += block.count;
}

void Leader::fail(Failure failure, int rank) {
  if (failure_) return;
  if (crew_.size() > 1) failure.text += " [rank " + std::to_string(rank) + "]";
  failure_ = std::move(failure);
}

/// Blocks in hand may be finished until then: of several reasons to stop the first is told, the shortest time counts.
void Leader::stop(std::string reason, double until) {
  dispatcher_->stop(std::move(reason));
  give_up_at_ = std::min(give_up_at_, until);
}

// Before messages are read: what comes after a long slice of rank 0 comes now, not when that slice began.
void Leader::read_clock() {
  const double now = watch_.clock();
  watched_ += std::clamp(now - now_, 0.0, watch_.grace / 8);
  now_ = now;
}

void Leader::look() {
  if (watch_.stop) {
    if (std::string reason = watch_.stop(); !reason.empty()) stop(std::move(reason), now_ + watch_.patience);
  }
  if (watch_.news && dispatcher_->has_next()) hear_news();
  if (now_ + longest_ >= watch_.end) stop(watch_.end_text, std::max(now_, watch_.end) + watch_.patience);
  if (watch_.progress != nullptr) watch_.progress->update(now_, runs_, failed_, units_);
}

// Near the end a block more or less is what the crew waits for: then it is worth looking more often.
void Leader::hear_news() {
  const bool near_end = dispatcher_->blocks_left() <= std::int64_t{2} * crew_.size();
  const double wait = std::max(near_end ? watch_.news_seconds / 10 : watch_.news_seconds, 50 * hearing_);
  if (now_ - heard_ < wait) return;
  std::int64_t units = 0;
  for (const Range& range : watch_.news()) units += dispatcher_->committed(range);
  heard_ = watch_.clock();
  hearing_ = heard_ - now_;
  if (watch_.progress != nullptr) watch_.progress->count_others(units);
}

// First one block each; a second one ahead only while there is enough for everybody, else a rank would sit on a block
// that an idle rank could compute. Blocks only become fewer: who is refused here need not be asked again before its
// next report, so that a look costs nothing for the many ranks that did not report.
void Leader::feed() {
  for (int ahead = 0; ahead < 2; ++ahead) {
    for (const int rank : asking_[static_cast<std::size_t>(ahead)]) {
      Peer& peer = peers_[static_cast<std::size_t>(rank)];
      if (peer.held != ahead || peer.left || !dispatcher_->has_next()) continue;
      if (ahead == 1 && dispatcher_->blocks_left() < crew_.size()) continue;
      const Range block = dispatcher_->next().value();
      crew_.send(rank, {0, Tag::work, block.first, block.count, 0, 0, ""});
      ++held_;
      if (++peer.held > 1) continue;
      peer.since = now_;
      asking_[1].push_back(rank);
    }
    asking_[static_cast<std::size_t>(ahead)].clear();
  }
}

// After a failure `stop` is repeated: each copy asks "are you still there?".
void Leader::tell_stop() {
  const bool again = failure_ && stop_told_ && watched_ - *stop_told_ >= watch_.grace / 4;
  if (stop_told_ && !again) return;
  stop_told_ = watched_;
  tell(Tag::stop);
}

/// To all who have not left.
void Leader::tell(Tag tag) {
  Message message;
  message.tag = tag;
  for (int rank = 1; rank < crew_.size(); ++rank) {
    Peer& peer = peers_[static_cast<std::size_t>(rank)];
    if (peer.left) continue;
    crew_.send(rank, message);
    if (!peer.asked || tag == Tag::give_up) peer.asked = watched_;
  }
}

void Leader::give_up() {
  if (given_up_ || now_ < give_up_at_) return;
  given_up_ = true;
  hand_.drop();
  tell(Tag::give_up);
}

void Leader::require_answers() const {
  if (!failure_ && !given_up_) return;
  for (std::size_t rank = 1; rank < peers_.size(); ++rank) {
    const Peer& peer = peers_[rank];
    if (peer.left || !peer.asked || watched_ - *peer.asked <= watch_.grace) continue;
    throw Error(failure_ ? failure_->exit : Exit::incomplete,
                (failure_ ? failure_->text : "stopped (" + dispatcher_->reason() + ")") + "; rank " +
                    std::to_string(rank) +
                    " did not answer any more, so all ranks are ended: what is committed is kept");
  }
}

void Leader::compute() {
  try {
    if (!hand_.busy()) {
      begun_ = now_;
      hand_.begin(dispatcher_->next().value());
    }
    const Range block = hand_.block();
    const auto committed = hand_.advance();
    if (!committed) return;
    longest_ = std::max(longest_, watch_.clock() - begun_);
    count(block, committed->runs, committed->failed);
  } catch (...) {
    hand_.drop();
    fail(describe_exception(), 0);
  }
}

bool Leader::over() const {
  if (hand_.busy() || dispatcher_->has_next()) return false;
  return stop_told_ ? present_ == 0 : held_ == 0;
}

void Leader::end(const WorkResult& result) {
  const Message message{0,          Tag::end, result.runs, 0, static_cast<std::int64_t>(result.exit), result.failed,
                        result.text};
  for (int rank = 1; rank < crew_.size(); ++rank) crew_.send(rank, message);
}

}  // namespace

WorkResult lead(Crew& crew, const WorkPlan& plan, const Worker& worker, const Watch& watch) {
  return Leader(crew, plan, worker, watch).run();
}

}  // namespace truce

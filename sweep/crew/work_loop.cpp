// The entry of the work loop, and the side of the ranks that are led.
#include "sweep/crew/work_loop.hpp"

#include <deque>
#include <utility>

#include "sweep/crew/collective.hpp"
#include "sweep/crew/work_rank.hpp"

namespace truce {
namespace {

/// A rank that is led. It answers every `stop` until it has left, and it has left once it sent `leave` or `failure`:
/// after either it sends nothing more, so that no message of this loop can arrive in the next step of rank 0.
class Follower {
 public:
  Follower(Crew& crew, const Worker& worker, const Watch& watch) : crew_(crew), watch_(watch), hand_(worker) {}

  WorkResult run() {
    while (!end_) {
      if (idle()) handle(crew_.wait());
      while (auto message = end_ ? std::nullopt : crew_.poll()) handle(*message);
      if (!idle()) compute();
    }
    return {static_cast<Exit>(end_->value), end_->text, end_->first, end_->failed};
  }

 private:
  bool idle() const { return !hand_.busy() && ahead_.empty(); }

  void handle(const Message& message) {
    if (message.tag == Tag::end) {
      end_ = message;
    } else if (message.tag == Tag::work && !left_) {
      ahead_.push_back({message.first, message.count});
    } else if (message.tag == Tag::stop && !left_) {
      ahead_.clear();
      stopping_ = true;
      say(hand_.busy() ? Tag::alive : Tag::leave);
    } else if (message.tag == Tag::give_up && !left_) {
      hand_.drop();
      ahead_.clear();
      say(Tag::leave);
    }
  }

  void say(Tag tag, std::string text = "") {
    left_ = left_ || tag == Tag::leave || tag == Tag::failure;
    Message message;
    message.tag = tag;
    message.text = std::move(text);
    crew_.send(0, message);
  }

  /// A signal may reach one rank alone: rank 0 decides for all. Also after a stop: a signal may leave less time than a
  /// limit does. Only with a block in hand or ahead, else the request could arrive when rank 0 has ended the loop.
  void ask_to_stop() {
    if (asked_ || !watch_.stop) return;
    std::string reason = watch_.stop();
    if (reason.empty()) return;
    asked_ = true;
    say(Tag::stop, std::move(reason));
  }

  void compute() {
    std::optional<Committed> committed;
    Range block;
    try {
      ask_to_stop();
      if (!hand_.busy()) {
        hand_.begin(ahead_.front());
        ahead_.pop_front();
      }
      block = hand_.block();
      committed = hand_.advance();
    } catch (...) {
      fail(describe_exception());
      return;
    }
    if (!committed) return;
    crew_.send(0, {0, Tag::report, block.first, block.count, committed->runs, committed->failed, ""});
    if (stopping_) say(Tag::leave);
  }

  void fail(const Failure& failure) {
    hand_.drop();
    ahead_.clear();
    left_ = true;
    crew_.send(0, {0, Tag::failure, 0, 0, static_cast<std::int64_t>(failure.exit), 0, failure.text});
  }

  Crew& crew_;
  const Watch& watch_;
  BlockInHand hand_;
  std::deque<Range> ahead_;  ///< asked for before the block in hand is finished
  bool stopping_ = false, asked_ = false, left_ = false;
  std::optional<Message> end_;
};

}  // namespace

WorkResult follow(Crew& crew, const Worker& worker, const Watch& watch) { return Follower(crew, worker, watch).run(); }

WorkResult work(Crew& crew, const WorkPlan& plan, const Worker& worker, const Watch& watch) {
  return crew.rank() == 0 ? lead(crew, plan, worker, watch) : follow(crew, worker, watch);
}

}  // namespace truce

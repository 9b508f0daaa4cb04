// Many ranks in one process: a stage on which one thread at a time holds the turn, and mailboxes that shuffle.
#include "sweep/crew/crew_threads.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "sweep/base/error.hpp"

namespace truce {
namespace {

/// SplitMix64 (Steele, Lea, Flood 2014).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

 private:
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

/// The turn, the mailboxes and the end. Every member is used only by the rank that has the turn.
class Stage {
 public:
  Stage(std::size_t size, std::uint64_t seed) : dice_(seed), ranks_(size) {}

  std::size_t size() const { return ranks_.size(); }
  void enter(std::size_t rank) {
    std::unique_lock lock(mutex_);
    await_turn(rank, lock);
  }
  void put(std::size_t from, std::size_t to, const Message& message);
  /// A message for `rank`, if one is there and has arrived; `must` blocks until there is one.
  std::optional<Message> take(std::size_t rank, bool must);
  /// Ends everybody; the first reason counts.
  void abort(int code, std::exception_ptr cause);
  /// The rank is through; somebody else gets the turn.
  void exit(std::size_t rank);
  /// After all threads have ended.
  int result() const;

 private:
  struct Rank {
    std::vector<std::deque<Message>> mail;  ///< one queue per sender
    std::condition_variable turn;
    bool waiting = false, through = false;
    bool has_mail() const;
  };
  void pass_turn(std::size_t rank, std::unique_lock<std::mutex>& lock);
  void choose_next();
  void await_turn(std::size_t rank, std::unique_lock<std::mutex>& lock);
  void check_aborted() const;

  std::mutex mutex_;
  Dice dice_;
  std::vector<Rank> ranks_;
  std::size_t turn_ = 0;
  std::int64_t calls_ = 0;
  std::optional<Aborted> aborted_;
  std::exception_ptr cause_;
};

bool Stage::Rank::has_mail() const {
  for (const auto& queue : mail) {
    if (!queue.empty()) return true;
  }
  return false;
}

void Stage::check_aborted() const {
  if (aborted_) throw Aborted(*aborted_);
}

void Stage::await_turn(std::size_t rank, std::unique_lock<std::mutex>& lock) {
  ranks_[rank].turn.wait(lock, [&] { return turn_ == rank || aborted_; });
  check_aborted();
}

void Stage::choose_next() {
  std::vector<std::size_t> ready;
  bool all_through = true;
  for (std::size_t rank = 0; rank < ranks_.size(); ++rank) {
    all_through = all_through && ranks_[rank].through;
    if (!ranks_[rank].through && (!ranks_[rank].waiting || ranks_[rank].has_mail())) ready.push_back(rank);
  }
  if (all_through) return;
  const bool endless = ++calls_ > 10'000'000;
  if (ready.empty() || endless) {
    const char* why = endless ? "the ranks never end (ten million crew calls)" : "all ranks wait (no message is left)";
    cause_ = std::make_exception_ptr(Error(Exit::internal, std::string(why) + "; look at this seed"));
    aborted_ = Aborted{static_cast<int>(Exit::internal)};
    for (Rank& rank : ranks_) rank.turn.notify_one();
    return;
  }
  turn_ = ready[dice_.below(ready.size())];
  ranks_[turn_].turn.notify_one();
}

void Stage::pass_turn(std::size_t rank, std::unique_lock<std::mutex>& lock) {
  check_aborted();
  choose_next();
  await_turn(rank, lock);
}

void Stage::put(std::size_t from, std::size_t to, const Message& message) {
  std::unique_lock lock(mutex_);
  pass_turn(from, lock);
  Message copy = decode(encode(message), static_cast<int>(from));
  ranks_.at(to).mail.resize(ranks_.size());
  ranks_[to].mail[from].push_back(std::move(copy));
}

std::optional<Message> Stage::take(std::size_t rank, bool must) {
  std::unique_lock lock(mutex_);
  ranks_[rank].waiting = must;
  pass_turn(rank, lock);
  ranks_[rank].waiting = false;
  std::vector<std::deque<Message>*> senders;
  for (auto& queue : ranks_[rank].mail) {
    if (!queue.empty()) senders.push_back(&queue);
  }
  // Now and then a message is still under way.
  if (senders.empty() || (!must && dice_.below(4) == 0)) return std::nullopt;
  auto& queue = *senders[dice_.below(senders.size())];
  Message message = std::move(queue.front());
  queue.pop_front();
  return message;
}

void Stage::abort(int code, std::exception_ptr cause) {
  const std::scoped_lock lock(mutex_);
  if (!aborted_) {
    aborted_ = Aborted{code};
    cause_ = std::move(cause);
  }
  for (Rank& rank : ranks_) rank.turn.notify_one();
}

void Stage::exit(std::size_t rank) {
  const std::scoped_lock lock(mutex_);
  ranks_[rank].through = true;
  if (!aborted_) choose_next();
}

int Stage::result() const {
  if (cause_) std::rethrow_exception(cause_);
  return aborted_ ? aborted_->code : 0;
}

class ThreadCrew final : public Crew {
 public:
  ThreadCrew(Stage& stage, std::size_t rank) : stage_(stage), rank_(rank) {}
  int rank() const override { return static_cast<int>(rank_); }
  int size() const override { return static_cast<int>(stage_.size()); }
  void send(int to, const Message& message) override { stage_.put(rank_, static_cast<std::size_t>(to), message); }
  std::optional<Message> poll() override { return stage_.take(rank_, false); }
  Message wait() override { return stage_.take(rank_, true).value(); }
  std::optional<Message> wait_for(double) override { return stage_.take(rank_, false); }
  [[noreturn]] void abort(int code) override {
    stage_.abort(code, nullptr);
    throw Aborted{code};
  }

 private:
  Stage& stage_;
  std::size_t rank_;
};

void run_rank(Stage& stage, std::size_t rank, const std::function<void(Crew&)>& body) {
  try {
    stage.enter(rank);
    ThreadCrew crew(stage, rank);
    body(crew);
  } catch (const Aborted&) {
  } catch (...) {
    stage.abort(static_cast<int>(Exit::internal), std::current_exception());
  }
  stage.exit(rank);
}

}  // namespace

int run_threads(int size, std::uint64_t seed, const std::function<void(Crew&)>& body) {
  Stage stage(static_cast<std::size_t>(size), seed);
  std::vector<std::thread> threads;
  for (std::size_t rank = 0; rank < stage.size(); ++rank) {
    threads.emplace_back([&stage, &body, rank] { run_rank(stage, rank, body); });
  }
  for (std::thread& thread : threads) thread.join();
  return stage.result();
}

}  // namespace truce

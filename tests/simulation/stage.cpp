// Turns, virtual time, the network and death.
#include "tests/simulation/stage.hpp"

#include <algorithm>
#include <exception>

namespace truce::simulation {
namespace {

constexpr double call_seconds = 1e-6;  // a look at the network
constexpr std::int64_t most_turns = 5'000'000;

class StageCrew final : public Crew {
 public:
  StageCrew(Stage& stage, int rank) : stage_(stage), rank_(rank) {}
  int rank() const override { return rank_; }
  int size() const override { return stage_.size(); }
  void send(int to, const Message& message) override { stage_.send(rank_, to, message); }
  std::optional<Message> poll() override { return stage_.take(rank_, stage_.now(rank_)); }
  Message wait() override { return stage_.take(rank_, never).value(); }
  std::optional<Message> wait_for(double seconds) override { return stage_.take(rank_, stage_.now(rank_) + seconds); }
  [[noreturn]] void abort(int code) override { stage_.abort(rank_, code); }

 private:
  Stage& stage_;
  int rank_;
};

}  // namespace

Stage::Stage(int size, std::uint64_t seed, std::function<void(const Event&)> observe)
    : dice_(seed),
      delay_(dice_.chance(0.6)   ? 1e-6
             : dice_.chance(0.5) ? 0.01
                                 : 0.3),
      observe_(std::move(observe)),
      ranks_(static_cast<std::size_t>(size)) {
  for (Rank& rank : ranks_) {
    rank.inbox.resize(ranks_.size());
    rank.time = rank.wake = dice_.heavy(0.001, 1);  // ranks do not start together
  }
}

std::deque<Stage::Mail>* Stage::Rank::earliest() {
  std::deque<Mail>* first = nullptr;
  for (auto& mails : inbox) {
    if (!mails.empty() && (first == nullptr || mails.front().arrival < first->front().arrival)) first = &mails;
  }
  return first;
}

double Stage::Rank::ready() {
  const auto* mail = earliest();
  const double next = mail == nullptr ? wake : std::min(wake, mail->front().arrival);
  return std::min(std::max(time, next), death);
}

void Stage::require_alive(int rank) const {
  if (dead(rank)) throw Dead{};
  if (over_) throw Ended{};
}

void Stage::spend(int rank, double seconds) {
  require_alive(rank);
  Rank& self = ranks_[static_cast<std::size_t>(rank)];
  self.time = std::min(self.time + seconds, std::min(self.death, kill_time_));
  if (self.time >= self.death || self.time >= kill_time_) self.dead = true;
  end_.killed = end_.killed || self.time >= kill_time_;
  require_alive(rank);
}

void Stage::send(int from, int to, const Message& message) {
  require_alive(from);
  const double now = this->now(from);
  auto& mails = ranks_[static_cast<std::size_t>(to)].inbox[static_cast<std::size_t>(from)];
  const double arrival = now + dice_.heavy(delay_, most_delay);
  Message copy = decode(encode(message), from);
  observe_({Event::Kind::sent, now, from, to, copy});
  // In order: it cannot arrive before its predecessor.
  mails.push_back({mails.empty() ? arrival : std::max(arrival, mails.back().arrival), std::move(copy)});
}

std::optional<Message> Stage::take(int rank, double deadline) {
  Rank& self = ranks_[static_cast<std::size_t>(rank)];
  require_alive(rank);
  self.wake = deadline;
  if (next() != &self) self.fiber->pause();  // whose turn it still is need not give it up
  require_alive(rank);
  self.time = self.ready() + call_seconds;
  auto* mail = self.earliest();
  if (mail == nullptr || mail->front().arrival > self.time) return std::nullopt;
  Message message = std::move(mail->front().message);
  mail->pop_front();
  observe_({Event::Kind::delivered, self.time, rank, message.from, message});
  return message;
}

void Stage::abort(int rank, int code) {
  require_alive(rank);
  end_.abort = code;
  end_.abort_time = now(rank);
  end_all("");
  throw Ended{};
}

void Stage::end_all(const std::string& problem) {
  over_ = true;
  if (end_.problem.empty()) end_.problem = problem;
}

Stage::Rank* Stage::next() {
  if (over_) return nullptr;
  Rank* first = nullptr;
  double least = never;
  bool all_ended = true;
  for (Rank& rank : ranks_) {
    if (rank.fiber->ended()) continue;
    all_ended = false;
    if (rank.ready() < least) first = &rank, least = rank.ready();
  }
  if (all_ended) return nullptr;
  if (++turns_ > most_turns) return end_all("the ranks never end"), nullptr;
  if (first == nullptr && kill_time_ == never) return end_all("all ranks wait for each other"), nullptr;
  if (least >= kill_time_) {
    end_.killed = true;
    for (Rank& rank : ranks_) rank.dead = rank.dead || !rank.fiber->ended();
    return end_all(""), nullptr;
  }
  first->dead = first->dead || least >= first->death;
  return first;
}

void Stage::run(int rank, const std::function<void(Crew&)>& body) {
  std::string problem;
  try {
    require_alive(rank);
    StageCrew crew(*this, rank);
    body(crew);
  } catch (const Dead&) {
  } catch (const Ended&) {
  } catch (const std::exception& error) {
    problem = "an exception left the loop of rank " + std::to_string(rank) + ": " + error.what();
  }
  if (rank == 0) end_.time = std::min(now(0), kill_time_);
  if (!problem.empty()) end_all(problem);
}

End Stage::play(const std::function<void(Crew&)>& body) {
  for (int rank = 0; rank < size(); ++rank)
    ranks_[static_cast<std::size_t>(rank)].fiber = std::make_unique<Fiber>([this, rank, &body] { run(rank, body); });
  while (Rank* rank = next()) rank->fiber->resume();
  for (Rank& rank : ranks_)
    while (!rank.fiber->ended()) rank.fiber->resume();  // each finds that it is over
  return std::move(end_);
}

}  // namespace truce::simulation

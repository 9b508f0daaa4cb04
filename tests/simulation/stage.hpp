// A crew in virtual time: ranks are fibers of which one at a time has the turn, always the one whose time is least, so
// that a seed decides everything; messages are under way for a random time; ranks die silently or are all killed.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sweep/crew/crew.hpp"
#include "tests/simulation/dice.hpp"
#include "tests/simulation/fiber.hpp"

namespace truce::simulation {

inline constexpr double never = std::numeric_limits<double>::infinity();
/// The longest that a message is under way, in seconds.
inline constexpr double most_delay = 10;

/// Thrown by all that a rank does once it is dead.
struct Dead {};
/// Thrown on every rank after an `abort`.
struct Ended {};

/// What a rank saw and did, in its own time (seconds).
struct Event {
  enum class Kind { sent, delivered };
  Kind kind = Kind::sent;
  double time = 0;
  int rank = 0, other = 0;  ///< who sent it or got it; the other end
  Message message;
};

/// How all of it ended.
struct End {
  double time = 0;           ///< when rank 0 ended, however it did
  std::optional<int> abort;  ///< the code
  double abort_time = 0;
  bool killed = false;  ///< all ranks, from outside
  std::string problem;  ///< a deadlock, an exception of a body
};

class Stage {
 public:
  /// `observe` sees every message that is sent or delivered, as it happens.
  Stage(int size, std::uint64_t seed, std::function<void(const Event&)> observe);
  /// Rank `rank` dies at that time, its messages under way still arrive. Before `play`.
  void die(int rank, double time) { ranks_[static_cast<std::size_t>(rank)].death = time; }
  /// All ranks die at that time. Before `play`.
  void kill_all(double time) { kill_time_ = time; }
  /// Runs `body` on every rank. Call once.
  End play(const std::function<void(Crew&)>& body);

  int size() const { return static_cast<int>(ranks_.size()); }
  double now(int rank) const { return ranks_[static_cast<std::size_t>(rank)].time; }
  bool dead(int rank) const { return ranks_[static_cast<std::size_t>(rank)].dead; }
  /// Time passes on this rank, which answers nothing meanwhile. Throws Dead if it does not live as long.
  void spend(int rank, double seconds);
  /// Throws Dead or Ended if so; everything that a rank does begins with it.
  void require_alive(int rank) const;

  void send(int from, int to, const Message& message);
  /// The next message that has arrived, waiting for it until `deadline` (now: not at all; never: as long as it takes).
  std::optional<Message> take(int rank, double deadline);
  [[noreturn]] void abort(int rank, int code);

 private:
  struct Mail {
    double arrival = 0;
    Message message;
  };
  struct Rank {
    double time = 0, death = never;
    double wake = 0;  ///< when it goes on unless a message comes first
    bool dead = false;
    std::vector<std::deque<Mail>> inbox;  ///< by sender
    std::unique_ptr<Fiber> fiber;
    std::deque<Mail>* earliest();
    double ready();
  };
  void run(int rank, const std::function<void(Crew&)>& body);
  /// The rank that goes on; nobody once all is over.
  Rank* next();
  void end_all(const std::string& problem);

  Dice dice_;
  double delay_;  ///< the least that a message is under way
  std::function<void(const Event&)> observe_;
  std::deque<Rank> ranks_;
  std::int64_t turns_ = 0;
  double kill_time_ = never;
  bool over_ = false;  ///< nobody may do anything more
  End end_;
};

}  // namespace truce::simulation

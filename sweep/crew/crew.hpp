// The crew: the processes (or threads) that work on one study, and the messages between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace truce {

/// Rank 0 sends work, stop, give_up and end; the others send report, failure, stop, alive and leave (see
/// work_loop.hpp).
enum class Tag : std::uint8_t {
  work,        ///< compute units first..first+count
  report,      ///< units first..first+count are committed; value = runs, failed = failed runs; asks for the next block
  failure,     ///< this rank threw: value = Exit, text; it computes nothing more
  stop,        ///< start no further block; from another rank than 0: please stop, for the reason in text
  give_up,     ///< the block in hand is not waited for any more
  alive,       ///< answer to stop: still computing
  leave,       ///< answer to stop and give_up: nothing left to do here
  end,         ///< leave the loop: value = Exit, text; first = runs, failed = failed runs of the whole crew
  collective,  ///< broadcast, gather, barrier
};

/// Small message; the numbers by meaning of the tag.
struct Message {
  int from = 0;  ///< filled in by the receiving crew
  Tag tag = Tag::work;
  std::int64_t first = 0, count = 0;
  std::int64_t value = 0, failed = 0;
  std::string text;
};

/// A member of the crew as seen from one rank. Never blocks except in `wait` and `wait_for`.
/// Messages from one rank arrive in the order sent; nothing is promised between ranks. Not for several threads.
class Crew {
 public:
  Crew() = default;
  virtual ~Crew() = default;
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  virtual int rank() const = 0;
  virtual int size() const = 0;
  virtual void send(int to, const Message& message) = 0;
  /// The next message that has arrived, if any.
  virtual std::optional<Message> poll() = 0;
  /// Blocks (politely: yields the processor) until a message arrives.
  virtual Message wait() = 0;
  /// As `wait`, but gives up after about so many seconds.
  virtual std::optional<Message> wait_for(double seconds) = 0;
  /// Ends all ranks at once with this exit code; used only when a rank cannot go on.
  [[noreturn]] virtual void abort(int code) = 0;
};

/// A crew of one.
std::unique_ptr<Crew> make_local_crew();

/// Number of processes that an MPI launcher says it started, 0 if this process was started without one.
/// Known: mpirun of Open MPI, anything with PMIx or PMI (srun, MPICH, Intel MPI), srun without either. `environment`
/// returns the value of a variable or nullptr.
int launched_processes(const std::function<const char*(const char*)>& environment);

/// The crew that this process was started in: over MPI under a launcher, else of one, without touching MPI. Throws
/// Error(usage) if MPI sees fewer processes than were started, as each would do the whole study. Call at most once.
/// Declare the crew outside of main's try block and call `abort` after printing: a crew over MPI that an exception
/// destroys ends all ranks on the spot (the others could wait for this one forever), before anybody can print why.
std::unique_ptr<Crew> make_crew();

/// A message as bytes between processes of the same machine type; `from` travels in the envelope.
std::vector<std::byte> encode(const Message& message);
/// Throws Error(internal) if the bytes are no message.
Message decode(std::span<const std::byte> bytes, int from);

}  // namespace truce

// The crew: the processes (or threads) that work on one study, and the messages between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace truce {

enum class Tag : std::uint8_t { request, work, stop, report, failure };

/// Small message; `first`, `count` and `value` by meaning of the tag; `text` for failures and reports.
struct Message {
  int from = 0;
  Tag tag = Tag::request;
  std::int64_t first = 0, count = 0;
  std::int64_t value = 0;
  std::string text;
};

/// A member of the crew as seen from one rank. Never blocks except in `wait`.
class Crew {
 public:
  virtual ~Crew() = default;
  virtual int rank() const = 0;
  virtual int size() const = 0;
  virtual void send(int to, const Message& message) = 0;
  /// The next message that has arrived, if any.
  virtual std::optional<Message> poll() = 0;
  /// Blocks (politely: yields the processor) until a message arrives.
  virtual Message wait() = 0;
  /// Ends all ranks at once with this exit code; used only when a rank cannot go on.
  [[noreturn]] virtual void abort(int code) = 0;
};

/// A crew of one.
std::unique_ptr<Crew> make_local_crew();

}  // namespace truce

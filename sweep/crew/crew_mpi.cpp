// The crew over MPI: two-sided messages of bytes. The only file that knows MPI.
#include "sweep/crew/crew_mpi.hpp"

#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <list>
#include <thread>

#include "sweep/base/error.hpp"
#include "sweep/base/steady_seconds.hpp"

namespace truce {
namespace {

/// Some hundred microseconds of yielding, for answers that come at once (the sums of an analysis, thousands in a row);
/// then sleeps that grow from 50 microseconds to 1 ms: MPI's own blocking receive would burn the core, which another
/// rank may need.
class Patience {
 public:
  void sleep() {
    if (yields_ > 0) {
      --yields_;
      std::this_thread::yield();
      return;
    }
    std::this_thread::sleep_for(pause_);
    pause_ = std::min(pause_ * 2, longest);
  }

 private:
  static constexpr std::chrono::microseconds longest{1000};
  std::chrono::microseconds pause_{50};
  int yields_ = 300;
};

class MpiCrew final : public Crew {
 public:
  MpiCrew();
  ~MpiCrew() override;
  int rank() const override { return rank_; }
  int size() const override { return size_; }
  void send(int to, const Message& message) override;
  std::optional<Message> poll() override;
  Message wait() override;
  std::optional<Message> wait_for(double seconds) override;
  [[noreturn]] void abort(int code) override;

 private:
  /// A message on its way; MPI reads the bytes until the request is complete, so neither may move.
  struct Sending {
    std::vector<std::byte> bytes;
    MPI_Request request = MPI_REQUEST_NULL;
  };
  void reap();

  int rank_ = 0, size_ = 1;
  int exceptions_ = 0;
  std::list<Sending> sending_;
};

MpiCrew::MpiCrew() : exceptions_(std::uncaught_exceptions()) {
  int provided = 0;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &size_);
}

MpiCrew::~MpiCrew() {
  if (std::uncaught_exceptions() > exceptions_) MPI_Abort(MPI_COMM_WORLD, static_cast<int>(Exit::internal));
  for (Sending& message : sending_) MPI_Wait(&message.request, MPI_STATUS_IGNORE);
  MPI_Finalize();
}

void MpiCrew::send(int to, const Message& message) {
  reap();
  Sending& sending = sending_.emplace_back();
  sending.bytes = encode(message);
  MPI_Isend(sending.bytes.data(), static_cast<int>(sending.bytes.size()), MPI_BYTE, to, 0, MPI_COMM_WORLD,
            &sending.request);
}

void MpiCrew::reap() {
  std::erase_if(sending_, [](Sending& message) {
    int complete = 0;
    MPI_Test(&message.request, &complete, MPI_STATUS_IGNORE);
    return complete != 0;
  });
}

std::optional<Message> MpiCrew::poll() {
  if (size_ == 1) return std::nullopt;
  if (!sending_.empty()) reap();
  int arrived = 0;
  MPI_Status status;
  MPI_Iprobe(MPI_ANY_SOURCE, 0, MPI_COMM_WORLD, &arrived, &status);
  if (arrived == 0) return std::nullopt;
  int count = 0;
  MPI_Get_count(&status, MPI_BYTE, &count);
  std::vector<std::byte> bytes(static_cast<std::size_t>(count));
  MPI_Recv(bytes.data(), count, MPI_BYTE, status.MPI_SOURCE, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  return decode(bytes, status.MPI_SOURCE);
}

Message MpiCrew::wait() {
  if (size_ == 1) throw Error(Exit::internal, "a crew of one waits for a message (none can come); please report this");
  for (Patience patience;; patience.sleep()) {
    if (auto message = poll()) return *message;
  }
}

std::optional<Message> MpiCrew::wait_for(double seconds) {
  const double until = steady_seconds() + seconds;
  for (Patience patience;; patience.sleep()) {
    if (auto message = poll()) return message;
    if (size_ == 1 || steady_seconds() >= until) return std::nullopt;
  }
}

void MpiCrew::abort(int code) {
  MPI_Abort(MPI_COMM_WORLD, code);
  std::_Exit(code);
}

}  // namespace

std::unique_ptr<Crew> make_mpi_crew() { return std::make_unique<MpiCrew>(); }

}  // namespace truce

// How messages become bytes, and which crew this process belongs to.
#include "sweep/crew/crew.hpp"

#include <array>
#include <cstdlib>
#include <cstring>

#include "sweep/base/error.hpp"
#include "sweep/crew/crew_mpi.hpp"

namespace truce {
namespace {

using Head = std::array<std::int64_t, 5>;

int read_count(const char* text) {
  const int count = text == nullptr ? 0 : std::atoi(text);
  return count > 0 ? count : 0;
}

}  // namespace

std::vector<std::byte> encode(const Message& message) {
  const Head head{static_cast<std::int64_t>(message.tag), message.first, message.count, message.value, message.failed};
  std::vector<std::byte> bytes(sizeof head + message.text.size());
  std::memcpy(bytes.data(), head.data(), sizeof head);
  if (!message.text.empty()) std::memcpy(bytes.data() + sizeof head, message.text.data(), message.text.size());
  return bytes;
}

Message decode(std::span<const std::byte> bytes, int from) {
  Head head{};
  if (bytes.size() >= sizeof head) std::memcpy(head.data(), bytes.data(), sizeof head);
  if (bytes.size() < sizeof head || head[0] < 0 || head[0] > static_cast<std::int64_t>(Tag::collective)) {
    throw Error(Exit::internal, "a message from rank " + std::to_string(from) +
                                    " cannot be read (the ranks run different programs?); start all from one build");
  }
  const auto text = bytes.subspan(sizeof head);
  Message message{from, static_cast<Tag>(head[0]), head[1], head[2], head[3], head[4], {}};
  message.text.assign(reinterpret_cast<const char*>(text.data()), text.size());
  return message;
}

int launched_processes(const std::function<const char*(const char*)>& environment) {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
    if (const int count = read_count(environment(name)); count > 0) return count;
  }
  // A batch script has SLURM_PROCID too: only srun sets the number of tasks of the step.
  const bool slurm_task = environment("SLURM_PROCID") != nullptr;
  if (const int tasks = read_count(environment("SLURM_STEP_NUM_TASKS")); slurm_task && tasks > 1) return tasks;
  const bool pmi = environment("PMIX_RANK") != nullptr || environment("PMI_RANK") != nullptr;
  return pmi ? 1 : 0;
}

std::unique_ptr<Crew> make_crew() {
  const int started = launched_processes([](const char* name) { return std::getenv(name); });
  if (started == 0) return make_local_crew();
  auto crew = make_mpi_crew();
  // PMIx alone does not say how many there are; then MPI's word is all there is.
  const int seen = crew->size();
  if (seen < started) {
    crew.reset();  // finalises: unwinding would abort before the message is out
    throw Error(Exit::usage, std::to_string(started) + " processes were started, but MPI sees " + std::to_string(seen) +
                                 " (each would do the whole study); start them with the mpirun of the MPI that truce "
                                 "was built with, or with srun --mpi=pmix");
  }
  return crew;
}

}  // namespace truce

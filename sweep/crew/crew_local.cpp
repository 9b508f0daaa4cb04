// The crew of one: no messages, no MPI.
#include <cstdlib>

#include "sweep/base/error.hpp"
#include "sweep/crew/crew.hpp"

namespace truce {
namespace {

class LocalCrew final : public Crew {
 public:
  int rank() const override { return 0; }
  int size() const override { return 1; }
  void send(int, const Message&) override { refuse(); }
  std::optional<Message> poll() override { return std::nullopt; }
  Message wait() override { refuse(); }
  std::optional<Message> wait_for(double) override { return std::nullopt; }
  [[noreturn]] void abort(int code) override { std::_Exit(code); }

 private:
  [[noreturn]] static void refuse() {
    throw Error(Exit::internal, "a crew of one has nobody to talk to (send or wait was called); please report this");
  }
};

}  // namespace

std::unique_ptr<Crew> make_local_crew() { return std::make_unique<LocalCrew>(); }

}  // namespace truce

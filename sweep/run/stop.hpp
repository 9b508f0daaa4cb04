// Signals that ask a run to end: it finishes the block in hand, commits it, and the same command continues later.
#pragma once

#include <string>
#include <string_view>

namespace truce {

/// Lets SIGUSR1, SIGTERM and SIGINT be remembered instead of ending the process; a second SIGTERM or SIGINT ends it as
/// usual. A SIGTERM or SIGINT that was ignored stays ignored (background jobs). SIGUSR1 is heard all the same: whoever
/// starts a run may ignore or block it until then, so that one sent earlier does not kill. Call before MPI starts:
/// launchers forward signals early.
void catch_stop_signals();

/// Throws Error(incomplete) if SIGTERM or SIGINT came: `doing` cannot wait to be finished. SIGUSR1 leaves time for
/// that.
void stop_if_urgent(std::string_view doing);

/// "signal SIGUSR1" or the like if one came, else "".
std::string stop_signal();

}  // namespace truce

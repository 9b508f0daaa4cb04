// Work that may crash or hang (HDF5 on a damaged file) in a child process, so that the caller survives it.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace truce {

/// What `task` returns, computed in a child process. Nothing if the child crashed, threw or took more than `seconds`:
/// it is then ended. Not for a process that has started MPI or threads.
std::optional<std::string> in_child(const std::function<std::string()>& task, double seconds);

}  // namespace truce

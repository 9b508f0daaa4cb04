// Work that may crash or hang (HDF5 on a damaged file, another program) in a child process, so that the caller
// survives.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace truce {

/// What `task` returns, computed in a child process. Nothing if the child crashed, threw or took more than `seconds`:
/// it is then ended. Not for a process that has started MPI or threads. Throws FileError if no child can be made.
std::optional<std::string> in_child(const std::function<std::string()>& task, double seconds);

/// The first 256 bytes that a program (found on PATH, with its arguments) prints until it closes its output; nothing if
/// that takes more than `seconds`. It is then ended, with all that it started; its exit code does not count. Without a
/// fork of its own, so that it may be called after MPI has started. Throws FileError if the program cannot be started.
std::optional<std::string> output_of(std::vector<std::string> words, double seconds);

}  // namespace truce

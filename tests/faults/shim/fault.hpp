// What stands between a program and its calls to the C library: each call below one folder is counted, logged, and may
// fail.
//
// Told by the environment, read once:
//   FAULT_FOLDER  real path of the folder; calls on other files are left alone
//   FAULT_LOG     file (elsewhere) that gets a line for every call that happened
//   FAULT_CALL    number of the call, from 1, that goes wrong
//   FAULT_KIND    crash (before the call), torn (after half of its bytes), after, short (half of the bytes), or an
//   errno FAULT_ON      if set, an errno or short holds for every later call of that name, too (on every name: "all")
//   FAULT_NAME, FAULT_PATH  count only calls of that name, and on paths with that text in them
//   FAULT_RANK    only in the MPI process of that rank
#pragma once

#include <sys/types.h>

#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>

namespace truce::faults {

struct Call {
  std::string_view name;
  std::string path, other{};  ///< absolute; `other`: new name of a rename or link
  const void* bytes = nullptr;
  std::size_t count = 0;  ///< bytes of a read or write, else 0
  off_t offset = 0;       ///< of a write; the new size of a truncation
  bool writes = false;
};

enum class Fault { none, crash, torn, after, stop, brief, lost, error };

/// `path`, seen from the open `folder`, without "." and "..", but not resolved: it may be new.
std::string absolute(int folder, const char* path);
/// The file that a descriptor is open on, "" if unknown.
std::string path_of(int fd);

bool is_watched(const Call& call);
/// Counts the call and says what happens to it; `code` is the errno of an error.
Fault judge(const Call& call, int& code);
/// A line: name, path, other path, offset, result (of a call made to fail: less its errno), bytes written in hex;
/// separated by tabs.
void log(const Call& call, long result);
[[noreturn]] void crash();
void stop();

/// Runs `act(bytes)`, which makes the call itself with so many bytes, or lets it go wrong.
template <class Act>
auto through(const Call& call, const Act& act) -> decltype(act(std::size_t{})) {
  using Result = decltype(act(std::size_t{}));
  if (!is_watched(call)) return act(call.count);
  int code = 0;
  const Fault fault = judge(call, code);
  if (fault == Fault::crash) crash();
  if (fault == Fault::stop) stop();
  if (fault == Fault::lost) return static_cast<Result>(call.count);
  std::size_t bytes = call.count;
  if (fault == Fault::torn) bytes /= 2;
  if (fault == Fault::brief && bytes > 1) bytes /= 2;
  const bool fails = fault == Fault::error;
  // a descriptor is given back whatever close says
  const Result result = fails && call.name != "close" ? Result(-1) : act(bytes);
  const int said = errno;
  log(call, fails ? -code : static_cast<long>(result));
  if (fault == Fault::torn || fault == Fault::after) crash();
  errno = fails ? code : said;
  return fails ? Result(-1) : result;
}

}  // namespace truce::faults

// Starts HDF5 quietly and reads its error stack.
#include "sweep/store/hdf5_call.hpp"

#include <cerrno>
#include <cstdlib>
#include <exception>
#include <string_view>
#include <system_error>

#include "sweep/store/files.hpp"

namespace truce::hdf5 {
namespace {

constexpr std::string_view system_mark = "errno = ";  // only messages of the file driver have it

// The innermost entry of the stack is the one that says what happened, unless a call of the system failed.
herr_t keep_first(unsigned, const H5E_error2_t* entry, void* into) {
  std::string& text = *static_cast<std::string*>(into);
  if (!entry->desc) return 0;
  const bool known = text.find(system_mark) != std::string::npos;
  const bool is_of_system = std::string_view(entry->desc).find(system_mark) != std::string_view::npos;
  if (text.empty() || (is_of_system && !known)) text = entry->desc;
  return 0;
}

struct Reason {
  std::string text;
  int code;  ///< errno of a call of the system that failed, 0 if HDF5 did not like what it read
};

Reason last_reason() {
  int code = errno;
  std::string text;
  static_cast<void>(H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &text));
  static_cast<void>(H5Eclear2(H5E_DEFAULT));
  if (const std::size_t at = text.find(system_mark); at != std::string::npos) {
    code = std::atoi(text.c_str() + at + system_mark.size());
  } else if (code != EIO && !is_full(code)) {  // some calls drop the driver's message; errno is what is left of it
    return {text.empty() ? "HDF5 gives no reason" : text, 0};
  }
  return {std::generic_category().message(code), code};
}

}  // namespace

void start() {
  // Without its exit handler HDF5 cannot crash at exit after a failed write. Its error stack is per thread,
  // so silence must be asked for each time.
  static const bool started = [] { return H5dont_atexit() >= 0; }();
  static_cast<void>(started);
  static_cast<void>(H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr));
}

void fail(Exit exit, const std::filesystem::path& path, const std::string& doing) {
  const Reason reason = last_reason();
  if (reason.code != 0) exit = Exit::io;
  const std::string remedy =
      exit == Exit::io
          ? "check the space and the health of the disk, then run the same command again"
          : "restore the file from a copy, or let truce repair " + path.string() + " --study=STUDY make it anew";
  const std::string text = "cannot " + doing + " " + path.string() + " (" + reason.text + "); " + remedy;
  if (reason.code != 0) throw FileError(text, reason.code);
  throw Error(exit, text);
}

Handle access_properties(const Place& place) {
  Handle access(check(H5Pcreate(H5P_FILE_ACCESS), place, "open"), H5Pclose, false);
  check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V110), place, "open");
  check(H5Pset_file_locking(access.id(), false, true), place, "open");
  // HDF5 would keep the index of chunks of every closed column: 18 KB of memory a node of some 50 chunks. A smaller
  // cache would bound that too, but moves structures within the file: its bytes would be others.
#ifndef H5_HAVE_PARALLEL  // the parallel build of HDF5 refuses this, so it keeps what describes closed columns
  check(H5Pset_evict_on_close(access.id(), true), place, "open");
#endif
  return access;
}

hid_t type_of(Type type) {
  switch (type) {
    case Type::f64:
      return H5T_IEEE_F64LE;
    case Type::i64:
      return H5T_STD_I64LE;
    case Type::i32:
      return H5T_STD_I32LE;
    case Type::u8:
      return H5T_STD_U8LE;
  }
  return -1;
}

std::vector<hsize_t> to_sizes(const std::vector<std::int64_t>& sizes) {
  std::vector<hsize_t> result;
  for (const std::int64_t size : sizes) result.push_back(static_cast<hsize_t>(size));
  return result;
}

Handle::Handle(std::int64_t id, Close how, bool keep_on_error)
    : id_(id), close_(how), keep_on_error_(keep_on_error), exceptions_(std::uncaught_exceptions()) {}

Handle::~Handle() {
  if (!keep_on_error_ || std::uncaught_exceptions() <= exceptions_) close();
}

Handle::Handle(Handle&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      close_(other.close_),
      keep_on_error_(other.keep_on_error_),
      exceptions_(other.exceptions_) {}

Handle& Handle::operator=(Handle&& other) noexcept {
  if (this != &other) {
    close();
    id_ = std::exchange(other.id_, -1);
    close_ = other.close_;
    keep_on_error_ = other.keep_on_error_;
    exceptions_ = other.exceptions_;
  }
  return *this;
}

bool Handle::close() {
  if (id_ < 0) return true;
  return close_(std::exchange(id_, -1)) >= 0;
}

}  // namespace truce::hdf5

// The calls that change or read files, as the library to preload has them: they go through a fault to the kernel.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <string>

#include "tests/faults/shim/fault.hpp"

namespace {

using truce::faults::absolute;
using truce::faults::Call;
using truce::faults::path_of;
using truce::faults::through;

int to_int(long result) { return static_cast<int>(result); }

int open_through(int folder, const char* path, int flags, mode_t mode) {
  const bool creates = (flags & (O_CREAT | O_TRUNC)) != 0;
  Call call{creates ? "create" : "open", absolute(folder, path)};
  call.offset = flags;
  return through(call, [&](std::size_t) { return to_int(::syscall(SYS_openat, folder, path, flags, mode)); });
}

template <class Act>
int on_descriptor(const char* name, int fd, off_t offset, const Act& act) {
  return through(Call{name, path_of(fd), {}, nullptr, 0, offset}, [&](std::size_t) { return to_int(act()); });
}

template <class Act>
int on_names(const char* name, const std::string& path, const std::string& other, const Act& act) {
  return through(Call{name, path, other}, [&](std::size_t) { return to_int(act()); });
}

ssize_t write_through(int fd, const void* from, size_t bytes, off_t at) {
  return through(Call{"write", path_of(fd), {}, from, bytes, at, true},
                 [&](std::size_t count) -> ssize_t { return ::syscall(SYS_pwrite64, fd, from, count, at); });
}

ssize_t read_through(int fd, void* into, size_t bytes, off_t at) {
  return through(Call{"read", path_of(fd), {}, into, bytes, at},
                 [&](std::size_t count) -> ssize_t { return ::syscall(SYS_pread64, fd, into, count, at); });
}

mode_t mode_of(int flags, std::va_list& more) { return (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0; }

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  std::va_list more;
  va_start(more, flags);
  const mode_t mode = mode_of(flags, more);
  va_end(more);
  return open_through(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  std::va_list more;
  va_start(more, flags);
  const mode_t mode = mode_of(flags, more);
  va_end(more);
  return open_through(AT_FDCWD, path, flags, mode);
}
int openat(int folder, const char* path, int flags, ...) {
  std::va_list more;
  va_start(more, flags);
  const mode_t mode = mode_of(flags, more);
  va_end(more);
  return open_through(folder, path, flags, mode);
}
int openat64(int folder, const char* path, int flags, ...) {
  std::va_list more;
  va_start(more, flags);
  const mode_t mode = mode_of(flags, more);
  va_end(more);
  return open_through(folder, path, flags, mode);
}
int creat(const char* path, mode_t mode) { return open_through(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode); }
int creat64(const char* path, mode_t mode) { return creat(path, mode); }
int __open_2(const char* path, int flags) { return open_through(AT_FDCWD, path, flags, 0); }
int __open64_2(const char* path, int flags) { return open_through(AT_FDCWD, path, flags, 0); }

ssize_t pwrite(int fd, const void* from, size_t bytes, off_t at) { return write_through(fd, from, bytes, at); }
ssize_t pwrite64(int fd, const void* from, size_t bytes, off64_t at) { return write_through(fd, from, bytes, at); }
ssize_t write(int fd, const void* from, size_t bytes) {
  const off_t at = ::syscall(SYS_lseek, fd, 0, SEEK_CUR);
  return through(Call{"write", path_of(fd), {}, from, bytes, at, true},
                 [&](std::size_t count) -> ssize_t { return ::syscall(SYS_write, fd, from, count); });
}
ssize_t pread(int fd, void* into, size_t bytes, off_t at) { return read_through(fd, into, bytes, at); }
ssize_t pread64(int fd, void* into, size_t bytes, off64_t at) { return read_through(fd, into, bytes, at); }
ssize_t __pread_chk(int fd, void* into, size_t bytes, off_t at, size_t) { return read_through(fd, into, bytes, at); }
ssize_t read(int fd, void* into, size_t bytes) {
  return through(Call{"read", path_of(fd), {}, into, bytes},
                 [&](std::size_t count) -> ssize_t { return ::syscall(SYS_read, fd, into, count); });
}

int ftruncate(int fd, off_t size) noexcept {
  return on_descriptor("truncate", fd, size, [&] { return ::syscall(SYS_ftruncate, fd, size); });
}
int ftruncate64(int fd, off64_t size) noexcept { return ftruncate(fd, size); }
int fsync(int fd) {
  return on_descriptor("fsync", fd, 0, [&] { return ::syscall(SYS_fsync, fd); });
}
int fdatasync(int fd) {
  return on_descriptor("fdatasync", fd, 0, [&] { return ::syscall(SYS_fdatasync, fd); });
}
int flock(int fd, int how) noexcept {
  return on_descriptor("flock", fd, 0, [&] { return ::syscall(SYS_flock, fd, how); });
}
int futimens(int fd, const timespec times[2]) noexcept {
  return on_descriptor("futimens", fd, 0, [&] { return ::syscall(SYS_utimensat, fd, nullptr, times, 0); });
}
int close(int fd) {
  return on_descriptor("close", fd, 0, [&] { return ::syscall(SYS_close, fd); });
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) noexcept {
  return on_names("rename", absolute(from_folder, from), absolute(to_folder, to),
                  [&] { return ::syscall(SYS_renameat2, from_folder, from, to_folder, to, flags); });
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  return renameat2(from_folder, from, to_folder, to, 0);
}
int rename(const char* from, const char* to) noexcept { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) noexcept {
  return on_names("link", absolute(from_folder, from), absolute(to_folder, to),
                  [&] { return ::syscall(SYS_linkat, from_folder, from, to_folder, to, flags); });
}
int link(const char* from, const char* to) noexcept { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
int unlinkat(int folder, const char* path, int flags) noexcept {
  return on_names((flags & AT_REMOVEDIR) != 0 ? "rmdir" : "unlink", absolute(folder, path), "",
                  [&] { return ::syscall(SYS_unlinkat, folder, path, flags); });
}
int unlink(const char* path) noexcept { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char* path) noexcept { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char* path) noexcept {
  const int result = unlink(path);
  return result != 0 && errno == EISDIR ? rmdir(path) : result;
}
int mkdirat(int folder, const char* path, mode_t mode) noexcept {
  return on_names("mkdir", absolute(folder, path), "", [&] { return ::syscall(SYS_mkdirat, folder, path, mode); });
}
int mkdir(const char* path, mode_t mode) noexcept { return mkdirat(AT_FDCWD, path, mode); }

}  // extern "C"

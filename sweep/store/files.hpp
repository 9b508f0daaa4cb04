// The few POSIX calls of the store, checked: descriptors, whole writes, fsync, atomic publication.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "sweep/base/error.hpp"

namespace truce {

/// An Error(io) that remembers errno, so that EIO can be told from a full disk.
class FileError : public Error {
 public:
  FileError(const std::string& text, int code) : Error(Exit::io, text), code_(code) {}
  int code() const { return code_; }

 private:
  int code_;
};

/// Called at every piece of long work, so that a lock stays alive; it may throw to end the work, and may be empty.
using Beat = std::function<void()>;

/// Owns a file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  /// open(2) with O_CLOEXEC; throws FileError naming the path.
  Descriptor(const std::filesystem::path& path, int flags);
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { reset(); }
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void reset();

 private:
  int fd_ = -1;
};

/// No room, quota or permitted file size is left for more bytes: what `code` says, an errno.
bool is_full(int code);
/// "the disk is full; free N bytes ..." and the like for an errno of a write to `path`.
[[noreturn]] void throw_write_error(const std::string& path, std::uint64_t bytes, int code);

/// Writes all bytes at `offset`, through EINTR and short writes.
void write_all(int fd, const std::string& path, std::span<const std::byte> bytes, std::uint64_t offset);
/// Reads exactly `into.size()` bytes at `offset`; a shorter file is Error(corrupt).
void read_all(int fd, const std::string& path, std::span<std::byte> into, std::uint64_t offset);
/// Makes a file's bytes (fdatasync) or a folder's entries (fsync) durable.
void sync_data(int fd, const std::string& path);
void sync_file(const std::filesystem::path& path);
void sync_folder(const std::filesystem::path& folder);
/// The folder that holds `path`, "." for a bare name.
std::filesystem::path folder_of(const std::filesystem::path& path);
/// Creates the folder and its parents durably.
void make_folder(const std::filesystem::path& folder);

/// `number` with leading zeros up to `digits`, for names that sort.
std::string zero_padded(std::uint32_t number, std::size_t digits);
/// This machine's name, as locks and temporary files show it.
std::string host_name();
std::uint64_t size_of_file(const std::filesystem::path& path);
/// Bytes that an ordinary user may still write in `folder`.
std::uint64_t free_bytes(const std::filesystem::path& folder);
std::string read_text(const std::filesystem::path& path);
/// Hex SHA-256 of a file's bytes.
std::string hash_file(const std::filesystem::path& path, const Beat& beat = {});

/// temp -> final by rename, then fsync of the folder. `temp` must be durable already.
void rename_into_place(const std::filesystem::path& temp, const std::filesystem::path& final_path);
/// The same for a file that must not be there yet: throws Error(usage), and changes nothing, if it is. Atomic between
/// processes wherever the file system can do that.
void rename_to_new(const std::filesystem::path& temp, const std::filesystem::path& final_path);
/// `<path>.tmp.<host>.<process>`.
std::filesystem::path temporary_beside(const std::filesystem::path& path);
/// Removes `<file>.tmp.*` of processes that died; nobody may be writing one.
void remove_temporaries(const std::filesystem::path& file);
/// Writes `text` durably to a temporary beside `path`, then renames it (replacing what is there).
void replace_text(const std::filesystem::path& path, std::string_view text);
/// The same with link(2): false, and nothing changes, if `path` exists already. Atomic between processes.
bool publish_once(const std::filesystem::path& path, std::string_view text);

}  // namespace truce

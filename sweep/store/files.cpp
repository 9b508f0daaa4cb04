// Checked POSIX calls: every error names the file, the reason and what to do.
#include "sweep/store/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>
#include <vector>

#include "sweep/base/sha256.hpp"

namespace truce {
namespace {

std::string reason(int code) { return std::generic_category().message(code); }

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path, int code) {
  throw FileError("cannot " + what + " " + path.string() + " (" + reason(code) + "); check that the folder exists, " +
                      "is writable and that its disk is healthy",
                  code);
}

/// The errno of a call on a descriptor, 0 if it went well.
template <class Call>
int again_if_interrupted(Call call, int fd) {
  int result = 0;
  do {
    result = call(fd);
  } while (result != 0 && errno == EINTR);
  return result == 0 ? 0 : errno;
}

void write_temporary(const std::filesystem::path& temp, std::string_view text) {
  const Descriptor file(temp, O_WRONLY | O_CREAT | O_TRUNC);
  write_all(file.get(), temp.string(), std::as_bytes(std::span(text)), 0);
  sync_data(file.get(), temp.string());
}

}  // namespace

// Host and process: on a shared file system two hosts may use the same process number.
std::filesystem::path temporary_beside(const std::filesystem::path& path) {
  return path.string() + ".tmp." + host_name() + "." + std::to_string(::getpid());
}

std::string zero_padded(std::uint32_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return text.size() < digits ? std::string(digits - text.size(), '0').append(text) : text;
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("unknown");
}

Descriptor::Descriptor(const std::filesystem::path& path, int flags) {
  do {
    fd_ = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  } while (fd_ < 0 && errno == EINTR);
  if (fd_ < 0) fail((flags & O_CREAT) != 0 ? "create" : "open", path, errno);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

void Descriptor::reset() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

bool is_full(int code) { return code == ENOSPC || code == EDQUOT || code == EFBIG; }

void throw_write_error(const std::string& path, std::uint64_t bytes, int code) {
  const std::string need = std::to_string(bytes) + " bytes";
  if (is_full(code)) {
    throw FileError("no room to write " + need + " to " + path + " (" + reason(code) + "); free at least " + need +
                        " or raise the quota or size limit, then run the same command again",
                    code);
  }
  throw FileError("cannot write " + need + " to " + path + " (" + reason(code) +
                      "); check the disk, then run the same command again",
                  code);
}

void write_all(int fd, const std::string& path, std::span<const std::byte> bytes, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = ::pwrite(fd, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw_write_error(path, bytes.size(), n == 0 ? ENOSPC : errno);
    done += static_cast<std::size_t>(n);
  }
}

void read_all(int fd, const std::string& path, std::span<std::byte> into, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t n = ::pread(fd, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail("read", path, errno);
    if (n == 0)
      throw Error(Exit::corrupt, path + " ends too early (it was cut off); restore it or run the study again");
    done += static_cast<std::size_t>(n);
  }
}

void sync_data(int fd, const std::string& path) {
  const int code = again_if_interrupted(::fdatasync, fd);
  if (code != 0) fail("make durable", path, code);
}

void sync_file(const std::filesystem::path& path) {
  const Descriptor file(path, O_RDONLY);
  const int code = again_if_interrupted(::fsync, file.get());
  if (code != 0) fail("make durable", path, code);
}

void sync_folder(const std::filesystem::path& folder) {
  const Descriptor entry(folder, O_RDONLY | O_DIRECTORY);
  const int code = again_if_interrupted(::fsync, entry.get());
  // Some network file systems refuse fsync on folders; they order metadata on the server.
  if (code != 0 && code != EINVAL && code != ENOTSUP) fail("make durable", folder, code);
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

void make_folder(const std::filesystem::path& folder) {
  if (std::filesystem::is_directory(folder)) return;
  const std::filesystem::path parent = folder_of(folder);
  if (parent != folder) make_folder(parent);
  if (::mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) fail("create the folder", folder, errno);
  sync_folder(parent);
}

std::uint64_t size_of_file(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) fail("open", path, errno);
  return static_cast<std::uint64_t>(status.st_size);
}

std::uint64_t free_bytes(const std::filesystem::path& folder) {
  struct statvfs status {};
  if (::statvfs(folder.c_str(), &status) != 0) fail("look at the free space of", folder, errno);
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

std::string read_text(const std::filesystem::path& path) {
  const Descriptor file(path, O_RDONLY);
  std::string text(size_of_file(path), '\0');
  read_all(file.get(), path.string(), std::as_writable_bytes(std::span(text)), 0);
  return text;
}

std::string hash_file(const std::filesystem::path& path, const Beat& beat) {
  const Descriptor file(path, O_RDONLY);
  const std::uint64_t size = size_of_file(path);
  std::vector<std::byte> buffer(std::size_t{1} << 20);
  Sha256 hash;
  for (std::uint64_t at = 0; at < size; at += buffer.size()) {
    const auto piece =
        std::span(buffer).first(static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size - at)));
    read_all(file.get(), path.string(), piece, at);
    hash.update(piece);
    if (beat) beat();
  }
  return hex(hash.digest());
}

void rename_into_place(const std::filesystem::path& temp, const std::filesystem::path& final_path) {
  if (::rename(temp.c_str(), final_path.c_str()) != 0) fail("rename " + temp.string() + " to", final_path, errno);
  sync_folder(folder_of(final_path));
}

void rename_to_new(const std::filesystem::path& temp, const std::filesystem::path& final_path) {
  int code = ::renameat2(AT_FDCWD, temp.c_str(), AT_FDCWD, final_path.c_str(), RENAME_NOREPLACE) == 0 ? 0 : errno;
  if (code == EINVAL || code == ENOSYS || code == ENOTSUP) {  // NFS and others
    code = ::link(temp.c_str(), final_path.c_str()) == 0 ? 0 : errno;
    if (code == 0) ::unlink(temp.c_str());
  }
  if (code == EPERM || code == ENOTSUP) {  // no hard links either: a look is the best there is
    code = std::filesystem::exists(final_path) ? EEXIST : ::rename(temp.c_str(), final_path.c_str()) == 0 ? 0 : errno;
  }
  if (code == EEXIST) {
    throw Error(Exit::usage, final_path.string() +
                                 " exists already (it was not there when this study began, and is kept); move it away "
                                 "or name another file with --store.file, then run again: nothing is lost");
  }
  if (code != 0) fail("rename " + temp.string() + " to", final_path, code);
  sync_folder(folder_of(final_path));
}

void remove_temporaries(const std::filesystem::path& file) {
  const std::string prefix = file.filename().string() + ".tmp.";
  std::error_code ignored;  // what cannot be removed takes room, no more
  std::vector<std::filesystem::path> stale;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of(file), ignored)) {
    const std::string name = entry.path().filename().string();
    const std::string_view end = std::string_view(name).substr(name.rfind('.') + 1);
    // all temporaries end in a number: an attempt or a process
    if (name.starts_with(prefix) && !end.empty() && end.find_first_not_of("0123456789") == std::string_view::npos)
      stale.push_back(entry.path());
  }
  for (const auto& path : stale) std::filesystem::remove(path, ignored);
}

void replace_text(const std::filesystem::path& path, std::string_view text) {
  const std::filesystem::path temp = temporary_beside(path);
  try {
    write_temporary(temp, text);
    rename_into_place(temp, path);
  } catch (...) {
    ::unlink(temp.c_str());  // nobody would look for it
    throw;
  }
}

bool publish_once(const std::filesystem::path& path, std::string_view text) {
  const std::filesystem::path temp = temporary_beside(path);
  write_temporary(temp, text);
  const int code = ::link(temp.c_str(), path.c_str()) == 0 ? 0 : errno;
  ::unlink(temp.c_str());
  if (code != 0 && code != EEXIST) fail("publish", path, code);
  sync_folder(folder_of(path));
  return code == 0;
}

}  // namespace truce

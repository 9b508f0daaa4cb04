// A file that one live process holds: by flock, which the kernel drops when the process dies in any way; else by age.
#pragma once

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <string>

#include "sweep/store/files.hpp"

namespace truce {

/// How a live holder is told from a dead one: by flock where it works, else by the age of a file.
enum class LockBy { flock, age };

/// A file made by age ends in `.held`; one with flock must not. Moves; what is held ends with the object.
class HeldFile {
 public:
  enum class Taken {
    yes,
    no,           ///< another process holds it
    moved,        ///< it was removed while it was taken: try again
    unsupported,  ///< flock does not work there
  };
  enum class Use { alone, together };

  HeldFile() = default;
  ~HeldFile() { release(); }
  HeldFile(const HeldFile&) = delete;
  HeldFile& operator=(const HeldFile&) = delete;
  /// By flock; makes the file if there is none. `together`: with others that do the same.
  Taken take(const std::filesystem::path& path, Use use);
  /// By age. A stale file of a dead holder is dropped: `moved`.
  Taken take_by_age(const std::filesystem::path& path);
  /// Writes into a file taken by flock who holds it.
  void tell_holder();
  /// Renews the file's time every 10 s; then also require_held.
  void beat();
  /// Throws Error(io) if another process took it over.
  void require_held() const;
  void release();

 private:
  Descriptor file_;
  std::filesystem::path path_;
  bool by_age_ = false, told_ = false;
  std::time_t beaten_ = 0;
};

/// True if `path` tells a holder and was renewed within the last minute.
bool is_fresh(const std::filesystem::path& path);
/// True if a live process holds `path` alone; looking changes nothing.
bool is_held(const std::filesystem::path& path);

/// The process that holds a file.
struct Holder {
  std::string host;  ///< "" if the file does not say
  std::int64_t process = 0;
  std::time_t started = 0;  ///< seconds since 1970
};

Holder holder_of(const std::filesystem::path& path);
/// "host n1, process 17, for 3 min", or "for an unknown time".
std::string to_text(const Holder& holder);

}  // namespace truce

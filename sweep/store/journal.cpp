// Appends frames to one rank's journal; a block is committed when `commit` has returned.
#include "sweep/store/journal.hpp"

#include <fcntl.h>

#include <cerrno>

#include "sweep/store/attempt.hpp"
#include "sweep/store/crc32c.hpp"
#include "sweep/store/frame.hpp"

namespace truce {

Journal::Journal(const std::filesystem::path& folder, std::uint32_t attempt, std::uint32_t rank, const StudyId& id,
                 const std::optional<Share>& share)
    : folder_(attempt_folder(folder, attempt, share)), attempt_(attempt), rank_(rank), id_(id) {
  make_folder(folder_);
  open(1);
}

void Journal::open(int number) {
  std::string leaf = "rank-" + zero_padded(rank_, 6);
  if (number > 1) leaf.append("-").append(std::to_string(number));
  const std::filesystem::path path = folder_ / leaf.append(".journal");
  name_ = path.string();
  file_ = Descriptor(path, O_WRONLY | O_CREAT | O_EXCL);
  sync_folder(folder_);
  end_ = 0;
}

void Journal::append(std::span<const std::byte> header, std::span<const std::byte> payload) {
  const std::uint64_t bytes = header.size() + payload.size();
  try {
    write_all(file_.get(), name_, header, end_);
    write_all(file_.get(), name_, payload, end_ + header.size());
    sync_data(file_.get(), name_);
  } catch (const FileError& error) {
    throw_write_error(name_, bytes, error.code());
  }
  end_ += bytes;
}

void Journal::commit(FrameKind kind, Range units, std::span<const std::byte> payload) {
  if (!file_) throw FileError("the journal " + name_ + " was given up (its disk failed before); check the disk", EIO);
  const FrameHeader header{kind, frame_id(id_), attempt_, rank_, units, payload.size(), crc32c(payload)};
  const auto packed = pack(header);
  try {
    append(packed, payload);
  } catch (const FileError& error) {
    if (error.code() != EIO) throw;
    // After a failed fsync the kernel may have dropped the dirty pages: a second success would be a lie.
    file_.reset();
    if (replaced_) throw;
    replaced_ = true;
    open(2);
    try {
      append(packed, payload);
    } catch (const FileError& second) {
      if (second.code() == EIO) file_.reset();
      throw;
    }
  }
}

}  // namespace truce

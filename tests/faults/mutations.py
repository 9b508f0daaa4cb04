"""The safeguards of the store and how to take each away: texts that stand once in their file, and what replaces them."""
import collections

TESTS = ("clock_jumps", "foreign_frames", "node_loss", "bit_flips", "crash_sweep", "error_sweep", "full_disk", "restart")

Mutation = collections.namedtuple("Mutation", "name likely edits")

FILES, SEAL, SCAN = "sweep/store/files.cpp", "sweep/store/seal.cpp", "sweep/store/journal_scan.cpp"
ATTEMPT, MANIFEST = "sweep/store/attempt.cpp", "sweep/store/manifest.cpp"

MUTATIONS = [
    Mutation("fdatasync", "node_loss", [
        (FILES, "const int code = again_if_interrupted(::fdatasync, fd);", "const int code = 0 * fd;")]),
    Mutation("fsync of folders", "node_loss", [
        (FILES, "const int code = again_if_interrupted(::fsync, entry.get());", "const int code = 0;")]),
    Mutation("fsync of a journal folder that was found", "node_loss", [
        (ATTEMPT, "sync_folder(folder_of(folder));", "")]),
    Mutation("fsync of the result before its name", "node_loss", [(SEAL, "    sync_file(temp);\n", "")]),
    Mutation("rename of the result (written in place)", "crash_sweep", [
        (SEAL, "temp = temporary_beside(file);", "temp = file;"),
        (SEAL, "    rename_to_new(temp, file);\n", "")]),
    Mutation("rename of the manifest (written in place)", "crash_sweep", [
        (FILES, "  const std::filesystem::path temp = temporary_beside(path);\n  write_temporary(temp, text);\n"
                "  rename_into_place(temp, path);", "  write_temporary(path, text);\n  sync_folder(folder_of(path));")]),
    Mutation("temporary of the plan (written in place)", "crash_sweep", [
        (FILES, "  const std::filesystem::path temp = temporary_beside(path);\n  write_temporary(temp, text);\n"
                "  const int code = ::link", "  if (!std::filesystem::exists(path)) write_temporary(path, text);\n"
                "  const std::filesystem::path temp = temporary_beside(path);\n  const int code = ::link"),
        (FILES, "if (code != 0 && code != EEXIST) fail", "if (code != 0 && code != EEXIST && code != ENOENT) fail"),
        (FILES, "  return code == 0;\n}", "  return true;\n}")]),
    Mutation("CRC of a frame's payload", "node_loss", [(SCAN, "beat_) != header->crc)", "beat_) == ~header->crc)")]),
    Mutation("CRC of a frame's header", "bit_flips", [
        ("sweep/store/frame.cpp", "get<std::uint32_t>(bytes, 60) != crc32c(bytes.first(60)) || ", "")]),
    Mutation("study id of frames", "foreign_frames", [(SCAN, "if (header->id != id_) {", "if (header->bytes == ~0ull) {")]),
    Mutation("study id of the plan", "foreign_frames", [
        (ATTEMPT, "if (there.study_id == ours.study_id) return;", "if (there.study_id.size() == 64) return;")]),
    Mutation("bounds of units", "foreign_frames", [
        (SCAN, "if (units.first < 0 || units.count < 1 || units.count > units_ || units.first > units_ - units.count) {",
         "if (units_ < 0) {")]),
    Mutation("bounds of payloads", "foreign_frames", [
        (SCAN, "if (header->bytes > left - frame_header_bytes) ", "if (left == 0) ")]),
    Mutation("comparison of overlapping frames", "foreign_frames", [
        ("sweep/run/seal_study.cpp", "  check_overlaps(scan, layout, map, reading);\n", "")]),
    Mutation("checksum of the plan", "bit_flips", [
        (ATTEMPT, "if (hash != hex(sha256(text))) return std::nullopt;", "")]),
    Mutation("checksum of the manifest", "bit_flips", [
        (MANIFEST, "if (end == std::string_view::npos || text.substr(end) != ending_of(text.substr(0, end))) {",
         "if (end == std::string_view::npos) {")]),
    Mutation("a new file after EIO (syncs the old one again)", "node_loss", [
        (FILES, "errno == EINTR);\n  return result == 0", "(errno == EINTR || errno == EIO));\n  return result == 0")]),
    Mutation("repeating of short writes", "error_sweep", [
        (FILES, "    done += static_cast<std::size_t>(n);\n  }\n}\n\nvoid read_all", "    done = bytes.size();\n  }\n}\n\nvoid read_all")]),
    Mutation("repeating of interrupted writes", "error_sweep", [
        (FILES, "    if (n < 0 && errno == EINTR) continue;\n    if (n <= 0) throw_write_error",
         "    if (n <= 0) throw_write_error")]),
    Mutation("checks of closed columns", "error_sweep", [
        (SEAL, "  write_values(dataset, source);\n  hdf5::close_written(dataset, temp_);", "  write_values(dataset, source);")]),
    Mutation("reading back of the result", "error_sweep", [
        (SEAL, "  for (const Source& source : sources_) {\n    const hdf5", "  for (const Source& source : std::vector<Source>{}) {\n    const hdf5")]),
    Mutation("reading back of attributes", "error_sweep", [
        (SEAL, "  require_layout_as_written(file, temp_, layout_, content_hash);\n", "  static_cast<void>(content_hash);\n")]),
    Mutation("removal of leftovers", "crash_sweep", [
        ("sweep/run/start.cpp", "  if (start.lock && !options.share) remove_leftovers(plan);\n",
         "  static_cast<void>(plan), static_cast<void>(start), static_cast<void>(options);\n"),
        ("sweep/run/seal_study.cpp", "  remove_leftovers(plan);\n", "")]),
]

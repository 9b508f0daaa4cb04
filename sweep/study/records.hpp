// The lines of a study file: one pass from INI text to records, with every fault reported by file and line.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sweep/base/error.hpp"

namespace truce {

/// One `key = value` line, or, with neither, the heading of a section that has a name of its own: [claim C1].
struct Record {
  std::string where;  ///< "file:line: section.key" (of a heading "file:line: section"), or "option --section.key"
  std::string section, key, value;
  std::string name() const { return section + "." + key; }
};

/// Reads INI text. `#` starts a comment at a line's start or after a blank; lines may end in CR LF.
/// `shown` names the text in faults; `sections` are the known sections, `inputs.<kernel>` any that begins so. Faults go
/// to `problems`, among them keys without a value, except those ("section.key") that `may_be_empty` names.
std::vector<Record> parse_records(std::string_view text, const std::string& shown,
                                  const std::vector<std::string>& sections, Problems& problems,
                                  const std::vector<std::string>& may_be_empty = {});

/// The whole file. Throws Error(usage) if it is missing, unreadable, a folder, or no regular file (a pipe would be
/// waited for).
std::string read_user_text(const std::filesystem::path& file);

/// True if it begins with the signature of HDF5, as result files do.
bool begins_as_result(std::string_view bytes);

/// Why a line of text cannot be accepted: not UTF-8, or a control character in it. "" if it can.
std::string text_fault(std::string_view line);

/// True if lines end in CR alone, as on old Macintoshes, so that all of them would be read as one.
bool has_mac_line_ends(std::string_view text);

/// True if every byte belongs to well-formed UTF-8 (RFC 3629).
bool is_utf8(std::string_view text);

}  // namespace truce

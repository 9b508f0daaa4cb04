// Boost's INI parser gives no line numbers, stops at the first bad line and cuts values at '#'; this pass does not.
#include "sweep/study/records.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>

#include "sweep/study/values.hpp"

namespace truce {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view without_comment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '#' && (i == 0 || is_blank(line[i - 1]))) return line.substr(0, i);
  }
  return line;
}

bool has_control(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

/// True if a section's name has this form: `store`, or `inputs.<kernel>` with any name behind the dot.
bool is(std::string_view name, std::string_view form) {
  const std::string_view start = form.substr(0, form.find('<'));
  return start.size() == form.size() ? name == form : name.size() > start.size() && name.starts_with(start);
}

/// State of the pass: the section that is open, and where each key was first seen.
class Pass {
 public:
  Pass(const std::string& shown, const std::vector<std::string>& sections, const std::vector<std::string>& may_be_empty,
       Problems& problems)
      : shown_(shown), sections_(sections), may_be_empty_(may_be_empty), problems_(problems) {}

  void read(std::string_view line) {
    ++number_;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (number_ == 1 && line.starts_with(byte_order_mark)) {
      fault("", "begins with a byte-order mark (it would become part of the first key); save it as UTF-8 without one");
      line.remove_prefix(byte_order_mark.size());
    }
    if (const std::string text = text_fault(line); !text.empty()) return fault("", text);
    line = trim(without_comment(line));
    if (line.empty()) return;
    if (line.front() == '[') return open(line);
    if (section_.empty()) return stray();
    assign(line);
  }

  std::vector<Record> records;

 private:
  std::string place() const { return shown_ + ":" + std::to_string(number_); }
  void fault(const std::string& name, const std::string& text) {
    problems_.add(place() + (name.empty() ? "" : ": " + name), text);
  }

  void stray() {
    if (!skipping_) fault("", "stands before any section (no section says what it means); put it below [study]");
    skipping_ = true;
  }

  void open(std::string_view line) {
    section_.clear();
    skipping_ = true;
    if (line.back() != ']') {
      return fault("", "'" + std::string(line) + "' is not closed (a section is written [name]); add ]");
    }
    const std::string name(trim(line.substr(1, line.size() - 2)));
    const std::string named = name + " <";  // claim: the sections are [claim <name>]
    if (!name.empty() && std::ranges::any_of(sections_, [&](const auto& form) { return form.starts_with(named); }))
      return fault("", "[" + name + "] has no name (each such section has one); write it like [" + name + " C1]");
    if (std::none_of(sections_.begin(), sections_.end(), [&](const std::string& form) { return is(name, form); })) {
      return fault("", "[" + name + "] is not a section" + known_names(name, sections_));
    }
    section_ = name;
    skipping_ = false;
    // The name after the blank is said even by a section without keys.
    if (name.find(' ') != std::string::npos) records.push_back({place() + ": " + name, name, "", ""});
  }

  void assign(std::string_view line) {
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) {
      return fault(section_, "'" + std::string(line) + "' has no = (a line is key = value); add = and a value");
    }
    const std::string key(trim(line.substr(0, equals)));
    if (key.empty()) return fault(section_, "has no key before = (a line is key = value); name the key");
    Record record{place() + ": " + section_ + "." + key, section_, key, std::string(trim(line.substr(equals + 1)))};
    const auto [first, is_new] = first_line_.emplace(record.name(), number_);
    if (!is_new) {
      return problems_.add(record.where, "given a second time (first on line " + std::to_string(first->second) +
                                             "); delete one of the two");
    }
    if (record.value.empty() && std::ranges::find(may_be_empty_, record.name()) == may_be_empty_.end()) {
      return problems_.add(record.where, "has no value (nothing is assumed); delete the line or give a value");
    }
    records.push_back(std::move(record));
  }

  const std::string& shown_;
  const std::vector<std::string>&sections_, &may_be_empty_;
  Problems& problems_;
  std::string section_;
  bool skipping_ = false;  ///< the fault of these lines is already reported
  std::size_t number_ = 0;
  std::map<std::string, std::size_t> first_line_;
};

/// Bytes of the UTF-8 character that starts at `text`, 0 if it is malformed.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  const unsigned second = byte(1);
  const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
  const bool beyond = (lead == 0xed && second >= 0xa0) || (lead == 0xf4 && second >= 0x90);
  return overlong || beyond ? 0 : length;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool begins_as_result(std::string_view bytes) { return bytes.starts_with("\x89HDF\r\n\x1a\n"); }

std::string text_fault(std::string_view line) {
  if (!is_utf8(line)) return "is not UTF-8 (names and titles could not be shown); write it in UTF-8";
  if (has_control(line)) return "holds a control character (it is invisible); delete it";
  return "";
}

bool has_mac_line_ends(std::string_view text) {
  const auto first = text.find('\r');
  return first != std::string_view::npos && first + 1 < text.size() && text.find('\n') == std::string_view::npos;
}

std::vector<Record> parse_records(std::string_view text, const std::string& shown,
                                  const std::vector<std::string>& sections, Problems& problems,
                                  const std::vector<std::string>& may_be_empty) {
  if (has_mac_line_ends(text)) {
    problems.add(shown, "ends its lines with CR alone (all would be one line); save it with Unix or Windows line ends");
    return {};
  }
  Pass pass(shown, sections, may_be_empty, problems);
  while (!text.empty()) {
    const auto end = text.find('\n');
    pass.read(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return std::move(pass.records);
}

std::string read_user_text(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  const std::string name = file.string();
  if (status.type() == std::filesystem::file_type::not_found) {
    throw Error(Exit::usage, name + ": cannot be read (no such file); check the path");
  }
  if (!std::filesystem::exists(status)) {
    throw Error(Exit::usage, name + ": cannot be read (" + error.message() + "); check the path and its permissions");
  }
  if (std::filesystem::is_directory(status)) {
    throw Error(Exit::usage, name + ": cannot be read (it is a folder); name the file in it");
  }
  if (!std::filesystem::is_regular_file(status)) {
    throw Error(Exit::usage, name +
                                 ": cannot be read (a pipe or device could be waited for without end, and every "
                                 "process must read the same); save it as a file");
  }
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (!stream.good() && !stream.eof()) {
    const std::string reason = errno != 0 ? std::strerror(errno) : "reading failed";
    throw Error(Exit::usage, name + ": cannot be read (" + reason + "); check its permissions");
  }
  return text;
}

}  // namespace truce

// Reads and quotes the manifest's JSON.
#include "sweep/store/json.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sweep/base/error.hpp"

namespace truce {
namespace {

void append_utf8(std::string& into, unsigned code) {
  if (code < 0x80) {
    into += static_cast<char>(code);
  } else if (code < 0x800) {
    into += static_cast<char>(0xc0 | (code >> 6));
    into += static_cast<char>(0x80 | (code & 0x3f));
  } else {
    into += static_cast<char>(0xe0 | (code >> 12));
    into += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    into += static_cast<char>(0x80 | (code & 0x3f));
  }
}

}  // namespace

std::string quote_json(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (code < 0x20) {
      result += "\\u00";
      result += digits[code >> 4];
      result += digits[code & 15];
    } else {
      result += c;
    }
  }
  return result + '"';
}

void JsonReader::fail(const std::string& expected) const {
  throw Error(Exit::corrupt, where_ + " is damaged (at byte " + std::to_string(at_) + " " + expected +
                                 " was expected); restore it from a copy, or let truce repair FILE write it anew");
}

void JsonReader::skip_space() {
  while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
}

bool JsonReader::take(char wanted) {
  skip_space();
  if (at_ >= text_.size() || text_[at_] != wanted) return false;
  ++at_;
  return true;
}

void JsonReader::require(char wanted) {
  if (!take(wanted)) fail(std::string("'") + wanted + "'");
}

void JsonReader::escape(std::string& into) {
  if (at_ >= text_.size()) fail("an escape");
  const char c = text_[at_++];
  constexpr std::string_view plain = "\"\\/", letters = "nrtbf", meanings = "\n\r\t\b\f";
  if (plain.find(c) != std::string_view::npos) {
    into += c;
  } else if (const std::size_t i = letters.find(c); i != std::string_view::npos) {
    into += meanings[i];
  } else if (c == 'u' && at_ + 4 <= text_.size()) {
    unsigned code = 0;
    const char* from = text_.data() + at_;
    const auto parsed = std::from_chars(from, from + 4, code, 16);
    if (parsed.ec != std::errc() || parsed.ptr != from + 4 || (code >= 0xd800 && code < 0xe000)) fail("\\uXXXX");
    append_utf8(into, code);
    at_ += 4;
  } else {
    fail("a known escape");
  }
}

std::string JsonReader::string() {
  require('"');
  std::string result;
  while (true) {
    if (at_ >= text_.size() || static_cast<unsigned char>(text_[at_]) < 0x20) fail("the end of a text");
    const char c = text_[at_++];
    if (c == '"') return result;
    if (c == '\\') {
      escape(result);
    } else {
      result += c;
    }
  }
}

ManifestValue JsonReader::number() {
  const std::size_t end = std::min(text_.find_first_not_of("+-.0123456789eE", at_), text_.size());
  const std::string_view word = text_.substr(at_, end - at_);
  const char* last = word.data() + word.size();
  std::int64_t integer = 0;
  if (const auto parsed = std::from_chars(word.data(), last, integer); parsed.ec == std::errc() && parsed.ptr == last) {
    at_ = end;
    return integer;
  }
  double real = 0;
  const auto parsed = std::from_chars(word.data(), last, real);
  if (parsed.ec != std::errc() || parsed.ptr != last || !std::isfinite(real)) fail("a value");
  at_ = end;
  return real;
}

ManifestValue JsonReader::value() {
  skip_space();
  if (at_ < text_.size() && text_[at_] == '"') return string();
  if (!take('[')) return number();
  std::vector<std::string> list;
  if (take(']')) return list;
  do {
    skip_space();
    list.push_back(string());
  } while (take(','));
  require(']');
  return list;
}

std::vector<std::pair<std::string, ManifestValue>> JsonReader::object() {
  std::vector<std::pair<std::string, ManifestValue>> entries;
  require('{');
  if (!take('}')) {
    do {
      skip_space();
      std::string key = string();
      require(':');
      entries.emplace_back(std::move(key), value());
    } while (take(','));
    require('}');
  }
  skip_space();
  if (at_ != text_.size()) fail("the end");
  return entries;
}

}  // namespace truce

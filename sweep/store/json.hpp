// As much JSON as the manifest needs: one object of texts, numbers and lists of texts.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sweep/store/manifest.hpp"

namespace truce {

/// `text` in double quotes, with control characters escaped.
std::string quote_json(std::string_view text);

/// Reads one object; keys in the order of the text. Throws Error(corrupt) with the place of the first fault.
class JsonReader {
 public:
  JsonReader(std::string_view text, const std::string& where) : text_(text), where_(where) {}
  std::vector<std::pair<std::string, ManifestValue>> object();

 private:
  [[noreturn]] void fail(const std::string& expected) const;
  void skip_space();
  bool take(char wanted);
  void require(char wanted);
  std::string string();
  void escape(std::string& into);
  ManifestValue number();
  ManifestValue value();

  std::string_view text_;
  const std::string& where_;
  std::size_t at_ = 0;
};

}  // namespace truce

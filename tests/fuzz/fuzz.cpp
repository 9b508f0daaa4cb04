// The folder, the checks and the verdicts of the fuzz targets.
#include "tests/fuzz/fuzz.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace truce::fuzz {
namespace {

/// Goes with the process: libFuzzer ends by exit.
class Temporary {
 public:
  Temporary() {
    std::string pattern = (std::filesystem::temp_directory_path() / "truce-fuzz-XXXXXX").string();
    require(::mkdtemp(pattern.data()) != nullptr, "a temporary folder");
    path = pattern;
  }
  ~Temporary() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  std::filesystem::path path;
};

}  // namespace

void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

std::string refusal(std::initializer_list<Exit> allowed, const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    std::string text = error.what();
    require(std::ranges::find(allowed, error.exit()) != allowed.end(), "the exit code is allowed: " + text);
    require(!text.empty(), "an error has a text");
    return text;
  }
  return "";
}

const std::filesystem::path& folder() {
  static const Temporary temporary;
  return temporary.path;
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string_view cut_before(std::string_view& text, std::string_view mark) {
  const std::string line = "\n" + std::string(mark) + "\n";
  const auto at = text.find(line);
  const std::string_view before = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + line.size());
  return before;
}

}  // namespace truce::fuzz

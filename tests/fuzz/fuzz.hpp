// What all fuzz targets share: what is accepted must hold, what is refused must be an Error of an allowed exit code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "sweep/base/error.hpp"

namespace truce::fuzz {

/// Ends the program, which libFuzzer reports with the input, unless `holds`.
void require(bool holds, std::string_view what);

/// Runs `action`; its message if it was refused, "" if not. An Error of another exit code than `allowed`, or any other
/// exception, ends the program.
std::string refusal(std::initializer_list<Exit> allowed, const std::function<void()>& action);

/// A folder of this process that goes with it.
const std::filesystem::path& folder();

void write_file(const std::filesystem::path& path, std::string_view bytes);

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The part of `text` before the first line `mark`, which is dropped with it; `text` keeps the rest ("" without mark).
std::string_view cut_before(std::string_view& text, std::string_view mark);

}  // namespace truce::fuzz

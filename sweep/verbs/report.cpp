// `report`: finds the report's script and a Python that can run it, and becomes that.
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "sweep/store/child.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

/// Where the build tree says that its sources are; "" in an installed tree.
std::string source_of(const fs::path& folder) {
  constexpr std::string_view key = "CMAKE_HOME_DIRECTORY:INTERNAL=";
  std::ifstream cache(folder / "CMakeCache.txt");
  for (std::string line; std::getline(cache, line);)
    if (line.starts_with(key)) return line.substr(key.size());
  return "";
}

/// The script of the tree that this program stands in, installed or built: both can be moved, and hold no other's path.
fs::path report_script() {
  std::error_code fault;
  const fs::path folder = fs::read_symlink("/proc/self/exe", fault).parent_path();
  fs::path installed = folder.parent_path() / "share" / "truce" / "analysis" / "report.py";
  if (fs::exists(installed)) return installed;
  const std::string source = source_of(folder);
  fs::path built = fs::path(source) / "analysis" / "report.py";
  if (!source.empty() && fs::exists(built)) return built;
  throw Error(Exit::usage, "the report's script is not there (" + installed.string() +
                               (source.empty() ? "" : ", " + built.string()) +
                               "); install truce whole, or run python3 analysis/report.py FILE from its sources");
}

/// The first python3 on PATH may be a build of its own without h5py; Debian's packages serve Debian's interpreter.
std::string python_for_report() {
  for (const char* python : {"python3", "/usr/bin/python3"}) {
    try {
      const auto said = output_of({python, "-c", "import numpy, h5py, matplotlib, jinja2; print('yes')"}, 120);
      if (said && said->starts_with("yes")) return python;
    } catch (const Error&) {  // there is no such program
    }
  }
  throw Error(Exit::usage,
              "no python3 can import numpy, h5py, matplotlib and jinja2 (the report needs them); install them with "
              "apt-get install python3-numpy python3-h5py python3-matplotlib python3-jinja2");
}

}  // namespace

Exit report(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {"out"}, false);
  if (parsed.positional().empty())
    throw Error(Exit::usage, "no result file is named (the report is about one or several); name it, e.g. first.h5");
  for (const std::string& file : parsed.positional()) {
    require_existing(file, "result file");
    require_no_study(file);
  }
  std::vector<std::string> words{python_for_report(), "-B", report_script().string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::cout.flush();
  ::execvp(pointers.front(), pointers.data());
  throw Error(Exit::io, words.front() + " could not be started (" + std::strerror(errno) +
                            "); start it by hand: " + words.front() + " " + words[2] + " FILE");
}

}  // namespace truce

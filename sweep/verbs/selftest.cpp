// `selftest`: known answers through the whole path, by the crew that it was started in.
#include "analysis/selftest/selftest.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <iomanip>
#include <iostream>

#include "sweep/crew/collective.hpp"
#include "sweep/verbs/crewed.hpp"

namespace truce {
namespace {

namespace fs = std::filesystem;
using analysis::Answered;
using analysis::ComparedAnswer;
using analysis::Nearness;

/// On rank 0: a new folder, which goes with this unless it is kept.
class Folder {
 public:
  void make_in(const std::string& parent) {
    std::string name = (fs::path(parent) / "truce-selftest-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw Error(Exit::io, "no folder can be made in " + parent + " (" + std::strerror(errno) +
                                "); name one that all processes see and may write to: --folder DIR");
    path = name;
  }
  Folder() = default;
  ~Folder() {
    std::error_code ignored;
    if (!path.empty() && !keep) fs::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path path;
  bool keep = false;
};

const char* word_of(Nearness nearness) {
  return nearness == Nearness::inside ? "inside" : nearness == Nearness::near ? "near" : "OUTSIDE";
}

void print_line(const std::string& quantity, const ComparedAnswer& c) {
  std::cout << "  " << std::left << std::setw(34) << quantity << std::right << std::fixed << std::setprecision(4)
            << std::setw(9) << c.expected << std::setw(9) << c.got << std::setw(10) << c.low << std::setw(9) << c.high
            << "  " << word_of(c.nearness) << "\n";
}

/// With `quiet` only what is not as it must be.
void print(const Answered& study, bool quiet) {
  const bool same = study.content == study.expected_content;
  if (!quiet)
    std::cout << study.study << std::string(36 - study.study.size(), ' ') << " expected      got       low     high\n";
  for (const ComparedAnswer& c : study.compared)
    if (!quiet || c.nearness == Nearness::outside) print_line(quiet ? study.study + " " + c.quantity : c.quantity, c);
  if (!quiet || !same)
    std::cout << "  content " << study.content
              << (same ? "  the same everywhere" : "  DIFFERS from " + study.expected_content) << "\n";
}

/// Returns whether all holds.
bool print_end(const std::vector<Answered>& answered, int ranks, double seconds) {
  std::array<std::size_t, 3> counts{};
  std::size_t differing = 0;
  for (const Answered& study : answered) {
    differing += study.content != study.expected_content;
    for (const ComparedAnswer& c : study.compared) ++counts[static_cast<std::size_t>(c.nearness)];
  }
  const bool holds = all_hold(answered);
  std::cout << counts[0] << " numbers inside their 95 % intervals, " << counts[1] << " near, " << counts[2]
            << " outside; " << answered.size() - differing << " of " << answered.size()
            << " contents as everywhere; on " << ranks << (ranks == 1 ? " rank, " : " ranks, ") << std::fixed
            << std::setprecision(1) << seconds << " s: "
            << (holds ? "passed" : "FAILED (this program does not compute what is known; do not use its results)")
            << std::endl;
  return holds;
}

}  // namespace

Exit selftest(const Arguments& arguments) {
  return with_crew([&](Crew& crew) {
    const bool first = crew.rank() == 0;
    Folder folder;
    bool quiet = false;
    std::string instruction_set;
    together(crew, [&] {
      const Parsed parsed(arguments, {"quiet", "keep"}, {"folder", "instruction-set"}, false);
      if (!parsed.positional().empty())
        throw Error(Exit::usage, "selftest takes no file (its studies are its own); see truce selftest --help");
      quiet = parsed.flag("quiet");
      folder.keep = parsed.flag("keep");
      instruction_set = parsed.option("instruction-set");
      if (first) folder.make_in(parsed.given("folder") ? parsed.option("folder") : ".");
    });
    const fs::path shared = broadcast(crew, folder.path.string());
    const auto begun = std::chrono::steady_clock::now();
    std::vector<Answered> answered;
    for (const analysis::KnownStudy& study : analysis::known_studies()) {
      answered.push_back(analysis::answer_study(crew, study, shared, instruction_set));
      if (first) print(answered.back(), quiet);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    const bool holds = first && print_end(answered, crew.size(), took.count());
    return broadcast(crew, holds ? "holds" : "") == "holds" ? Exit::done : Exit::internal;
  });
}

}  // namespace truce

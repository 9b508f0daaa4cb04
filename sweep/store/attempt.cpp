// Attempt numbers by atomic mkdir, and the plan that the first attempt publishes for all.
#include "sweep/store/attempt.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <sstream>
#include <vector>

#include "sweep/base/sha256.hpp"

namespace truce {
namespace {

constexpr std::uint32_t most_attempts = 1'000'000;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string only_in(const std::string& text, const std::string& other, const std::string& label) {
  const std::vector<std::string> known = lines_of(other);
  std::string result;
  for (const std::string& line : lines_of(text)) {
    if (std::ranges::find(known, line) == known.end()) result += "\n  " + label + ": " + line;
  }
  return result;
}

std::string to_text(const PublishedPlan& plan) {
  const std::string body =
      "block " + std::to_string(plan.block) + "\nstudy_id " + plan.study_id + "\n" + plan.canonical;
  return "truce plan 1\nsha256 " + hex(sha256(body)) + "\n" + body;
}

bool take(std::string_view& text, std::string_view prefix, std::string_view& value) {
  const std::size_t end = text.find('\n');
  if (!text.starts_with(prefix) || end == std::string_view::npos) return false;
  value = text.substr(prefix.size(), end - prefix.size());
  text.remove_prefix(end + 1);
  return true;
}

std::optional<PublishedPlan> from_text(std::string_view text) {
  PublishedPlan plan;
  std::string_view version, hash, block, id;
  if (!take(text, "truce plan ", version) || version != "1" || !take(text, "sha256 ", hash)) return std::nullopt;
  if (hash != hex(sha256(text))) return std::nullopt;
  if (!take(text, "block ", block) || !take(text, "study_id ", id)) return std::nullopt;
  const auto parsed = std::from_chars(block.data(), block.data() + block.size(), plan.block);
  if (parsed.ec != std::errc() || parsed.ptr != block.data() + block.size()) return std::nullopt;
  if (plan.block < 1) return std::nullopt;
  plan.study_id = id;
  plan.canonical = text;
  return plan;
}

}  // namespace

std::filesystem::path journal_folder(const std::filesystem::path& file) { return file.string() + ".journal"; }

std::filesystem::path attempt_folder(const std::filesystem::path& folder, std::uint32_t attempt,
                                     const std::optional<Share>& share) {
  return folder / ("attempt-" + zero_padded(attempt, 4) + (share ? "." + name_of(*share) : ""));
}

std::optional<std::uint32_t> attempt_number(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  std::uint32_t number = 0;
  if (!name.starts_with("attempt-")) return std::nullopt;
  const auto [end, fault] = std::from_chars(name.data() + 8, name.data() + name.size(), number);
  const std::string_view rest(end, name.data() + name.size());
  const bool good = rest.empty() || (rest.starts_with(".") && share_of(rest.substr(1)));
  return fault == std::errc() && good && number <= most_attempts ? std::optional(number) : std::nullopt;
}

std::uint32_t last_attempt(const std::filesystem::path& folder) {
  std::uint32_t last = 0;
  if (!std::filesystem::is_directory(folder)) return last;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    last = std::max(last, attempt_number(entry.path()).value_or(0));
  }
  return last;
}

std::uint32_t begin_attempt(const std::filesystem::path& folder, const std::optional<Share>& share) {
  make_folder(folder);
  for (std::uint32_t attempt = last_attempt(folder) + 1;; ++attempt) {
    const std::filesystem::path path = attempt_folder(folder, attempt, share);
    if (attempt > most_attempts)
      throw Error(Exit::usage, "there is no number left for " + path.string() + " (attempts count to " +
                                   std::to_string(most_attempts) + "); if a folder there was not made by truce, move " +
                                   "it away");
    if (::mkdir(path.c_str(), 0777) == 0) {
      sync_folder(folder);
      sync_folder(folder_of(folder));  // who made the journal folder may have died before its name was durable
      return attempt;
    }
    if (errno != EEXIST) throw_write_error(path.string(), 0, errno);
  }
}

std::optional<PublishedPlan> read_plan(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "plan";
  if (!std::filesystem::exists(path)) return std::nullopt;
  std::optional<PublishedPlan> plan = from_text(read_text(path));
  if (!plan) {
    throw Error(Exit::corrupt, path.string() +
                                   " is damaged (it does not match its checksum); restore it, or remove "
                                   "it to let the next run choose its block size anew");
  }
  return plan;
}

PublishedPlan publish_plan(const std::filesystem::path& folder, const PublishedPlan& plan) {
  make_folder(folder);
  if (publish_once(folder / "plan", to_text(plan))) return plan;
  const std::optional<PublishedPlan> there = read_plan(folder);
  if (!there) throw Error(Exit::io, (folder / "plan").string() + " vanished while it was read; run again");
  require_same_study(folder.string(), *there, plan);
  return *there;
}

void require_same_study(const std::string& where, const PublishedPlan& there, const PublishedPlan& ours) {
  if (there.study_id == ours.study_id) return;
  std::string difference =
      only_in(there.canonical, ours.canonical, "there") + only_in(ours.canonical, there.canonical, "now  ");
  if (difference.empty()) difference = "\n  the texts agree, but the numeric fingerprints of the two programs do not";
  throw Error(Exit::usage, where +
                               " belongs to another study (its results would be mixed); give this study another "
                               "file, or move the old one away. What differs:" +
                               difference);
}

}  // namespace truce

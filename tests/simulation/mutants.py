"""Breaks the work loop and the journal one line at a time, and shows that the simulated schedules notice.

    python3 tests/simulation/mutants.py build/release [SCHEDULES]

Needs the built target schedules_test. Prints a table; ends with 1 if a mutant survives.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

LEAD, LOOP, DISPATCH = "sweep/crew/work_lead.cpp", "sweep/crew/work_loop.cpp", "sweep/crew/dispatch.cpp"
SCAN, FRAME = "sweep/store/journal_scan.cpp", "sweep/store/frame.cpp"

# what it breaks, file, the text and what takes its place
MUTANTS = [
    ("feeds without asking has_next", LEAD, "|| peer.left || !dispatcher_->has_next()) continue;",
     "|| peer.left || dispatcher_->complete()) continue;"),
    ("loses the stop request", LEAD, "if (dispatcher_->stopped()) {\n      tell_stop();",
     "if (failure_) {\n      tell_stop();"),
    ("stop does not stop the dispatcher", DISPATCH, "  stopped_ = true;\n", ""),
    ("a failure does not stop the dispatcher", LEAD,
     "if (failure_) stop(failure_->text, now_ + watch_.patience_after_failure);", ""),
    ("counts every report twice", LEAD, "  runs_ += runs;", "  runs_ += 2 * runs;"),
    ("forgets failed runs", LEAD, "  failed_ += failed;", ""),
    ("the last failure counts", LEAD, "  if (failure_) return;\n  if (crew_.size() > 1)", "  if (crew_.size() > 1)"),
    ("no grace: never aborts", LEAD, "    throw Error(failure_ ?", "    return;\n    throw Error(failure_ ?"),
    ("aborts without a failure", LEAD, "if (!failure_ && !given_up_) return;",
     "if (!dispatcher_->stopped()) return;"),
    ("aborts with another code", LEAD, "Error(failure_ ? failure_->exit : Exit::incomplete,", "Error(Exit::internal,"),
    ("aborts a failure as incomplete", LEAD, "Error(failure_ ? failure_->exit : Exit::incomplete,",
     "Error(Exit::incomplete,"),
    ("aborts in a quarter of the grace", LEAD, "*peer.asked <= watch_.grace)", "*peer.asked <= watch_.grace / 4)"),
    ("the grace of a block given up counts from the stop request", LEAD, "if (!peer.asked || tag == Tag::give_up)",
     "if (!peer.asked)"),
    ("alive is an answer to give_up", LEAD, "if (!given_up_) peer.asked.reset();", "peer.asked.reset();"),
    ("answers are not heard", LEAD, "if (!given_up_) peer.asked.reset();", ""),
    ("asks only once whether a rank is there", LEAD, "const bool again = failure_ && stop_told_",
     "const bool again = false && stop_told_"),
    ("ends while ranks compute", LEAD, "return stop_told_ ? present_ == 0 : held_ == 0;", "return true;"),
    ("ends after a stop without waiting for those who compute", LEAD, "return stop_told_ ? present_ == 0 : held_ == 0;",
     "return stop_told_.has_value() || held_ == 0;"),
    ("waits for leave without having asked", LEAD, "return stop_told_ ? present_ == 0 : held_ == 0;",
     "return present_ == 0;"),
    ("tells the end to all but the last", LEAD, "rank < crew_.size(); ++rank) crew_.send(rank, message);",
     "rank < crew_.size() - 1; ++rank) crew_.send(rank, message);"),
    ("says done although units are missing", LEAD, "} else if (!dispatcher_->complete()) {", "} else if (false) {"),
    ("hands the first unit of each block out twice", DISPATCH, "range = {front ? block.end() : range.first, range.count - count};",
     "range = front && count > 1 ? Range{block.end() - 1, range.count - count + 1}"
     " : Range{front ? block.end() : range.first, range.count - count};"),
    ("a range ends too early from the back", DISPATCH, "range = {front ? block.end() : range.first, range.count - count};",
     "range = {front ? block.end() : range.first, range.count - count - (front || range.count == count ? 0 : 1)};"),
    ("skips a range", DISPATCH, "if (range.count == 0) front ? left_.pop_front() : left_.pop_back();",
     "if (range.count == 0) front ? left_.pop_front() : left_.pop_back();\n  if (left_.size() > 1) left_.pop_front();"),
    ("a rank begins what it has ahead after a stop", LOOP, "      ahead_.clear();\n      stopping_ = true;",
     "      stopping_ = true;"),
    ("a rank drops its block at a stop", LOOP, "      ahead_.clear();\n      stopping_ = true;",
     "      ahead_.clear();\n      hand_.drop();\n      stopping_ = true;"),
    ("a rank leaves without a word", LOOP, "if (stopping_) say(Tag::leave);", ""),
    ("a rank answers no stop while it computes", LOOP, "say(hand_.busy() ? Tag::alive : Tag::leave);",
     "if (!hand_.busy()) say(Tag::leave);"),
    ("a rank that failed goes on", LOOP, "    left_ = true;\n    crew_.send(0, {0, Tag::failure",
     "    crew_.send(0, {0, Tag::failure"),
    ("a rank keeps its failure for itself", LOOP,
     "    crew_.send(0, {0, Tag::failure, 0, 0, static_cast<std::int64_t>(failure.exit), 0, failure.text});", ""),
    ("a failing rank's code is lost", LOOP, "static_cast<std::int64_t>(failure.exit), 0, failure.text",
     "static_cast<std::int64_t>(Exit::internal), 0, failure.text"),
    ("blocks in hand are never given up", LEAD, "if (given_up_ || now_ < give_up_at_) return;", "return;"),
    ("blocks in hand are given up at once", LEAD, "if (given_up_ || now_ < give_up_at_) return;",
     "if (given_up_) return;"),
    ("a failure has the patience of a stop", LEAD, "now_ + watch_.patience_after_failure", "now_ + watch_.patience"),
    ("the patience of the first reason counts", LEAD, "give_up_at_ = std::min(give_up_at_, until);",
     "if (give_up_at_ > 1e300) give_up_at_ = until;"),
    ("patience begins before the limit", LEAD, "std::max(now_, watch_.end) + watch_.patience",
     "now_ + watch_.patience"),
    ("patience begins with the slice of rank 0", LEAD, "    guard([&] { read_clock(); });\n    listen();",
     "    listen();\n    guard([&] { read_clock(); });"),
    ("rank 0 keeps the block that it gave up", LEAD, "  hand_.drop();\n  tell(Tag::give_up);", "  tell(Tag::give_up);"),
    ("a rank does not give up", LOOP, "message.tag == Tag::give_up && !left_", "false"),
    ("a rank keeps the block that it gave up", LOOP, "      hand_.drop();\n      ahead_.clear();\n      say(Tag::leave);",
     "      ahead_.clear();\n      say(Tag::leave);"),
    ("a rank gives up without a word", LOOP, "      hand_.drop();\n      ahead_.clear();\n      say(Tag::leave);",
     "      hand_.drop();\n      ahead_.clear();"),
    ("the limit is ignored", LEAD, "if (now_ + longest_ >= watch_.end)", "if (false)"),
    ("a block is begun just before the limit", LEAD, "if (now_ + longest_ >= watch_.end)", "if (now_ >= watch_.end)"),
    ("the blocks of others are not timed", LEAD, "    longest_ = std::max(longest_, now_ - peer.since);\n", ""),
    ("the blocks of rank 0 are not timed", LEAD, "    longest_ = std::max(longest_, watch_.clock() - begun_);\n", ""),
    ("news are not looked for", LEAD, "if (watch_.news && dispatcher_->has_next()) hear_news();", ""),
    ("news are ignored", LEAD, "for (const Range& range : watch_.news()) units += dispatcher_->committed(range);",
     "watch_.news();"),
    ("news take the rest of a range, too", DISPATCH, "for (const Range& kept : {tail, head}) {",
     "for (const Range& kept : {head}) {"),
    ("news are not counted", DISPATCH, "  units_left_ -= taken;\n", ""),
    ("a signal to one rank is not passed on", LOOP, "    say(Tag::stop, std::move(reason));\n", ""),
    ("a signal to one rank is not heard", LEAD, "    stop(message.text, now_ + watch_.patience);\n", "    return;\n"),
    ("a rank passes no signal on after a stop", LOOP, "if (asked_ || !watch_.stop) return;",
     "if (stopping_ || asked_ || !watch_.stop) return;"),
    ("rank 0 does not look at signals after a stop", LEAD, "  if (watch_.stop) {",
     "  if (watch_.stop && !dispatcher_->stopped()) {"),
    ("an idle rank passes signals on", LOOP, "      if (idle()) handle(crew_.wait());",
     "      while (idle() && !left_ && !end_) {\n        if (auto message = crew_.wait_for(0.2)) handle(*message);\n"
     "        if (!end_) ask_to_stop();\n      }\n      if (idle() && !end_) handle(crew_.wait());"),
    ("a scan does not compare the payload's checksum", SCAN, "beat_) != header->crc)", "beat_) != header->crc && false)"),
    ("a scan stops before the last frame", SCAN, "file_.good_bytes < file_.bytes) read_frame();",
     "file_.good_bytes + 100 < file_.bytes) read_frame();"),
    ("a scan reads beyond a torn frame", SCAN, 'if (header->bytes > left - frame_header_bytes) return damaged("a frame that was cut off");',
     "if (header->bytes > left - frame_header_bytes) { scan_.frames.push_back({header->kind, units, scan_.files.size(), 0, header->bytes, 0, 0, 0});"
     ' return damaged("a frame that was cut off"); }'),
    ("a header's checksum is not compared", FRAME, "get<std::uint32_t>(bytes, 60) != crc32c(bytes.first(60)) ||", ""),
]


def built(root, build, temporary, number, file, text, instead):
    source = (root / file).read_text()
    if source.count(text) != 1:
        sys.exit(f"{file}: '{text}' stands there {source.count(text)} times (a mutant replaces one place); mend the list")
    mutated = temporary / f"{number}_{pathlib.Path(file).name}"
    mutated.write_text(source.replace(text, instead))
    program = temporary / f"mutant_{number}"
    objects = sorted((build / "tests/CMakeFiles/schedules_test.dir/simulation").glob("*.o"))
    libraries = [build / f"sweep/libtruce_{name}.a" for name in ("crew", "store", "crew", "base")]
    subprocess.run([os.environ.get("MPICXX", "mpicxx"), "-std=c++20", "-O1", "-ffp-contract=off", "-I", root, "-I",
                    build / "generated", mutated, *objects, *libraries, "-lgtest", "-lgtest_main", "-lpthread", "-o",
                    program], check=True)
    return program


def verdict(program, schedules):
    """'' if all schedules passed, else the first thing that did not hold."""
    run = subprocess.run([program, "--gtest_filter=Schedules.Lose*"], capture_output=True, text=True, timeout=3600,
                         env={**os.environ, "TRUCE_SCHEDULES": str(schedules)})
    if run.returncode == 0:
        return ""
    seed = re.search(r"TRUCE_SEED=(\d+)", run.stdout)
    what = re.search(r"attempt \d+: ([^\\\"\n]*)", run.stdout)
    if not seed:
        return f"ends with {run.returncode}"
    return f"seed {seed.group(1)}: {what.group(1) if what else 'see its output'}"


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    schedules = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    root = pathlib.Path(__file__).resolve().parents[2]
    survived = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, (what, file, text, instead) in enumerate(MUTANTS):
            found = verdict(built(root, build, pathlib.Path(folder), number, file, text, instead), schedules)
            survived += not found
            print(f"| {what} | {found or 'SURVIVED'} |", flush=True)
    print(f"{len(MUTANTS) - survived} of {len(MUTANTS)} caught by {schedules} schedules")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())

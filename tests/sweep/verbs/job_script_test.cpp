// Job scripts: Slurm's times, words for the shell, and the texts of slurm/ with a job's numbers in them.
#include "sweep/verbs/job_script.hpp"

#include <gtest/gtest.h>

#include "sweep/base/error.hpp"

namespace truce {
namespace {

Job job_of(JobForm form) {
  Job job;
  job.form = form;
  job.notes = {"first note", "second note"};
  job.nodes = 3;
  job.tasks_per_node = 5;
  job.shares = 7;
  job.time = "1-12";
  job.signal_before = 99;
  job.truce = "/opt/tru ce/bin/truce";
  job.arguments = {"/home/me/it's mine.ini", "--store.file=a.h5"};
  return job;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(SlurmTime, IsReadAsSlurmReadsIt) {
  EXPECT_EQ(slurm_seconds("90"), 90 * 60);
  EXPECT_EQ(slurm_seconds("90:30"), 90 * 60 + 30);
  EXPECT_EQ(slurm_seconds("2:00:00"), 2 * 3600);
  EXPECT_EQ(slurm_seconds("1-12"), 36 * 3600);
  EXPECT_EQ(slurm_seconds("1-12:30"), 36 * 3600 + 30 * 60);
  EXPECT_EQ(slurm_seconds("1-12:00:00"), 36 * 3600);
  EXPECT_EQ(slurm_seconds("0-00:02:05"), 125);
}

TEST(SlurmTime, OfAnotherFormIsRefused) {
  for (const char* text :
       {"",          "x",       "2h",      "1:2:3:4", "1-",    "-1",       "1-2-3",     "1:2-3",
        "1-2:3:4:5", "1.5",     " 5",      "5 ",      "0",     "00:00:00", "UNLIMITED", "99999999999999999999",
        "1:-2",      "1:75:00", "1:00:60", "90:60",   "1-2:60"}) {
    try {
      slurm_seconds(text);
      ADD_FAILURE() << "'" << text << "' was taken";
    } catch (const Error& error) {
      EXPECT_EQ(error.exit(), Exit::usage);
      EXPECT_NE(std::string(error.what()).find("--time"), std::string::npos) << text;
    }
  }
}

TEST(Rounds, AreAsManyAsTheWorkNeeds) {
  // an hour less the 120 s before its end and the minute by which Slurm may be early: 3,420 s, of 4/5 of the pilot's
  // speed
  EXPECT_EQ(rounds_of("60", 0).needed, 1);
  EXPECT_EQ(rounds_of("60", 3420 * 0.8 - 1).needed, 1);
  EXPECT_EQ(rounds_of("60", 3420 * 0.8 + 1).needed, 2);
  EXPECT_EQ(rounds_of("60", 10 * 3420 * 0.8 + 1).needed, 11);
  EXPECT_EQ(rounds_of("60", 1).signal_before, 120);
  EXPECT_EQ(rounds_of("5", 1).signal_before, 60);
  EXPECT_EQ(rounds_of("2", 1).usable, 36);
  EXPECT_THROW(rounds_of("1:50", 1), Error);
}

TEST(ShellWords, AreQuotedWhereTheShellWouldTouchThem) {
  EXPECT_EQ(quote_shell("a/b_c-1.ini"), "a/b_c-1.ini");
  EXPECT_EQ(quote_shell("--inputs.x=uniform(0, 1)"), "'--inputs.x=uniform(0, 1)'");
  EXPECT_EQ(quote_shell("it's"), "'it'\\''s'");
  EXPECT_EQ(quote_shell(""), "''");
}

TEST(JobScript, HoldsTheNumbersOfTheJob) {
  for (const JobForm form : {JobForm::one_job, JobForm::chain, JobForm::shares}) {
    const std::string script = job_script(job_of(form));
    EXPECT_TRUE(script.starts_with("#!/bin/bash\n# first note\n# second note\n#SBATCH --job-name=truce")) << script;
    for (const char* line : {"#SBATCH --nodes=3\n", "#SBATCH --ntasks-per-node=5\n", "#SBATCH --time=1-12\n",
                             "#SBATCH --signal=B:USR1@99\n", "TRUCE=${TRUCE:-'/opt/tru ce/bin/truce'}\n",
                             "set -- '/home/me/it'\\''s mine.ini' --store.file=a.h5\n"})
      EXPECT_EQ(count_of(script, line), 1U) << line;
    EXPECT_EQ(count_of(script, "#SBATCH --array=1-7\n"), form == JobForm::shares ? 1U : 0U);
    EXPECT_EQ(count_of(script, "#SBATCH --requeue\n"), form == JobForm::one_job ? 0U : 1U);
  }
}

TEST(JobScript, NeedsNoOtherFile) {
  for (const JobForm form : {JobForm::one_job, JobForm::chain, JobForm::shares}) {
    const std::string script = job_script(job_of(form));
    EXPECT_EQ(count_of(script, "source "), 0U);
    EXPECT_EQ(count_of(script, "\nlaunch() {\n"), 1U);
    EXPECT_EQ(count_of(script, "scontrol show job"), 0U);
    EXPECT_EQ(count_of(script, form == JobForm::one_job ? "\nrun \"$@\"\n" : "\nround \"$@\""), 1U);
  }
}

}  // namespace
}  // namespace truce

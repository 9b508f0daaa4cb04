// Crews of one and of threads: messages, collectives, launch detection, and the stage that repeats schedules.
#include "sweep/crew/crew.hpp"

#include <gtest/gtest.h>

#include <map>

#include "sweep/crew/collective.hpp"
#include "sweep/crew/crew_threads.hpp"
#include "tests/sweep/crew/crew_checks.hpp"

namespace truce {
namespace {

int processes_in(const std::map<std::string, std::string>& environment) {
  return launched_processes([&](const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? nullptr : found->second.c_str();
  });
}

TEST(Message, SurvivesBytes) {
  const Message sent{0, Tag::failure, -1, std::int64_t{1} << 40, 75, 3, std::string("a\0b", 3)};
  const Message got = decode(encode(sent), 4);
  EXPECT_EQ(got.from, 4);
  EXPECT_EQ(got.tag, Tag::failure);
  EXPECT_EQ(got.first, -1);
  EXPECT_EQ(got.count, std::int64_t{1} << 40);
  EXPECT_EQ(got.value, 75);
  EXPECT_EQ(got.failed, 3);
  EXPECT_EQ(got.text, std::string("a\0b", 3));
}

TEST(Message, RefusesForeignBytes) {
  EXPECT_THROW(decode(std::vector<std::byte>(8), 0), Error);
  EXPECT_THROW(decode(std::vector<std::byte>(40, std::byte{0xff}), 0), Error);
}

TEST(Launch, IsSeenOnlyUnderALauncher) {
  EXPECT_EQ(processes_in({}), 0);
  EXPECT_EQ(processes_in({{"OMPI_COMM_WORLD_SIZE", "4"}}), 4);
  EXPECT_EQ(processes_in({{"PMI_RANK", "0"}, {"PMI_SIZE", "3"}}), 3);
  EXPECT_EQ(processes_in({{"PMIX_RANK", "2"}}), 1);
  EXPECT_EQ(processes_in({{"SLURM_PROCID", "1"}, {"SLURM_STEP_NUM_TASKS", "8"}, {"PMIX_RANK", "1"}}), 8);
}

TEST(Launch, IsNotSeenInABatchScriptOrASingleTask) {
  EXPECT_EQ(processes_in({{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "8"}}), 0);
  EXPECT_EQ(processes_in({{"SLURM_PROCID", "0"}, {"SLURM_STEP_NUM_TASKS", "1"}}), 0);
}

TEST(LocalCrew, IsAloneAndRefusesToWaitForever) {
  const auto crew = make_local_crew();
  EXPECT_EQ(crew->rank(), 0);
  EXPECT_EQ(crew->size(), 1);
  EXPECT_FALSE(crew->poll());
  EXPECT_FALSE(crew->wait_for(100));
  EXPECT_THROW(crew->wait(), Error);
}

TEST(LocalCrew, DoesCollectives) { EXPECT_EQ(check_collectives(*make_local_crew()), ""); }

TEST(ThreadCrew, DoesCollectivesInAnyOrder) {
  for (std::uint64_t seed = 0; seed < 7; ++seed) {
    std::string problems;
    run_threads(static_cast<int>(seed) + 1, seed, [&](Crew& crew) {
      const std::string found = check_collectives(crew);
      if (crew.rank() == 0) problems = found;
    });
    EXPECT_EQ(problems, "") << "seed " << seed;
  }
}

/// Who sent the messages that rank 0 got, in order.
std::string senders_seen(std::uint64_t seed) {
  std::string order;
  run_threads(4, seed, [&](Crew& crew) {
    if (crew.rank() == 0) {
      std::vector<std::int64_t> last(4, -1);
      for (int n = 0; n < 9; ++n) {
        const Message message = crew.wait();
        order += std::to_string(message.from);
        EXPECT_EQ(message.first, ++last.at(static_cast<std::size_t>(message.from)));
      }
    } else {
      for (std::int64_t n = 0; n < 3; ++n) crew.send(0, {0, Tag::work, n, 0, 0, 0, ""});
    }
  });
  return order;
}

TEST(ThreadCrew, KeepsTheOrderOfOneSenderAndShufflesSenders) {
  std::map<std::string, int> orders;
  for (std::uint64_t seed = 0; seed < 50; ++seed) ++orders[senders_seen(seed)];
  EXPECT_GT(orders.size(), 20u);
}

TEST(ThreadCrew, RepeatsTheScheduleOfASeed) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) EXPECT_EQ(senders_seen(seed), senders_seen(seed));
}

TEST(ThreadCrew, ReportsRanksThatWaitForEachOther) {
  EXPECT_THROW(run_threads(3, 1, [](Crew& crew) { crew.wait(); }), Error);
}

TEST(ThreadCrew, AbortEndsEveryRank) {
  const int code = run_threads(4, 1, [](Crew& crew) {
    if (crew.rank() == 2) crew.abort(7);
    crew.wait();
  });
  EXPECT_EQ(code, 7);
}

TEST(ThreadCrew, ThrowsWhatABodyThrew) {
  const auto body = [](Crew& crew) {
    if (crew.rank() == 1) throw Error(Exit::corrupt, "x");
    crew.wait();
  };
  EXPECT_THROW(run_threads(3, 1, body), Error);
}

}  // namespace
}  // namespace truce

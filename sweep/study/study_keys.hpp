// The keys of a study, typed by Boost.Program_options, from the file's records and the command line's options.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sweep/study/plan.hpp"
#include "sweep/study/records.hpp"

namespace truce {

/// A key whose name is not declared here: an input of a kernel.
struct FreeKey {
  std::string where;
  std::string kernel;  ///< of [inputs.forts]: forts; "": of every kernel of the study that has the input
  std::string name, value;
};

/// A section [claim C1]; its parts for one kernel stand in [claim C1.forts].
struct ClaimSection {
  std::string name;             ///< C1
  std::string where;            ///< "file:line: claim C1", of its first heading
  std::vector<Record> records;  ///< in the order of the file
};

/// All keys with their types, before anything is asked of the kernel.
struct StudyKeys {
  std::string source;  ///< the study file as the user names it, for messages
  std::string title;
  std::string kernel;                 ///< one, or several with commas
  std::string kernel_of_file;         ///< what the file has where an option has taken its place, else ""
  std::vector<std::string> left_out;  ///< kernels of the file that the option leaves out (leave_out_kernels)
  std::uint64_t seed = 0;
  std::uint32_t replicates = 1;
  std::string precision_of;         ///< "": off
  std::optional<double> precision;  ///< half-width
  std::optional<std::uint32_t> replicates_max;
  bool common_random_numbers = false;
  Arithmetic arithmetic = Arithmetic::in_double;
  std::optional<Method> method;
  std::optional<Method> base;  ///< of method = paired
  std::optional<std::int64_t> points;
  std::string list_file;
  std::vector<std::int64_t> grid;       ///< levels of each dimension of a grid; empty: those of the inputs
  std::optional<std::size_t> declared;  ///< inputs of all kernels; empty: of those of the study
  std::vector<FreeKey> inputs, levers, dimensions, groups, pair;  ///< in the order of the file, then of the options
  std::vector<ClaimSection> claims;                               ///< in the order of the file
  std::vector<std::string> only_claims;                           ///< names; empty: all
  std::vector<std::string> claim_ranges{"full", "inner"};
  std::optional<Claim> claim;  ///< of one study among those that the claims make, or of a stored one
  std::string store_file;
  Rows rows = Rows::point;
  bool quantiles = false;
  std::optional<std::int64_t> block;
  std::map<std::string, std::string> where;  ///< "section.key" -> where it stands, for those that are given

  bool has(const std::string& key) const { return where.contains(key); }
  /// Where a message about `key` points: its line or option, or the file if it is not given.
  std::string at(const std::string& key) const;
  /// How base points are placed (Plan::placement); nothing without a method.
  std::optional<Method> placement() const;
};

const std::vector<std::string>& study_sections();
/// "section.key" of those that may stand in a file without a value, as if they were absent.
const std::vector<std::string>& keys_that_may_be_empty();
/// In the order of Arithmetic.
const std::vector<std::string>& arithmetic_names();
const std::vector<std::string>& method_names();
inline const std::string& name_of(Method method) { return method_names()[static_cast<std::size_t>(method)]; }
const std::vector<std::string>& rows_names();
/// (method, what it does) in the order of `method_names`, for --help.
std::vector<std::pair<std::string, std::string>> method_help();

/// Types every key; an option of the command line replaces the file's key. All faults go to `problems`.
StudyKeys read_keys(const std::string& source, std::vector<Record> records, const std::vector<std::string>& options,
                    Problems& problems);

}  // namespace truce

// The verbs of the command line: each a name, a help text and a function.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sweep/base/error.hpp"

namespace truce {

using Arguments = std::vector<std::string>;

struct Verb {
  std::string_view name;
  std::string_view usage;    ///< "run STUDY [options]"
  std::string_view summary;  ///< one line
  std::string_view help;     ///< what `truce VERB --help` adds
  Exit (*act)(const Arguments&);
};

Exit run(const Arguments&);
Exit seal(const Arguments&);
Exit extend(const Arguments&);
Exit check(const Arguments&);
Exit list_kernels(const Arguments&);
Exit describe(const Arguments&);
Exit status(const Arguments&);
Exit verify(const Arguments&);
Exit replay(const Arguments&);
Exit export_csv(const Arguments&);
Exit repair(const Arguments&);
Exit gc(const Arguments&);
Exit diff(const Arguments&);
Exit slurm(const Arguments&);
Exit analyze(const Arguments&);
Exit calibrate(const Arguments&);
Exit selftest(const Arguments&);
Exit report(const Arguments&);
Exit claims(const Arguments&);
Exit box(const Arguments&);

/// True if the file begins as HDF5 files do, or if there is none of that name.
bool looks_like_result(const std::string& name);

/// Throws Error(usage) if `name` is a study and nothing beside it says that it was a result once.
void require_no_study(const std::string& name);

/// Throws Error(usage) unless there is something of that name; `what` it should be, e.g. "result file".
void require_existing(const std::string& name, std::string_view what);

/// Throws Error(usage) if two of them are one file, also by two names; `done` is what would happen to it twice.
void require_different(const std::vector<std::string>& files, std::string_view done);

/// Throws Error(usage) if `file`, which an option names to be written, is a folder, Error(io) if its own is not there.
void require_place(std::string_view option, const std::string& file);

/// All verbs, in the order of the help.
const std::vector<Verb>& verbs();

/// Arguments of one verb: positionals, `--name value` or `--name=value`, and flags.
class Parsed {
 public:
  /// Throws Error(usage) for an unknown option (with the nearest name, and `hint` behind it), one given twice or a
  /// missing value. `section.key` options are always accepted where `study_options` is true.
  Parsed(const Arguments& arguments, const std::vector<std::string>& flags, const std::vector<std::string>& options,
         bool study_options, const std::string& hint = "");
  bool flag(std::string_view name) const;
  /// An option was given; its value is never empty.
  bool given(std::string_view name) const { return !option(name).empty(); }
  /// "" if not given.
  std::string option(std::string_view name) const;
  /// The words between the commas of an option, without blanks around them; none if it was not given.
  std::vector<std::string> words(std::string_view name) const;
  /// Whole number of an option within lo..hi, or `standard` if it was not given.
  long long number(std::string_view name, long long standard, long long lo, long long hi) const;
  const std::vector<std::string>& positional() const { return positional_; }
  /// The only positional; throws Error(usage) naming `what` if there is none or more than one.
  std::string only(std::string_view what) const;
  /// The same where it must name something that exists already.
  std::string existing(std::string_view what) const;
  const std::vector<std::string>& study() const { return study_; }  ///< "--section.key=value" options

 private:
  /// What stands behind argument `i`, after = or as the next word; throws Error(usage) if nothing does.
  static std::string value_of(const Arguments& arguments, std::size_t& i);

  std::vector<std::string> positional_, flags_, study_;
  std::vector<std::pair<std::string, std::string>> options_;
};

}  // namespace truce

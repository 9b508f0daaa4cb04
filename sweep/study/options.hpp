// Study keys on the command line: --section.key=value or --section.key value.
#pragma once

#include <boost/program_options/options_description.hpp>
#include <string>
#include <vector>

#include "sweep/study/records.hpp"

namespace truce {

/// One record an option, `where` = "option --section.key"; inputs and levers take any key.
/// Unknown, repeated and empty options go to `problems`.
std::vector<Record> parse_options(const std::vector<std::string>& options,
                                  const boost::program_options::options_description& declared, Problems& problems);

}  // namespace truce

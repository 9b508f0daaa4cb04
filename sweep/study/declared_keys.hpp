// The keys of a study that have names of their own, with type and meaning.
#pragma once

#include <boost/program_options/options_description.hpp>

#include "sweep/study/study_keys.hpp"

namespace truce {

/// Options "section.key" that put what they are given into `keys`, which must outlive them. A value that does not fit
/// throws Error(usage) when it is stored.
boost::program_options::options_description declare_keys(StudyKeys& keys);

}  // namespace truce

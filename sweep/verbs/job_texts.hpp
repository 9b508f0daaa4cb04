// The files of slurm/ as texts: they are compiled in, so that a truce that was moved still has them.
#pragma once

namespace truce {

extern const char one_job_text[], chain_text[], shares_text[];  ///< the scripts
extern const char job_functions_text[];                         ///< what they share

}  // namespace truce

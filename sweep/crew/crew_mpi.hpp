// The crew over MPI; make_crew (crew.hpp) chooses it under a launcher.
#pragma once

#include <memory>

#include "sweep/crew/crew.hpp"

namespace truce {

/// Initialises MPI; the destructor finalises it, for which all ranks must come to it. Destroyed by an exception it ends
/// all ranks instead, as nobody else knows of the exception.
std::unique_ptr<Crew> make_mpi_crew();

}  // namespace truce

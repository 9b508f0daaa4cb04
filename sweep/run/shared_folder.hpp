// That all ranks write to one folder: on disks of their own nearly all work would be found missing at the end.
#pragma once

#include <filesystem>

#include "sweep/crew/crew.hpp"

namespace truce {

/// Collective. `folder` is what rank 0 has made; a network file system may show it to the others some seconds late.
/// Throws AgreedError(io), naming both hosts, if a rank does not see it after 10 s, or has one of its own there. A crew
/// of one looks at nothing.
void require_shared(Crew& crew, const std::filesystem::path& folder);

}  // namespace truce

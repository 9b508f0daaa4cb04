// The one clock by which work is timed and waits are limited; it never decides a result.
#pragma once

namespace truce {

/// Seconds since some beginning that is the same within a process; never goes back, whoever sets the time of day.
double steady_seconds();

}  // namespace truce

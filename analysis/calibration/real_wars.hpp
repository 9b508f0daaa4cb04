// The tables of analysis/real_wars as they were when the program was built; the README there says what they hold.
#pragma once

namespace truce::analysis {

extern const char real_wars_targets[];
extern const char real_wars_war_survival[];
extern const char real_wars_peace_survival[];
extern const char real_wars_matches[];

}  // namespace truce::analysis

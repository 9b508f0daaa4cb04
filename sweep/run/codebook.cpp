// Writes the layout's own attributes as tables, so that the codebook cannot differ from the file.
#include "sweep/run/codebook.hpp"

#include <filesystem>
#include <sstream>

#include "sweep/study/values.hpp"

namespace truce {

namespace {

std::string text_of(const std::vector<Attribute>& attributes, std::string_view name) {
  for (const auto& attribute : attributes)
    if (attribute.name == name)
      if (const auto* text = std::get_if<std::string>(&attribute.value)) return *text;
  return "";
}

/// "0 = settlement, 1 = victory_a" from the blank-separated names of the codes 0, 1, ...
std::string codes_text(const std::string& meanings) {
  std::istringstream in(meanings);
  std::string text, name;
  for (int code = 0; in >> name; ++code) text += (code == 0 ? "" : ", ") + std::to_string(code) + " = " + name;
  return text;
}

std::string row_of(const Column& column) {
  std::string dimensions;
  for (const auto& dimension : column.dimensions) dimensions += (dimensions.empty() ? "" : ", ") + dimension;
  std::string meaning = text_of(column.attributes, "long_name");
  const std::string codes = codes_text(text_of(column.attributes, "flag_meanings"));
  if (column.dimensions.empty() && !column.fixed.empty()) meaning += "; value " + spell(column.fixed.front());
  for (const char* more : {"distribution", "comment"})
    if (const std::string text = text_of(column.attributes, more); !text.empty()) meaning += "; " + text;
  if (!codes.empty()) meaning += "; codes: " + codes;
  const std::string role = text_of(column.attributes, "role");
  return "| `" + column.name + "` | " + (dimensions.empty() ? "-" : dimensions) + " | " +
         std::string(name_of(column.type)) + " | " + text_of(column.attributes, "units") + " | " +
         (role.empty() ? "" : role + " | ") + meaning + " |\n";
}

std::string row_of(const Dimension& dimension) {
  std::string values;
  for (const double value : dimension.coordinates) values += (values.empty() ? "; " : ", ") + spell(value);
  return "| `" + dimension.name + "` | " + std::to_string(dimension.size) + " | " +
         text_of(dimension.attributes, "units") + " | " + text_of(dimension.attributes, "long_name") + values + " |\n";
}

/// What the names, units and types of columns have in common.
constexpr char how_to_read[] =
    "\n## How to read it\n\n"
    "- The file is HDF5 and netCDF-4 and follows the CF conventions (attribute `Conventions`): `units`, `long_name`, "
    "`flag_values` with `flag_meanings` for codes, `_FillValue` for what is missing, a coordinate variable for each "
    "dimension. CF has no standard names for these quantities, so there is no `standard_name`.\n"
    "- Units are those of UDUNITS (`1` is a pure number, `month` a twelfth of a year) and two that it has not: "
    "`stake`, "
    "the value of all that the war is about, and `1/sqrt(month)`, of a standard deviation that grows with the root of "
    "time.\n"
    "- `<outcome>` is a mean over replicates (of a flag: the share of runs, one column for each meaning), `_var` the "
    "sample variance between them, `_n` the number of runs behind both, `_q05` to `_q95` quantiles, `_diff`, "
    "`_diff_var` "
    "and `_diff_n` the same of the difference from the first sibling, run by run. Where rows are runs a column holds "
    "each run's own value.\n"
    "- Roles of inputs: `uncertainty` varies over points, `lever` over policies, `constant` has one value.\n"
    "- A run that failed is in no outcome; `runs_failed` and `status` tell of it.\n";

}  // namespace

std::string codebook_of(const Plan& plan, const Layout& layout) {
  const std::string head = "| variable | dimensions | type | unit | meaning |\n|---|---|---|---|---|\n",
                    inputs = "| variable | dimensions | type | unit | role | meaning |\n|---|---|---|---|---|---|\n";
  std::string text =
      "# Codebook of " + std::filesystem::path(plan.file).filename().string() + "\n\n" +
      (plan.title.empty() ? "" : plan.title + "\n\n") + "Kernel `" + std::string(plan.kernel->name) + "` version " +
      std::to_string(plan.kernel->version) + ": " + std::string(plan.kernel->summary) +
      ".\nNaN is missing: the outcome was not defined in any run (or, for a variance, in fewer than two).\n" +
      "Study id `" + plan.study_id + "`.\n" + how_to_read +
      "\n## Dimensions\n\n| dimension | size | unit | meaning |\n|---|---|---|---|\n";
  for (const auto& dimension : layout.dimensions) text += row_of(dimension);
  text += "\n## Inputs\n\n" + inputs;
  for (const auto& column : layout.columns)
    if (!text_of(column.attributes, "role").empty()) text += row_of(column);
  text += "\n## Outcomes and counts\n\n" + head;
  for (const auto& column : layout.columns)
    if (text_of(column.attributes, "role").empty()) text += row_of(column);
  return text + "\n## The study\n\n```ini\n" + plan.canonical + "```\n";
}

}  // namespace truce

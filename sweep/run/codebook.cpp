// Writes the layout's own attributes as tables, so that the codebook cannot differ from the file.
#include "sweep/run/codebook.hpp"

#include <filesystem>

#include "sweep/study/values.hpp"

namespace truce {

namespace {

std::string text_of(const std::vector<Attribute>& attributes, std::string_view name) {
  for (const auto& attribute : attributes)
    if (attribute.name == name)
      if (const auto* text = std::get_if<std::string>(&attribute.value)) return *text;
  return "";
}

std::string row_of(const Column& column) {
  std::string dimensions;
  for (const auto& dimension : column.dimensions) dimensions += (dimensions.empty() ? "" : ", ") + dimension;
  std::string meaning = text_of(column.attributes, "long_name");
  if (column.dimensions.empty() && !column.fixed.empty()) meaning += "; value " + spell(column.fixed.front());
  for (const char* more : {"distribution", "comment", "flag_meanings"})
    if (const std::string text = text_of(column.attributes, more); !text.empty())
      meaning += std::string("; ") + (std::string_view(more) == "flag_meanings" ? "codes 0.. mean: " : "") + text;
  return "| `" + column.name + "` | " + (dimensions.empty() ? "-" : dimensions) + " | " +
         std::string(name_of(column.type)) + " | " + text_of(column.attributes, "units") + " | " + meaning + " |\n";
}

}  // namespace

std::string codebook_of(const Plan& plan, const Layout& layout) {
  const std::string head = "| variable | dimensions | type | unit | meaning |\n|---|---|---|---|---|\n";
  std::string text =
      "# Codebook of " + std::filesystem::path(plan.file).filename().string() + "\n\n" +
      (plan.title.empty() ? "" : plan.title + "\n\n") + "Kernel `" + std::string(plan.kernel->name) + "` version " +
      std::to_string(plan.kernel->version) + ": " + std::string(plan.kernel->summary) +
      ".\nNaN is missing: the outcome was not defined in any run (or, for a variance, in fewer than two).\n" +
      "Study id `" + plan.study_id + "`.\n\n## Dimensions\n\n| dimension | size | meaning |\n|---|---|---|\n";
  for (const auto& dimension : layout.dimensions)
    text += "| `" + dimension.name + "` | " + std::to_string(dimension.size) + " | " +
            text_of(dimension.attributes, "long_name") + " |\n";
  text += "\n## Inputs\n\n" + head;
  for (const auto& column : layout.columns)
    if (!text_of(column.attributes, "role").empty()) text += row_of(column);
  text += "\n## Outcomes and counts\n\n" + head;
  for (const auto& column : layout.columns)
    if (text_of(column.attributes, "role").empty()) text += row_of(column);
  return text + "\n## The study\n\n```ini\n" + plan.canonical + "```\n";
}

}  // namespace truce

// `export`: a result as tidy CSV.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "sweep/run/open_result.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/store/files.hpp"
#include "sweep/study/records.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

/// An empty cell is missing.
std::string cell(double value) { return std::isnan(value) ? "" : spell(value); }

/// One CSV column: element `element` of a variable's row, or of its whole where it does not run over the rows.
struct Field {
  std::string name;
  std::size_t variable;
  enum class Over { row, row_and_policy, policy, point, nothing } over;
  std::size_t element = 0, stride = 1;  ///< of the last dimension, if there is a third one
};

class Table {
 public:
  Table(const OpenResult& opened) : opened_(opened), result_(opened.result()) {
    const bool runs = opened.plan().rows == Rows::run;
    row_dimension_ = runs ? "run" : "point";
    for (std::size_t v = 0; v < result_.variables().size(); ++v) add(v);
    rows_ = runs ? opened.plan().runs() : opened.plan().rows_of_point();
    policies_ = runs ? 1 : opened.plan().policies();
    for (const Field& field : fields_)
      if (field.over == Field::Over::policy || field.over == Field::Over::nothing || field.over == Field::Over::point)
        loaded_.resize(std::max(loaded_.size(), field.variable + 1));
    for (const Field& field : fields_)
      if (field.variable < loaded_.size() && loaded_[field.variable].empty() && field.over != Field::Over::row)
        if (field.over != Field::Over::row_and_policy)
          loaded_[field.variable] = result_.all(result_.variables()[field.variable].name);
  }

  void write(std::ostream& out) {
    std::string line;
    for (const Field& field : fields_) line += (line.empty() ? "" : ",") + field.name;
    out << line << "\n";
    constexpr std::int64_t batch = 4096;
    for (std::int64_t first = 0; first < rows_; first += batch) write_rows(out, first, std::min(batch, rows_ - first));
  }

 private:
  void add(std::size_t v) {
    const Variable& variable = result_.variables()[v];
    const auto& d = variable.dimensions;
    if (variable.is_dimension && variable.name != row_dimension_ && variable.name != "policy") return;
    if (opened_.plan().rows == Rows::run && variable.name == "policy") return;
    if (d.empty()) return fields_.push_back({variable.name, v, Field::Over::nothing});
    const bool over_rows = d.front() == row_dimension_;
    if (!over_rows && d.front() == "policy") return fields_.push_back({variable.name, v, Field::Over::policy});
    if (!over_rows) return fields_.push_back({variable.name, v, Field::Over::point});
    const bool policy = d.size() > 1 && d[1] == "policy";
    const auto over = policy ? Field::Over::row_and_policy : Field::Over::row;
    if (d.size() == (policy ? 2U : 1U)) return fields_.push_back({variable.name, v, over});
    const auto months = result_.all(d.back());
    for (std::size_t m = 0; m < months.size(); ++m)
      fields_.push_back({variable.name + "_" + cell(months[m]), v, over, m, months.size()});
  }

  void write_rows(std::ostream& out, std::int64_t first, std::int64_t count) {
    std::vector<std::vector<double>> read(result_.variables().size());
    for (const Field& field : fields_) {
      auto& values = read[field.variable];
      if ((field.over != Field::Over::row && field.over != Field::Over::row_and_policy) || !values.empty()) continue;
      values.resize(static_cast<std::size_t>(count) * result_.variables()[field.variable].width());
      result_.read(field.variable, first, count, values);
    }
    const auto run_point = result_.find("run_point"), run_policy = result_.find("run_policy");
    for (std::int64_t row = 0; row < count; ++row)
      for (std::int64_t policy = 0; policy < policies_; ++policy) {
        std::string line;
        for (const Field& field : fields_) {
          const std::size_t width = result_.variables()[field.variable].width();
          const auto r = static_cast<std::size_t>(row);
          auto p = static_cast<std::size_t>(policy);
          double value = 0;
          switch (field.over) {
            case Field::Over::row:
              value = read[field.variable][r * width + field.element];
              break;
            case Field::Over::row_and_policy:
              value = read[field.variable][r * width + p * field.stride + field.element];
              break;
            case Field::Over::policy:
              if (run_policy) p = static_cast<std::size_t>(read[*run_policy][r]);
              value = loaded_[field.variable][p];
              break;
            case Field::Over::point:
              value = loaded_[field.variable][static_cast<std::size_t>(read[*run_point][r])];
              break;
            case Field::Over::nothing:
              value = loaded_[field.variable].front();
              break;
          }
          line += (&field == &fields_.front() ? "" : ",") + cell(value);
        }
        out << line << "\n";
      }
  }

  const OpenResult& opened_;
  Result& result_;
  std::string row_dimension_;
  std::vector<Field> fields_;
  std::vector<std::vector<double>> loaded_;
  std::int64_t rows_ = 0, policies_ = 1;
};

namespace fs = std::filesystem;

/// A file beside the wanted one that takes its place at the end, or vanishes with this.
class Draft {
 public:
  explicit Draft(const fs::path& wanted)
      : wanted_(wanted), draft_(wanted.string() + ".tmp." + host_name() + "." + std::to_string(::getpid())) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    std::error_code ignored;
    fs::remove(draft_, ignored);
  }
  const fs::path& path() const { return draft_; }
  void publish() const {
    sync_file(draft_);
    rename_into_place(draft_, wanted_);
  }

 private:
  fs::path wanted_, draft_;
};

void write_to(Table& table, const fs::path& path, const std::string& shown) {
  std::ofstream file(path, std::ios::trunc);
  if (!file)
    throw Error(Exit::io, shown + " cannot be written (" + std::strerror(errno) + "); name another file with --out");
  table.write(file);
  file.close();
  if (!file) throw Error(Exit::io, shown + " could not be written whole (is the disk full?); free space and repeat");
}

bool is_pipe_or_device(const fs::path& path) { return fs::exists(path) && !fs::is_regular_file(path); }

/// The file that a name means, through links; the name itself where there is none yet.
fs::path place_of(const std::string& out) { return fs::exists(out) ? fs::canonical(out) : fs::path(out); }

bool begins_as_hdf5(const fs::path& file) {
  const Descriptor readable(file, O_RDONLY);  // says why if it may not be read
  std::string start(8, '\0');
  std::ifstream(file, std::ios::binary).read(start.data(), static_cast<std::streamsize>(start.size()));
  return begins_as_result(start);
}

/// Throws Error(usage) where a table would take the place of what is none: a result, a study, a manifest. The name
/// decides, as tables of other programs begin in any way; results are told by what is in them besides.
void require_room_for_table(const std::string& out, const std::string& result) {
  std::error_code differ;
  if (fs::equivalent(out, result, differ))
    throw Error(Exit::usage, out + " is the result itself (it would be lost); name another file with --out");
  if (fs::is_directory(out))
    throw Error(Exit::usage, out + " is a folder (the table needs a file); name a file in it with --out");
  if (is_pipe_or_device(out)) return;
  if (place_of(out).extension() != ".csv")
    throw Error(Exit::usage,
                out + " would hold CSV (its name says otherwise); name a file that ends in .csv with --out");
  if (fs::exists(out) && begins_as_hdf5(out))
    throw Error(Exit::usage, out +
                                 " is there and holds HDF5 (it would be lost); move it away, or name another file "
                                 "with --out");
}

/// Whole or not at all, except where `out` is a pipe or a device, which nothing can take the place of.
void write_file(Table& table, const std::string& out) {
  if (is_pipe_or_device(out)) return write_to(table, out, out);
  const Draft draft(place_of(out));
  write_to(table, draft.path(), out);
  draft.publish();
}

}  // namespace

Exit export_csv(const Arguments& arguments) {
  const Parsed parsed(arguments, {"csv"}, {"out"}, false);
  const std::string name = parsed.existing("result file"), out = parsed.option("out");
  require_no_study(name);
  if (!parsed.flag("csv")) throw Error(Exit::usage, "no format given (--csv is the only one); add --csv");
  if (!out.empty()) require_room_for_table(out, name);
  require_stated_bytes(name, Phases(nullptr, &std::cerr));
  const OpenResult opened(name);
  Table table(opened);
  out.empty() ? table.write(std::cout) : write_file(table, out);
  return Exit::done;
}

}  // namespace truce

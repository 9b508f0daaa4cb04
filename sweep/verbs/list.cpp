// The table of verbs with their help texts.
#include <algorithm>

#include "analysis/parts.hpp"
#include "sweep/study/marginal_shapes.hpp"
#include "sweep/study/study_keys.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

std::string table(const Lines& lines) {
  std::size_t width = 0;
  for (const auto& [name, meaning] : lines) width = std::max(width, name.size());
  std::string text;
  for (const auto& [name, meaning] : lines)
    text += "  " + name + std::string(width + 2 - name.size(), ' ') + meaning + "\n";
  return text;
}

/// `opening`, then every key, method and distribution as their parsers know them.
std::string with_study_keys(std::string opening) {
  return std::move(opening) + "\nA study is an INI file: [section], then key = value; # begins a comment. Its keys:\n" +
         table(study_key_help()) + "\nMethods of [design]:\n" + table(method_help()) +
         "\nDistributions of [inputs]; truce describe KERNEL lists the inputs:\n" + table(distribution_help());
}

constexpr char run_help[] =
    "Reads the study, runs what its journal does not hold yet, and seals the result into one HDF5 file with a\n"
    "manifest (hashes, versions) and a codebook beside it. If it is stopped or killed, the same command continues.\n"
    "Under mpirun or srun all processes work together; alone it is a crew of one. The result lands in the current\n"
    "folder, whatever folder the study is in, unless store.file says otherwise. Of several kernels each gets a file\n"
    "of its own, one after another; the last lines say how each ended, the exit code is the worst.\n\n"
    "  --share I/N            compute part I of N and do not seal; all parts may run at the same time, and where they\n"
    "                         share no disk their journals are copied together: cp -r DISK/study.h5.journal .\n"
    "  --join                 work beside a live run of this study, from the other end; alone it is a run like any\n"
    "  --max-seconds N        end with 75 after about N seconds: begin no block that would take longer, commit those "
    "begun\n"
    "                         (default in a Slurm job: the time left to it)\n"
    "  --quiet                no progress\n"
    "  --json                 the last line as JSON\n"
    "  --instruction-set NAME v4 (AVX-512), v3 (AVX2) or plain: the same bits; default the fastest of each processor\n"
    "  --SECTION.KEY=V        replaces that key of the study, e.g. --design.points=1024 --store.file=big.h5\n\n"
    "  truce run configs/first.ini\n  mpirun -n 8 truce run configs/first.ini --study.replicates=256\n";
constexpr char seal_help[] =
    "Makes the result file of a study whose blocks are all committed (run does this by itself at its end).\n"
    "If blocks are missing it ends with 75 and names them; of several kernels it seals those that are complete.\n\n"
    "  --SECTION.KEY=V   replaces that key of the study; give those that were given to run\n";
constexpr char extend_help[] =
    "The finished study FILE with more points, or with more replicates: the result has exactly the bytes that the "
    "larger\n"
    "study gives when it is run at once, and FILE stays as it is. What FILE holds is taken from it after its hashes "
    "were\n"
    "checked; only what is new is run, but for --replicates with rows = point, where all runs are made again. If it "
    "is\n"
    "stopped or killed, the same command continues. Works under mpirun and srun as run does.\n\n"
    "  --points N             for sobol, monte_carlo, saltelli, morris and paired over one of the first two: their\n"
    "                         points do not move when there are more of them\n"
    "  --replicates R         not with precision_of\n"
    "  --out NEW              default <file>-N-points.h5 or <file>-R-replicates.h5 in the current folder\n"
    "  --max-seconds N, --quiet, --json, --instruction-set NAME as for run\n\n"
    "  truce extend first.h5 --points 16384\n";
constexpr char check_help[] =
    "Reports every problem of the study at once, or the resolved plan: what varies, how many runs, rows and bytes,\n"
    "and the core-hours that a timed pilot of about two seconds implies. Writes nothing.\n\n"
    "  --cores N              also say how long N cores take\n"
    "  --instruction-set NAME as for run\n"
    "  --SECTION.KEY=V        replaces that key of the study\n";
constexpr char kernels_help[] = "One line each: name, what it is, how many inputs and outcomes.\n";
constexpr char describe_help[] =
    "Every input with its meaning, unit, default, plausible and accepted values, where the range comes from, the "
    "section\n"
    "of the memo and what the memo expects; every outcome; every mechanism and what switches it off.\n\n"
    "  --ini             a runnable study file with all inputs over their plausible ranges instead\n";
constexpr char status_help[] =
    "How far a study is: blocks and runs done, failed runs, attempts and the health of their journals, pace and time\n"
    "left, who works on it now, the room that it needs, and what to do next; or, for a sealed file, its identity, and "
    "the\n"
    "first points with failed runs and how to replay them. Takes the study file or the result file, which need not be\n"
    "sealed yet. Ends with 75 while something is missing, with 7 if the file is damaged.\n\n"
    "  --json            one line for scripts: state (none, unfinished, complete, sealed), units, units_done, "
    "runs_failed\n"
    "                    and more; sweep/README.md lists the keys\n"
    "  --SECTION.KEY=V   with a study file: replaces that key; give those that were given to run\n";
constexpr char verify_help[] =
    "Compares the file's bytes with the manifest and its columns with the content hash, then computes k random base "
    "points\n"
    "again with the plain code and compares every number bit for bit. Ends with 7 if anything differs, and says which\n"
    "columns and base points are damaged.\n\n"
    "  --points K        points to recompute (default 8; 0: hashes alone)\n";
constexpr char repair_help[] =
    "Makes a damaged result file anew: keeps the rows whose checksums hold, computes the others, and seals as run "
    "does.\n"
    "If the content hash is not the one that the manifest states, all rows are computed again. The damaged file stays "
    "as\n"
    "FILE.damaged until the new one has that hash. If it is stopped, the same command continues; so does truce run "
    "with\n"
    "the study, on any number of processes. Refused with 2, and left as it is: what neither names this study nor has "
    "a\n"
    "manifest that does, and a FILE.damaged that no repair made. Works as one process.\n\n"
    "  --study STUDY     the study file, where FILE cannot tell its study any more; of several kernels the one that\n"
    "                    the manifest or the name of FILE tells\n"
    "  --SECTION.KEY=V   with --study: replaces that key; give those that were given to run\n"
    "  --quiet           no progress\n";
constexpr char gc_help[] =
    "Removes the journals and leftovers of a study, but only if its result file is there, agrees with the manifest and "
    "is\n"
    "of the same study. Otherwise they are kept: ends with 75 if the study is not sealed, 7 if the file is damaged, 2 "
    "if\n"
    "the journals are of another study or a run is live. (A run removes its journals by itself at its end.)\n\n"
    "  --SECTION.KEY=V   with a study file: replaces that key; give those that were given to run\n";
constexpr char diff_help[] =
    "Says which keys of the study differ, and of each column that differs how many rows, the first one and the "
    "largest\n"
    "difference. Ends with 0 if study and numbers are the same, 4 if numbers of the same study differ, 2 if the "
    "studies\n"
    "do.\n";
constexpr char replay_help[] =
    "Runs one replicate again and writes its history, one line a month, as CSV; then its outcomes as comment lines. "
    "The\n"
    "run must be the one of the sweep bit for bit, and the stored rows of its base point what all their runs give: a\n"
    "difference ends with 4 or 7.\n\n"
    "  --point P         row of `point` (default 0)\n  --replicate R     default 0\n  --policy Q        default 0\n"
    "  --failed          the first replicate that failed, whichever it is, instead of R\n";
constexpr char export_help[] =
    "Writes the result as tidy CSV: a line per point (and policy) or per run, inputs first, names as in the file.\n"
    "An empty cell is missing. Where rows are runs, an outcome with named results (such as ending) is its code, and "
    "status\n"
    "is 0 ok or 1 failed; the codebook beside the result names the codes. Names of choices are codes, too.\n\n"
    "  --csv             the format (the only one)\n"
    "  --out FILE        instead of standard output: a file that ends in .csv; takes its place once it is whole, and\n"
    "                    never that of a result\n";
constexpr char slurm_help[] =
    "Writes a Slurm job script for the study to standard output and nothing else: nodes, tasks, memory and time, with\n"
    "what a pilot says that the study will take and whether that fits. If it does not, or with --chain, the job "
    "requeues\n"
    "itself until the study is sealed. Times are Slurm's: 90 (minutes), 2:00:00, 1-12:00:00. Options of sbatch go to\n"
    "sbatch: sbatch --partition=short job.sbatch\n\n"
    "  --nodes N              nodes of a job\n"
    "  --time T               time limit of a job\n"
    "  --tasks-per-node K     default: the cores of this machine\n"
    "  --chain                requeue, whether or not one job could do\n"
    "  --share N              an array of N jobs, each with a share of the study; sealed by a job after them\n"
    "  --instruction-set NAME as for run\n"
    "  --SECTION.KEY=V        replaces that key of the study\n\n"
    "  truce slurm configs/first.ini --nodes=2 --time=1:00:00 >job.sbatch && sbatch job.sbatch\n";

constexpr char report_help[] =
    "Writes a page that holds everything and needs no network: question, design, what was run, figures and tables, "
    "what\n"
    "they cannot tell, how to repeat and to cite it. Takes in what lies beside the result (first.analysis.h5,\n"
    "first.claims.h5, first.calibration.h5), and says by which command to make what does not. Of several results, one\n"
    "per kernel, it compares them; analyses and calibrations among the files are passed over. Figures (SVG, PNG) and\n"
    "their data (CSV) go to first.report/.\n\n"
    "  --out PAGE        default first.report.html beside first.h5\n\n"
    "Needs Debian's python3-h5py, python3-matplotlib and python3-jinja2; python3 analysis/report.py FILE does the "
    "same.\n";

constexpr char analyze_help[] =
    "Answers what applies to the result: every part names what it needs. Writes FILE.analysis.h5, which opens as\n"
    "results do, and a tidy CSV table for each part beside it. Works under mpirun and srun; the bytes are the same "
    "for\n"
    "any number of processes. Reads the file piece by piece; only prim keeps points in memory: all of them in each\n"
    "process up to 400 MB, beyond that a share of up to 1.6 GB.\n\n"
    "  --outcomes A,B    these outcomes alone (default all; `failed` is the share of runs that failed)\n"
    "  --parts A,B       these parts alone\n"
    "  --resamples N     of the bootstrap behind the intervals (default 1000)\n"
    "  --thresholds A=V  what satisfies: A of at least V, or at most (robustness), and which points a box is to hold\n"
    "                    (prim, where A is no share); default the median under the first policy; A=1,B=2 for several\n"
    "  --out FILE        default <file>.analysis.h5 beside the result\n"
    "  --quiet           say only what was written\n\n"
    "Parts:\n";

constexpr char calibrate_help[] =
    "History matching with real wars (analysis/real_wars): for each result and figure, the share of the space that "
    "the\n"
    "figure rules out, what is left after all of them, what the points left say about inputs and effects, and what\n"
    "these data cannot tell. Writes FILE.calibration.h5 and a tidy CSV table for each question beside it. Works under\n"
    "mpirun and srun; the bytes are the same for any number of processes.\n\n"
    "  --discrepancy D   standard deviation by which the best setting may still differ from real wars (default 0.05);\n"
    "                    what is left at 0, 0.05, 0.1 and 0.15 is told in any case\n"
    "  --cutoff C        a point is ruled out from this implausibility on (default 3)\n"
    "  --soft            soft figures rule out, too\n"
    "  --policy Q        which setting of the levers stands for real wars (default 0)\n"
    "  --points CSV      write the points that are left, for a study with method = list; of several results each has\n"
    "                    a file of its own: left.csv -> left.KERNEL.csv; replaces such lists alone\n"
    "  --out FILE        default <file>.calibration.h5 beside the result\n"
    "  --quiet           say only what was written, and the overview\n\n"
    "  mpirun -n 2 truce run configs/history.ini && mpirun -n 2 truce calibrate history.*.h5\n";
constexpr char selftest_help[] =
    "Runs four small studies whose answers are known in closed form (Ishigami's function, Sobol's g, Ishigami's with\n"
    "chance and an input that does nothing), seals and analyses them with the processes that it was started with, and\n"
    "compares indices with closed forms, and contents with those that every machine and number of processes gives. "
    "Ends\n"
    "with 0, or with 70 if anything is outside: then do not use the results of this program on this machine. A number "
    "is\n"
    "inside if its 95 % interval holds what is expected, near if twice the interval does; one in five may be near.\n\n"
    "  --folder DIR            where a folder for the studies is made, and removed (default the current one; all\n"
    "                          processes must see it)\n"
    "  --instruction-set NAME  v4 (AVX-512), v3 (AVX2) or plain\n"
    "  --keep                  leave the folder with studies, results and analyses\n"
    "  --quiet                 print what is not as it must be, and the last line\n\n"
    "  mpirun -n 2 truce selftest\n";
constexpr char claims_help[] =
    "Judges the results of a study with sections [claim NAME] (configs/claims.ini): per claim, kernel and ranges the\n"
    "shares of the points where the claim holds, fails, has no effect or is undecided, with intervals from a "
    "bootstrap\n"
    "over base points, the mean effect, and boxes in which it holds or fails. Writes <study>.claims.h5, which opens "
    "as\n"
    "results do, and a tidy CSV table beside it. Ledgers and analyses among the files are passed over. Works under\n"
    "mpirun and srun; the bytes are the same for any number of processes.\n\n"
    "  --resamples N     of the bootstrap (default 1000)\n"
    "  --no-boxes        search no boxes\n"
    "  --out FILE        default <study>.claims.h5 beside the first result; replaces no other kind of file\n"
    "  --quiet           say only what was written\n\n"
    "  mpirun -n 2 truce run configs/claims.ini && truce claims claims.*.h5\n";
constexpr char box_help[] =
    "Writes to standard output a study like the one behind a ledger (truce claims) or an analysis (truce analyze,\n"
    "part prim), narrowed to a box of it: the other inputs stay as they were. The result that the box was found in "
    "must\n"
    "be in the same folder.\n\n"
    "  --ini             the form (the only one)\n"
    "  --even-by-chance  also of a box that chance could have made (p_new of 0.05 or more)\n"
    "of a ledger:\n"
    "  --claim C         needed if the ledger has several claims\n"
    "  --kernel K        needed if the claim has several kernels\n"
    "  --ranges R        full (default) or inner\n"
    "  --verdict V       the box in which the claim fails (default) or holds\n"
    "of an analysis:\n"
    "  --outcome X       needed if the analysis has several outcomes\n"
    "  --goal G          where it is higher (default) or lower\n"
    "  --policy Q        default 0\n"
    "  --box N           1 (default), or a later one of the covering\n\n"
    "  truce box claims.claims.h5 --ini --claim C1 --kernel screening >next.ini && truce check next.ini\n";

/// Every part as its own file knows it.
std::string with_parts(std::string opening) {
  Lines lines;
  for (const analysis::Part& part : analysis::parts())
    lines.emplace_back(std::string(part.name), std::string(part.summary));
  return std::move(opening) + table(lines);
}

}  // namespace

const std::vector<Verb>& verbs() {
  static const std::string run_text = with_study_keys(run_help), check_text = with_study_keys(check_help),
                           analyze_text = with_parts(analyze_help);
  static const std::vector<Verb> all = {
      {"run", "run STUDY [options]", "run a study, or continue it, and seal the result", run_text, run},
      {"seal", "seal STUDY", "make the result file from finished journals", seal_help, seal},
      {"extend", "extend FILE --points N [...]", "more points or replicates for a finished study", extend_help, extend},
      {"check", "check STUDY [--cores N]", "the resolved plan, its size and its cost", check_text, check},
      {"kernels", "kernels", "list the models", kernels_help, list_kernels},
      {"describe", "describe KERNEL [--ini]", "explain a model, or write a study file for it", describe_help, describe},
      {"status", "status STUDY|FILE [--json]", "how far a study is", status_help, status},
      {"verify", "verify FILE [--points K]", "check hashes and recompute points bit for bit", verify_help, verify},
      {"repair", "repair FILE [--study STUDY]", "compute what a damaged file lost", repair_help, repair},
      {"gc", "gc STUDY|FILE", "remove journals that are not needed any more", gc_help, gc},
      {"diff", "diff A B", "what differs between two results", diff_help, diff},
      {"replay", "replay FILE [--point P] [...]", "the history behind one number", replay_help, replay},
      {"export", "export FILE --csv [--out FILE]", "the result as CSV", export_help, export_csv},
      {"analyze", "analyze FILE [options]", "sensitivity, robustness and discovery of a result", analyze_text, analyze},
      {"calibrate", "calibrate FILE... [options]", "which points real wars rule out", calibrate_help, calibrate},
      {"report", "report FILE... [--out PAGE]", "results as one HTML page, with figures and their data", report_help,
       report},
      {"claims", "claims FILE... [options]", "a ledger: where each claim of a study holds or fails", claims_help,
       claims},
      {"box", "box FILE --ini [options]", "the next study: what is in a box", box_help, box},
      {"slurm", "slurm STUDY --nodes N --time T", "a Slurm job script for a study", slurm_help, slurm},
      {"selftest", "selftest [--folder DIR]", "known answers through the whole path", selftest_help, selftest},
  };
  return all;
}

}  // namespace truce

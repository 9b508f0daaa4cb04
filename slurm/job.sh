# What the job scripts of this folder share: where truce is, how it is started, how rounds follow one another.
# A script sets `here` to this folder before it reads this; `truce slurm` writes all of it into the script it prints.
# shellcheck shell=bash
here=${here:-}

# TRUCE_LAUNCHER: what starts the ranks. Without -K1 a killed rank can hang the step to its time limit.
read -ra launcher <<<"${TRUCE_LAUNCHER:-srun --mpi=pmix -K1}"

# stop CODE "problem (why it is one); what to do"
stop() {
  echo "$2" >&2
  exit "$1"
}

# TRUCE if it is set; else the program of the tree that this folder lies in, installed or built; else that on PATH.
find_truce() {
  local candidate
  [[ -z ${TRUCE:-} ]] || { echo "$TRUCE"; return; }
  for candidate in "$here/../../../bin/truce" "$here/../build/release/truce"; do
    [[ ! -x $candidate ]] || { echo "$candidate"; return; }
  done
  command -v truce || stop 2 "truce was not found (neither near $here nor on PATH); set TRUCE=/path/to/truce"
}

# launch ARGUMENTS: truce on all ranks; hands USR1 on to them; returns truce's exit code.
launch() {
  "${launcher[@]}" "$truce" "$@" &
  local child=$!
  trap 'echo "USR1: truce is asked to commit and to stop" >&2; kill -USR1 "$child"' USR1
  # A signal interrupts `wait`; the last one reads the code that bash has kept.
  while kill -0 "$child" 2>/dev/null; do
    wait "$child"
  done
  wait "$child"
}

# study_words ARGUMENTS: of a run's arguments those that `status` and `seal` take: the study and its keys.
study_words() {
  local word
  for word in "$@"; do
    [[ $word == --* && $word != --*.*=* ]] || printf '%s\n' "$word"
  done
}

# committed ARGUMENTS: "about 96 of 6,144 runs committed", or all that `truce status` says where nothing is yet.
committed() {
  local words told
  mapfile -t words < <(study_words "$@")
  told=$("$truce" status "${words[@]}")
  grep -o '^.* committed' <<<"$told" || echo "$told"
}

# run ARGUMENTS: launches `truce run`. A node that is lost can keep the ranks of the last round, and so the lock of the
# study (exit code 2), for minutes after Slurm has requeued the job.
run() {
  local try code
  for try in {1..60}; do
    code=0
    launch run "$@" || code=$?
    ((code == 2 && ${SLURM_RESTART_COUNT:-0} > 0)) || break
    echo "round ${SLURM_RESTART_COUNT}, try $try: waiting until the ranks of the last round have gone" >&2
    sleep 5
  done
  return "$code"
}

# The job's name for scontrol: by its number alone the last task of an array would stand for all of them.
job_name() {
  if [[ -n ${SLURM_ARRAY_JOB_ID:-} ]]; then
    echo "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
  else
    echo "$SLURM_JOB_ID"
  fi
}

# round ARGUMENTS: one round of a run. If it is cut, the job goes back into the queue for the next, unless nothing was
# committed in it (another would do no better), or somebody is cancelling the job.
round() {
  local before state code=0
  before=$(committed "$@")
  run "$@" || code=$?
  ((code == 75)) || exit "$code"
  [[ $(committed "$@") != "$before" ]] ||
    stop 75 "no further round (nothing was committed in this one); ask for more --time, or smaller blocks by --store.block"
  state=$(squeue -h -j "$(job_name)" -o %T) || state=RUNNING  # who cannot ask may still requeue
  [[ $state == RUNNING ]] || stop 75 "no further round (the job is $state: somebody ends it); submit it again to continue"
  scontrol requeue "$(job_name)" || stop 75 "the job could not be requeued (see above); submit it again to continue"
  exit 75
}

(($#)) || stop 2 "no study given (a job script needs one); write: sbatch SCRIPT STUDY [options of truce run]"
truce=$(find_truce) || exit 2

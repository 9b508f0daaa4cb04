# Crew, dispatcher, work loop, progress: one set of checks on local, thread and MPI crews.
add_library(truce_crew_checks STATIC sweep/crew/crew_checks.cpp)
target_link_libraries(truce_crew_checks PUBLIC truce_crew)
truce_test(crew_test sweep/crew/crew_test.cpp LIBS truce_crew_checks truce_crew_threads)
truce_test(dispatch_test sweep/crew/dispatch_test.cpp LIBS truce_crew_checks)
truce_test(progress_test sweep/crew/progress_test.cpp LIBS truce_crew)
truce_test(work_loop_test sweep/crew/work_loop_test.cpp sweep/crew/work_stop_test.cpp sweep/crew/work_failure_test.cpp
           sweep/crew/work_news_test.cpp sweep/crew/work_patience_test.cpp LIBS truce_crew_checks truce_crew_threads)

add_executable(crew_mpi_checks sweep/crew/crew_mpi_checks.cpp)
target_link_libraries(crew_mpi_checks PRIVATE truce_crew_checks)

# crew_mpi_test(NAME RANKS CODE SECONDS ARGS...): the program under mpirun must end with CODE, and within that time. What
# fails must end soon; the checks themselves take what a busy machine takes.
function(crew_mpi_test name ranks code seconds)
  list(JOIN ARGN " " arguments)
  set(command "timeout -k 5 ${seconds} '${MPIEXEC_EXECUTABLE}' ${MPIEXEC_NUMPROC_FLAG} ${ranks} \"$0\" ${arguments}")
  add_test(NAME ${name} COMMAND sh -c "${command}; code=$?; echo \"exit code $code\"; test $code -eq ${code}"
                                $<TARGET_FILE:crew_mpi_checks>)
  set_tests_properties(${name} PROPERTIES PROCESSORS ${ranks} TIMEOUT 200 LABELS core ENVIRONMENT
    "OMPI_ALLOW_RUN_AS_ROOT=1;OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1;OMPI_MCA_rmaps_base_oversubscribe=1")
endfunction()
foreach(ranks RANGE 1 4)
  crew_mpi_test(MpiCrew.HoldsAllChecksOn${ranks}Ranks ${ranks} 0 180 checks ${ranks})
endforeach()
crew_mpi_test(MpiCrew.FailureInTheLoopIsTheExitCodeOfAll 3 6 10 fail)
crew_mpi_test(MpiCrew.AbortEndsRanksThatWait 3 7 10 abort)
crew_mpi_test(MpiCrew.AnExceptionOutsideTheLoopEndsAll 3 70 10 throw)
add_test(NAME MpiCrew.WithoutALauncherIsACrewOfOne COMMAND crew_mpi_checks checks 1)
set_tests_properties(MpiCrew.WithoutALauncherIsACrewOfOne PROPERTIES PROCESSORS 1 LABELS core)
add_test(NAME MpiCrew.RefusesProcessesThatMpiDoesNotJoin COMMAND crew_mpi_checks checks 1)
set_tests_properties(MpiCrew.RefusesProcessesThatMpiDoesNotJoin PROPERTIES PROCESSORS 1 LABELS core
  ENVIRONMENT "PMI_SIZE=4" PASS_REGULAR_EXPRESSION "4 processes were started, but MPI sees 1")

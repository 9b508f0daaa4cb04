# Tests of truce.sh and .ci/run; shellcheck is skipped where it is not installed.
add_test(NAME truce_sh_test COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/scripts/truce_sh_test.sh ${CMAKE_SOURCE_DIR})
set_tests_properties(truce_sh_test PROPERTIES LABELS core)
add_test(NAME shellcheck WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
         COMMAND bash -c "command -v shellcheck >/dev/null || exit 77; shellcheck -x truce.sh .ci/run slurm/*.sh slurm/*.sbatch tests/scripts/*.sh tests/kernels/aarch64/*.sh")
set_tests_properties(shellcheck PROPERTIES LABELS core SKIP_RETURN_CODE 77)

add_test(NAME recipes_test COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/scripts/recipes_test.py ${CMAKE_SOURCE_DIR})
set_tests_properties(recipes_test PROPERTIES LABELS core)

# Every study in configs/ is at least checked: parsed, resolved, counted and piloted.
if(TARGET truce)
  foreach(study first baseline everything rivals saltelli paired history)
    add_test(NAME check_${study}_ini COMMAND truce check ${CMAKE_SOURCE_DIR}/configs/${study}.ini)
  endforeach()
  set_tests_properties(check_first_ini PROPERTIES LABELS core PASS_REGULAR_EXPRESSION
                       "\n4,096 points x 3 policies x 64 replicates = 786,432 runs\n.*core-hours")
  set_tests_properties(check_baseline_ini PROPERTIES LABELS core PASS_REGULAR_EXPRESSION
                       "\n1 point x 1 policy x 100,000 replicates = 100,000 runs\n.*core-hours")
  set_tests_properties(check_everything_ini PROPERTIES LABELS core PASS_REGULAR_EXPRESSION
                       "\n1,048,576 points x 1 policy x 16 replicates = 16,777,216 runs\n.*core-hours")
  set_tests_properties(check_saltelli_ini PROPERTIES LABELS core PASS_REGULAR_EXPRESSION
                       "AB_regimes .*\n1,024 points x 8 members x 1 policy x 8 replicates = 65,536 runs\n.*core-hours")
  set_tests_properties(check_paired_ini PROPERTIES LABELS core PASS_REGULAR_EXPRESSION
                       "members of a point: from to\n512 points x 2 members .*all 2 studies: 131,072 runs,.*core-hours")
  set_tests_properties(check_rivals_ini PROPERTIES LABELS core PASS_REGULAR_EXPRESSION
                       "\nall 6 studies: 786,432 runs,.*core-hours")
  set_tests_properties(check_history_ini PROPERTIES LABELS extra PASS_REGULAR_EXPRESSION
                       "\nall 6 studies: 6,291,456 runs,.*core-hours")
endif()

# Of the claims the only one that is a study alone: the pilots of all 124 would take a minute.
if(TARGET truce)
  add_test(NAME check_claims_ini COMMAND truce check ${CMAKE_SOURCE_DIR}/configs/claims.ini --claims.only=C12 --claims.ranges=full)
  set_tests_properties(check_claims_ini PROPERTIES LABELS core PASS_REGULAR_EXPRESSION
                       "\n512 points x 1 policy x 128 replicates = 65,536 runs\n.*core-hours")
endif()

# The installed tree, moved.
if(TARGET truce)
  add_test(NAME install_test
           COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/scripts/install_test.py ${CMAKE_COMMAND} ${CMAKE_BINARY_DIR})
  set_tests_properties(install_test PROPERTIES LABELS extra TIMEOUT 300)

  # The whole program takes minutes to compile where nothing is cached.
  foreach(part Store Whole)
    add_test(NAME parallel_hdf5.${part}
             COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/scripts/parallel_hdf5_test.py ${CMAKE_COMMAND}
             ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR} ${part})
    set_tests_properties(parallel_hdf5.${part} PROPERTIES LABELS extra SKIP_RETURN_CODE 77 PROCESSORS 2 TIMEOUT 1800)
  endforeach()
  set_tests_properties(parallel_hdf5.Whole PROPERTIES LABELS endurance)
endif()

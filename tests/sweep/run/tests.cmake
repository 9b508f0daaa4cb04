# Tests of what turns runs into rows, and of the whole path from study file to result file.
truce_test(tally_test sweep/run/tally_test.cpp sweep/run/precision_rule_test.cpp LIBS truce_run)
truce_test(time_left_test sweep/run/time_left_test.cpp LIBS truce_run)
truce_test(failed_runs_test sweep/run/failed_runs_test.cpp LIBS truce_run)
truce_test(staged_run_test sweep/run/staged_run_test.cpp LIBS truce_run Boost::headers)
truce_test(block_run_test sweep/run/block_run_test.cpp sweep/run/golden_test.cpp sweep/run/members_test.cpp sweep/run/pilot_test.cpp
           sweep/run/quantiles_test.cpp sweep/run/row_source_test.cpp sweep/run/run_studies_test.cpp sweep/run/sizes_test.cpp
           LIBS truce_run)

# Other compilers and sanitizers see the first of these; the others, core.whole, are many processes that take minutes there.
foreach(part verbs bad_input bad_answers exit_codes selftest
             same_bytes reading faults precision share shared_folder stopping operators claims)
  add_test(NAME whole_path.${part} COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/sweep/run/${part}_test.py $<TARGET_FILE:truce>)
  set(label core.whole)
  if(part MATCHES "^(verbs|bad_input|bad_answers|exit_codes|selftest)$")
    set(label core)
  endif()
  set_tests_properties(whole_path.${part} PROPERTIES LABELS ${label} PROCESSORS 2 TIMEOUT 300)
endforeach()
# Parts of a file: whole_path_part(NAME FILE LABEL TIMEOUT CLASSES...)
function(whole_path_part name file label timeout)
  add_test(NAME whole_path.${name}
           COMMAND ${truce_python} -B ${CMAKE_CURRENT_SOURCE_DIR}/sweep/run/${file}_test.py $<TARGET_FILE:truce> ${ARGN})
  set_tests_properties(whole_path.${name} PROPERTIES LABELS ${label} PROCESSORS 2 TIMEOUT ${timeout})
endfunction()
whole_path_part(repair repair core.whole 300 Repair)
whole_path_part(repair_safety repair_safety core.whole 300)
whole_path_part(repair_every_form repair endurance 600 EveryForm)
whole_path_part(rank_loss rank_loss extra 600 Loss)
whole_path_part(standstill rank_loss extra 600 Standstill)
whole_path_part(long_standstill rank_loss endurance 3000 Standstill)
set_tests_properties(whole_path.long_standstill PROPERTIES ENVIRONMENT TRUCE_STANDSTILL_SECONDS=20)
whole_path_part(extend extend core.whole 300 Extend Refusals)
whole_path_part(extend_more extend extra 600 ExtendMore)
whole_path_part(live_jobs live_jobs extra 900)
whole_path_part(members members core 300 Members)
whole_path_part(members_more members extra 600 More)
whole_path_part(rivals rivals core.whole 300 Files Verbs)
whole_path_part(rivals_interrupted rivals extra 600 Interrupted)

foreach(campaigns 5 500)
  add_test(NAME whole_path.kill_campaigns_${campaigns} COMMAND ${truce_python} -B
           ${CMAKE_CURRENT_SOURCE_DIR}/sweep/run/kill_campaign.py $<TARGET_FILE:truce> ${campaigns})
  set_tests_properties(whole_path.kill_campaigns_${campaigns} PROPERTIES LABELS extra RUN_SERIAL TRUE TIMEOUT 900)
endforeach()
set_tests_properties(whole_path.kill_campaigns_500 PROPERTIES LABELS endurance TIMEOUT 20000)
